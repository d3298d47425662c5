//! What a person or an operator can do, one file a use case, written against [`ports`].

pub mod access;
pub mod accounts;
pub mod archive;
mod attempts;
pub mod authentication;
pub mod bookkeeping;
pub mod cabinet;
pub mod catalogue_editing;
pub mod contact;
pub mod credentials_change;
pub mod dashboard;
pub mod delivery;
pub mod directory;
pub mod error;
pub mod events;
mod human_check;
pub mod import;
pub mod inspection;
pub mod letter;
pub mod links;
mod password_renewal;
pub mod payments;
pub mod payouts;
pub mod personal_data;
pub mod ports;
pub mod profile;
pub mod recovery;
pub mod refunds;
pub mod registration;
pub mod sessions;
pub mod settings;
pub mod sign_in;
pub mod upkeep;
pub mod verification;

use std::cell::{Cell, RefCell};

use crate::domain::access_token::TokenMint;
use crate::domain::audit::{Actor, AuditEntry, Event};
use crate::domain::identifiers::{OperationId, RequestId, SessionId, TokenId, UserProductId};
use crate::domain::origin::Origin;
use crate::domain::password::{NewPassword, PasswordPolicy};
use crate::domain::password_hash::{PasswordHash, Salt};
use crate::domain::secret::SecretText;
use crate::domain::time::Instant;
use crate::domain::user::ReferralCode;
use error::Error;
use ports::guards::Guards;
use ports::{Clock, Entropy, Store};
use settings::Settings;

/// The application: the use cases with everything they need from outside.
pub struct App<'a, S> {
    store: S,
    clock: &'a dyn Clock,
    entropy: &'a dyn Entropy,
    settings: Settings,
    origin: Origin,
    mint: TokenMint,
    guards: Guards<'a>,
    hashes: Cell<u32>,
    has_mail_due: Cell<bool>,
    remarks: RefCell<Vec<String>>,
}

impl<'a, S: Store> App<'a, S> {
    /// Puts the application together for a request from `origin`; cheap enough to do for every request.
    #[must_use]
    pub fn new(
        store: S,
        clock: &'a dyn Clock,
        entropy: &'a dyn Entropy,
        settings: Settings,
        origin: Origin,
    ) -> Self {
        let mint = TokenMint::new(&settings.signing_keys);
        Self {
            store,
            clock,
            entropy,
            settings,
            origin,
            mint,
            guards: Guards::NOBODY,
            hashes: Cell::new(0),
            has_mail_due: Cell::new(false),
            remarks: RefCell::default(),
        }
    }

    /// The application with guards at its door.
    #[must_use]
    pub fn guarded_by(self, guards: Guards<'a>) -> Self {
        Self { guards, ..self }
    }

    /// How strict this installation is about passwords.
    #[must_use]
    pub const fn password_policy(&self) -> PasswordPolicy {
        self.settings.password_policy
    }

    /// Whether a use case has written mail, so that it is worth sending right after the answer.
    #[must_use]
    pub const fn has_mail_due(&self) -> bool {
        self.has_mail_due.get()
    }

    fn mail_is_due(&self) {
        self.has_mail_due.set(true);
    }

    /// What went wrong on the side of use cases that succeeded, for the log: facts, never secrets or personal data.
    #[must_use]
    pub fn remarks(&self) -> Vec<String> {
        self.remarks.borrow().clone()
    }

    fn remark(&self, fact: String) {
        self.remarks.borrow_mut().push(fact);
    }

    /// How many passwords were hashed so far: nearly all that a request computes.
    #[must_use]
    pub const fn hashes(&self) -> u32 {
        self.hashes.get()
    }

    fn now(&self) -> Instant {
        self.clock.now()
    }

    /// An entry for the audit log: now, and from where this request came.
    fn audit(&self, event: Event, actor: Actor) -> AuditEntry {
        AuditEntry::new(event, actor, self.now(), self.origin)
    }

    fn random<const BYTES: usize>(&self) -> Result<[u8; BYTES], Error> {
        let mut bytes = [0; BYTES];
        self.entropy
            .fill(&mut bytes)
            .map_err(|error| Error::internal(format!("no randomness: {error}")))?;
        Ok(bytes)
    }

    fn new_session_id(&self) -> Result<SessionId, Error> {
        self.random().map(SessionId::from_random)
    }

    fn new_token_id(&self) -> Result<TokenId, Error> {
        self.random().map(TokenId::from_random)
    }

    fn new_user_product_id(&self) -> Result<UserProductId, Error> {
        self.random().map(UserProductId::from_random)
    }

    fn new_operation_id(&self) -> Result<OperationId, Error> {
        self.random().map(OperationId::from_random)
    }

    fn new_salt(&self) -> Result<Salt, Error> {
        self.random().map(Salt::from_random)
    }

    fn hash(&self, password: &NewPassword) -> Result<PasswordHash, Error> {
        let (salt, iterations) = (self.new_salt()?, self.settings.iterations);
        self.count_hash();
        Ok(PasswordHash::derive(password.as_secret(), salt, iterations))
    }

    /// Whether the hash is that of the password. Every comparison goes through here, so that none is left uncounted.
    fn verify(&self, hash: &PasswordHash, password: &SecretText) -> bool {
        self.count_hash();
        hash.verify(password)
    }

    fn count_hash(&self) {
        self.hashes.set(self.hashes.get().saturating_add(1));
    }

    fn new_referral_code(&self) -> Result<ReferralCode, Error> {
        self.random().map(ReferralCode::from_random)
    }
}

/// A name for a request, before there is an application to ask; all zeros when there is no randomness.
#[must_use]
pub fn name_request(entropy: &dyn Entropy) -> RequestId {
    let mut bytes = [0; 16];
    let _named_zero = entropy.fill(&mut bytes);
    RequestId::from_random(bytes)
}
