//! The log of what happened to accounts, as the use cases write it.

use super::StoreFailure;
use crate::domain::audit::{AuditEntry, Event};
use crate::domain::device::Device;
use crate::domain::identifiers::UserId;
use crate::domain::origin::Country;
use crate::domain::page::Page;
use crate::domain::time::Instant;

/// An event as its person sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastEvent {
    /// What happened.
    pub event: Event,
    /// Who did it, in a word of [`crate::domain::audit::Actor`]; operators stay without their names.
    pub by: String,
    /// When; of several that share a line, the last time.
    pub at: Instant,
    /// How many share the line.
    pub times: i64,
    /// From which network, as [`crate::domain::origin::Network`] shows it.
    pub network: Option<String>,
    /// From which country.
    pub country: Option<Country>,
    /// With what.
    pub device: Device,
}

/// A page of events, and how many there are on all pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastEvents {
    /// The events of the page, the latest first.
    pub events: Vec<PastEvent>,
    /// How many there are.
    pub total: i64,
}

/// The audit log.
///
/// What changes something is written by the store together with its entry, in one transaction; this port is for what changes
/// nothing, such as a refusal.
#[expect(
    async_fn_in_trait,
    reason = "a Worker has one thread; no future of ours is sent to another"
)]
pub trait AuditLog {
    /// Writes an entry.
    async fn record(&self, entry: &AuditEntry) -> Result<(), StoreFailure>;

    /// What happened to a user's account, the latest first.
    async fn events_of(&self, user: UserId, page: Page) -> Result<PastEvents, StoreFailure>;

    /// Forgets what happened before this instant.
    async fn purge_events(&self, before: Instant) -> Result<(), StoreFailure>;
}
