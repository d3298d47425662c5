//! What the API promises, one function a promise, for any back end.

mod access;
mod account;
mod client_cabinet;
mod client_documents;
mod client_partner;
mod client_payments;
mod client_products;
mod credentials;
mod dashboard;
mod events;
pub mod headers;
mod limits;
mod profile;
mod protocol;
mod recovery;
mod registration;
mod sessions;
mod sign_in;
mod tokens;
mod verification;

use crate::backend::Backend;

/// A promise with its name.
#[derive(Clone, Copy)]
pub struct Scenario {
    /// The name, a sentence.
    pub name: &'static str,
    /// The proof.
    pub run: fn(&dyn Backend),
}

/// Lists functions of the module as scenarios, under the module's name.
macro_rules! scenarios {
    ($module:literal: $($name:ident),+ $(,)?) => {
        pub(super) const ALL: &[crate::scenarios::Scenario] =
            &[$(crate::scenarios::Scenario { name: concat!($module, "::", stringify!($name)), run: $name }),+];
    };
}
use scenarios;

/// Every scenario.
pub fn all() -> impl Iterator<Item = Scenario> {
    [
        registration::ALL,
        sign_in::ALL,
        tokens::ALL,
        profile::ALL,
        dashboard::ALL,
        protocol::ALL,
        headers::ALL,
        recovery::ALL,
        verification::ALL,
        credentials::ALL,
        access::ALL,
        sessions::ALL,
        events::ALL,
        account::ALL,
        client_cabinet::ALL,
        client_documents::ALL,
        client_partner::ALL,
        client_payments::ALL,
        client_products::ALL,
        limits::ALL,
    ]
    .into_iter()
    .flatten()
    .copied()
}
