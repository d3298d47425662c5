//! Who stands at the door beside the counters: the limiter of the edge, and the one who tells people from programs.

use std::future::{Future, ready};
use std::pin::Pin;

use crate::domain::human_check::{HumanAction, HumanToken, TurnstileKeys};
use crate::domain::origin::ClientAddress;

/// What a guard says, once it has been asked.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// The rate limiter of the edge: quick, free of charge, counted in each of Cloudflare's locations for itself, and only
/// roughly. It takes the edge off a flood; what must be exact is counted in the database.
pub trait FrontLimiter {
    /// Whether one more request with this key may pass.
    fn admits<'a>(&'a self, key: &'a str) -> Answer<'a, bool>;
}

/// A question about a token.
#[derive(Clone, Copy, Debug)]
pub struct HumanQuestion<'a> {
    /// The keys of the installation.
    pub keys: &'a TurnstileKeys,
    /// The token that the browser brought.
    pub token: &'a HumanToken,
    /// What it is to be good for.
    pub action: HumanAction,
    /// The address of the client.
    pub address: Option<ClientAddress>,
}

/// What is known of who solved a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HumanVerdict {
    /// A person.
    Human,
    /// Not a person, or the token is old, used or for something else; why is for the log.
    NotHuman(String),
    /// Nobody could be asked; why is for the log.
    Unknown(String),
}

/// Tells people from programs.
pub trait HumanCheck {
    /// Asks about a token, which is used up by that.
    fn ask<'a>(&'a self, question: HumanQuestion<'a>) -> Answer<'a, HumanVerdict>;
}

/// The guards of an installation.
#[derive(Clone, Copy)]
pub struct Guards<'a> {
    /// The limiter of the edge.
    pub front: &'a dyn FrontLimiter,
    /// The one who tells people from programs.
    pub human: &'a dyn HumanCheck,
}

impl Guards<'static> {
    /// Nobody at the door: the operator's tool is not asked who it is.
    pub const NOBODY: Self = Self {
        front: &Nobody,
        human: &Nobody,
    };
}

/// A door without guards: everybody passes the limiter, and nobody can be asked.
struct Nobody;

impl FrontLimiter for Nobody {
    fn admits<'a>(&'a self, _key: &'a str) -> Answer<'a, bool> {
        Box::pin(ready(true))
    }
}

impl HumanCheck for Nobody {
    fn ask<'a>(&'a self, _question: HumanQuestion<'a>) -> Answer<'a, HumanVerdict> {
        Box::pin(ready(HumanVerdict::Unknown("nobody to ask".to_owned())))
    }
}
