//! How attempts are limited, and why so.
//!
//! **A slot before the work.** Whatever costs a hash, a letter or an account takes a slot of its counters first
//! ([`crate::domain::attempts`]). Attempts that arrive together cannot outrun each other: ZITADEL's lock once could be
//! (GHSA-7h8m-vrxx-vr4m), because it counted after the check.
//!
//! **Signing in** has two counters. That of the *network* is shut openly: 429 with `Retry-After`, before anything is read
//! about the address. That of the *address* is shut silently, with the answer of a wrong password; and it counts for every
//! address, whether or not anybody has it. What an attempt costs therefore depends on the attempts before it, never on
//! whether there is an account, whether it is open, or what its password is:
//!
//! | the address | guesses | work | answer |
//! |---|---|---|---|
//! | has a free slot | the password is checked | one hash | 200, or 401 |
//! | is shut, and a decoy is left | none: the hash is made and its result thrown away | one hash | 401 |
//! | is shut, and the decoys are spent | none | none | 401 |
//! | any, from a network that is shut | none | none | 429 |
//!
//! The decoys settle a contradiction. A lock that answers at once tells that it is there; a lock that always hashes lets
//! strangers choose how much the Worker computes. So whoever guesses one by one sees no difference when the lock falls,
//! and a flood gets five guesses and five decoys, at most ten hashes, until the first counter opens again. That a flood can
//! then tell the lock from a wrong password by time gives nothing away: the lock follows from its own attempts.
//!
//! **Nobody is locked out by strangers** (ASVS 5.0 6.1.1). The pauses end by themselves, those of sign-ins after 15 minutes
//! at most. And an
//! address that is shut for strangers is not shut where its owner lives: a network in which somebody has signed in to it
//! within 30 days has a counter of its own for it. A right password begins the counter anew through which it came; of the
//! network's counter it gives back its own slot and no other, so an account of the attacker's own does not help
//! (Rauthy's one weak point).
//!
//! **Everything else is shut openly** with 429: registration, letters and links, and the passwords that somebody who is signed
//! in is asked for. Letters are counted by address too, whether or not anybody has it, so that 429 tells nothing either.

use std::time::Duration;

use super::App;
use super::error::{Error, Refusal};
use super::ports::attempts::{SignInCounters, Slot};
use super::ports::{Store, StoreFailure};
use crate::domain::attempts::CounterKey;
use crate::domain::attempts::{AttemptKind, Counter};
use crate::domain::audit::{Actor, Event};
use crate::domain::email::Email;
use crate::domain::identifiers::UserId;
use crate::domain::origin::{ClientAddress, Network};
use crate::domain::time::Instant;

impl<S: Store> App<'_, S> {
    /// Refuses a registration when its network has made too many.
    pub(super) async fn limit_registrations(&self) -> Result<(), Error> {
        let network = self.counter_of_network(AttemptKind::RegisterFrom);
        self.limit(&network, None).await
    }

    /// Refuses a request for a reset letter when its network, or anybody for this address, has asked too often.
    pub(super) async fn limit_resets(&self, email: &Email) -> Result<(), Error> {
        let network = self.counter_of_network(AttemptKind::ResetFrom);
        let address = self.counter_key().of_address(AttemptKind::ResetOf, email);
        self.limit(&network, Some(&address)).await
    }

    /// Refuses the use of a letter's link when its network has used too many.
    pub(super) async fn limit_links(&self) -> Result<(), Error> {
        let network = self.counter_of_network(AttemptKind::LinkFrom);
        self.limit(&network, None).await
    }

    /// Refuses to send a letter when the person, who is signed in, has asked for too many.
    pub(super) async fn limit_letters(&self, user: UserId) -> Result<(), Error> {
        let counter = self.counter_key().of_user(AttemptKind::LettersBy, user);
        self.limit(&counter, None).await
    }

    /// Refuses to change a password that was changed too often: whoever knows it could else have any number of letters sent
    /// to an address that is perhaps not theirs.
    pub(super) async fn limit_password_changes(&self, user: UserId) -> Result<(), Error> {
        let counter = self
            .counter_key()
            .of_user(AttemptKind::PasswordChangesBy, user);
        self.limit(&counter, None).await
    }

    /// Refuses to check the password of somebody who is signed in when it was wrong too often. To be called before the
    /// hash; a right password is told by [`Self::forget_wrong_passwords`].
    pub(super) async fn limit_wrong_passwords(&self, user: UserId) -> Result<(), Error> {
        let counter = self.counter_key().of_user(AttemptKind::PasswordOf, user);
        self.limit(&counter, None).await
    }

    /// The password of somebody who is signed in was right.
    pub(super) async fn forget_wrong_passwords(&self, user: UserId) -> Result<(), Error> {
        let counter = self.counter_key().of_user(AttemptKind::PasswordOf, user);
        Ok(self.store.clear_counter(&counter).await?)
    }

    /// The address is its owner's, who is here: strangers can no longer lock them out of this network. What was done
    /// before is done, so a failure is for the log.
    pub(super) async fn remember_home(&self, email: &Email) {
        let home =
            self.counter_key()
                .of_address_in(AttemptKind::SignInAtHome, email, self.network());
        if let Err(StoreFailure(text)) = self.store.remember_home(&home, self.now()).await {
            self.remark(format!("the network of a sign-in was not noted: {text}"));
        }
    }

    /// The counters of a sign-in to this address.
    pub(super) fn sign_in_counters(&self, email: &Email) -> SignInCounters {
        let key = self.counter_key();
        let network = self.network();
        SignInCounters {
            network: key.of_network(AttemptKind::SignInFrom, network),
            stranger: key.of_address(AttemptKind::SignIn, email),
            home: key.of_address_in(AttemptKind::SignInAtHome, email, network),
            decoy: key.of_address(AttemptKind::SignInDecoy, email),
        }
    }

    /// Refuses somebody who has to wait until then, and puts it down.
    pub(super) async fn refuse_too_many(&self, what: AttemptKind, until: Instant) -> Error {
        let entry = self
            .audit(Event::RateLimited, Actor::Anyone)
            .with_detail(what.as_str());
        if let Err(failure) = self.store.record(&entry).await {
            return failure.into();
        }
        let milliseconds = until.millis_since(self.now()).unsigned_abs();
        let retry_after = Duration::from_secs(milliseconds.div_ceil(1_000).max(1));
        let refusal = Refusal::TooManyRequests { retry_after };
        Error::new(refusal, format!("too many attempts: {}", what.as_str()))
    }

    async fn limit(&self, wide: &Counter, narrow: Option<&Counter>) -> Result<(), Error> {
        match self.store.take_slots(wide, narrow, self.now()).await? {
            Slot::Taken { .. } => Ok(()),
            Slot::Shut { kind, until } => Err(self.refuse_too_many(kind, until).await),
        }
    }
    /// The network that the request came from, if it is known.
    fn network(&self) -> Option<Network> {
        self.origin.address.map(ClientAddress::network)
    }

    fn counter_of_network(&self, kind: AttemptKind) -> Counter {
        self.counter_key().of_network(kind, self.network())
    }

    const fn counter_key(&self) -> &CounterKey {
        &self.settings.counter_key
    }
}
