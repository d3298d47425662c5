//! The counters of attempts in the database.

use super::StoreFailure;
use crate::domain::attempts::{AttemptKind, Counter};
use crate::domain::time::Instant;

/// What became of an attempt to take a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// It was free, and is taken now.
    Taken {
        /// Which attempt this is, the first being 1.
        count: u32,
        /// Until when this very attempt has shut the counter; an instant that is not in the future has shut nothing.
        shut_until: Instant,
    },
    /// The counter is shut.
    Shut {
        /// What it counts.
        kind: AttemptKind,
        /// When it opens.
        until: Instant,
    },
}

/// The counters that a sign-in looks at.
#[derive(Clone, Debug)]
pub struct SignInCounters {
    /// The network, whatever the address.
    pub network: Counter,
    /// The address, from networks that are not its owner's.
    pub stranger: Counter,
    /// The address in this network. While the row is there, the network counts as one of the owner's.
    pub home: Counter,
    /// Hashes for nothing.
    pub decoy: Counter,
}

/// How far a sign-in may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInSlots {
    /// The network is shut: nothing was counted for the address.
    NetworkShut {
        /// When it opens.
        until: Instant,
    },
    /// The password may be checked, and what it opens may be opened.
    Check(Admitted),
    /// The address is shut; a hash may be spent on looking as if it were not.
    Decoy,
    /// The address is shut, and there were decoys enough.
    Spent,
}

/// The slots of a sign-in that may go on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Admitted {
    /// Whether it came from a network of the owner's.
    pub is_at_home: bool,
    /// Which attempt on the address this is, the first being 1.
    pub count: u32,
    /// Until when this attempt has shut the counter of the address.
    pub address_shut_until: Instant,
    /// Until when this attempt has shut the counter of the network.
    pub network_shut_until: Instant,
}

/// The attempts before a sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignInsSoFar {
    /// On the address, as this network sees it.
    pub on_address: u32,
    /// From the network, on whatever address.
    pub from_network: u32,
}

/// Counts attempts. Each method is one transaction, so slots can never be taken twice.
#[expect(
    async_fn_in_trait,
    reason = "a Worker has one thread; no future of ours is sent to another"
)]
pub trait AttemptStore {
    /// Takes a slot of `wide`, and one of `narrow` unless `wide` is shut; answers the first that is shut, or else the
    /// last that was taken.
    async fn take_slots(
        &self,
        wide: &Counter,
        narrow: Option<&Counter>,
        now: Instant,
    ) -> Result<Slot, StoreFailure>;

    /// Takes the slots of a sign-in.
    async fn take_sign_in_slots(
        &self,
        counters: &SignInCounters,
        now: Instant,
    ) -> Result<SignInSlots, StoreFailure>;

    /// How many attempts a sign-in would find before its own.
    async fn count_sign_ins(
        &self,
        counters: &SignInCounters,
        now: Instant,
    ) -> Result<SignInsSoFar, StoreFailure>;

    /// The password was right: the address begins anew, the network gets back this one attempt and no other, and counts
    /// as one of the owner's from now on.
    async fn settle_sign_in(
        &self,
        counters: &SignInCounters,
        admitted: Admitted,
        now: Instant,
    ) -> Result<(), StoreFailure>;

    /// Somebody proved here that the address is theirs: the network is one of the owner's.
    async fn remember_home(&self, home: &Counter, now: Instant) -> Result<(), StoreFailure>;

    /// Begins a counter anew.
    async fn clear_counter(&self, counter: &Counter) -> Result<(), StoreFailure>;

    /// Deletes the counters that count as absent.
    async fn purge_attempts(&self, now: Instant) -> Result<(), StoreFailure>;
}
