//! What the use cases need from outside, each as small as they need it.

pub mod access;
pub mod archive;
pub mod attempts;
mod audit;
pub mod bookkeeping;
pub mod cabinet;
pub mod catalogue_editing;
pub mod directory;
pub mod former_records;
pub mod guards;
pub mod import;
pub mod inspection;
mod links;
mod outbox;
pub mod partners;
mod passwords;
pub mod payments;
mod personal_data;
mod sessions;

pub use audit::{AuditLog, PastEvent, PastEvents};
pub use links::{Checked, EmailNotChanged, LinkStore};
pub use outbox::{Mailer, Outbox, Receipt, SendFailure, Settlement, UnreadableMail};
pub use passwords::PasswordStore;
pub use personal_data::{ExportPart, PersonalData};
pub use sessions::SessionStore;

use attempts::AttemptStore;

use crate::domain::audit::AuditEntry;
use crate::domain::email::Email;
use crate::domain::identifiers::{SessionId, UserId};
use crate::domain::link::NewLink;
use crate::domain::mail::NewMail;
use crate::domain::password_hash::{PasswordHash, StoredPassword};
use crate::domain::person_name::PersonName;
use crate::domain::phone::Phone;
use crate::domain::session::Session;
use crate::domain::time::Instant;
use crate::domain::user::{Account, NewUser, User};

/// Tells the time.
pub trait Clock {
    /// The time now.
    fn now(&self) -> Instant;
}

/// Randomness fit for keys.
pub trait Entropy {
    /// Fills the buffer with random bytes; the error is for the log.
    fn fill(&self, buffer: &mut [u8]) -> Result<(), String>;
}

/// The store could not do what it was asked; the text is for the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreFailure(pub String);

/// Why a user was not added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UserNotAdded {
    /// Somebody has the address already, perhaps in other letter case.
    EmailTaken,
    /// Somebody has the referral code already: draw another.
    ReferralCodeTaken,
    /// The store failed.
    Failure(StoreFailure),
}

/// What somebody gets who registers by themselves, and nobody for whom an operator does it.
#[derive(Clone, Debug)]
pub struct Welcome {
    /// They are signed in.
    pub session: Session,
    /// The link that confirms their address.
    pub link: NewLink,
    /// The mail with it.
    pub mail: NewMail,
}

/// What a client may change about themselves; `None` leaves a field as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProfileChange {
    /// What to call the person.
    pub name: Option<PersonName>,
    /// The phone.
    pub phone: Option<Phone>,
}

/// A session and the account it belongs to, read together.
#[derive(Clone, Debug)]
pub struct SessionOwner {
    /// The session.
    pub session: Session,
    /// Its account.
    pub account: Account,
}

/// An account and what opens it, read together for signing in and for nothing else.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// The account.
    pub account: Account,
    /// Its password.
    pub password: StoredPassword,
}

/// The database, in the words of the use cases. Each method is one round trip, and one transaction. Where something
/// changes, its entry of the audit log is written with it; where nothing changes, it is not.
#[expect(
    async_fn_in_trait,
    reason = "a Worker has one thread; no future of ours is sent to another"
)]
pub trait Store:
    access::AccessStore
    + AttemptStore
    + AuditLog
    + bookkeeping::Bookkeeping
    + cabinet::CabinetStore
    + LinkStore
    + Outbox
    + PasswordStore
    + PersonalData
    + SessionStore
    + archive::ArchiveStore
    + catalogue_editing::CatalogueEditing
    + inspection::Inspection
    + partners::PartnerStore
    + payments::PaymentStore
    + directory::AccountDirectory
    + import::ImportStore
    + former_records::FormerRecordStore
{
    /// Adds a user together with their welcome, or without one when an operator adds them.
    async fn add_user(
        &self,
        user: &NewUser,
        welcome: Option<&Welcome>,
        audit: &AuditEntry,
    ) -> Result<User, UserNotAdded>;

    /// The account with this address, without regard to letter case.
    async fn account_by_email(&self, email: &Email) -> Result<Option<Account>, StoreFailure>;

    /// The account with this address and its password.
    async fn credentials_by_email(
        &self,
        email: &Email,
    ) -> Result<Option<Credentials>, StoreFailure>;

    /// Adds a session and drops the user's sessions that are over. Only if the account is active and still has the
    /// password that was checked: hashing takes a while, and an operator or the owner may have acted meanwhile.
    /// Whether there is a session now. The notice is mailed if the account has been signed in to before, but never with
    /// this device, or never from this country.
    async fn open_session(
        &self,
        email: &Email,
        checked: &StoredPassword,
        session: &Session,
        notice: &NewMail,
        audit: &AuditEntry,
    ) -> Result<bool, StoreFailure>;

    /// The session with its account; `None` when it was ended or its user deleted.
    async fn session_owner(&self, session: SessionId)
    -> Result<Option<SessionOwner>, StoreFailure>;

    /// Ends one session.
    async fn end_session(&self, session: SessionId, audit: &AuditEntry)
    -> Result<(), StoreFailure>;

    /// Ends every session of a user.
    async fn end_sessions_of(&self, user: UserId, audit: &AuditEntry) -> Result<(), StoreFailure>;

    /// Changes what the user tells about themselves; `None` when the account was closed or deleted meanwhile.
    async fn change_profile(
        &self,
        user: UserId,
        change: &ProfileChange,
        now: Instant,
        audit: &AuditEntry,
    ) -> Result<Option<User>, StoreFailure>;

    /// Gives an account another password, ends its sessions and tells its owner. `None` when nobody has the address.
    async fn set_password(
        &self,
        email: &Email,
        password_hash: &PasswordHash,
        notice: &NewMail,
        audit: &AuditEntry,
    ) -> Result<Option<User>, StoreFailure>;

    /// Opens or closes the door to an account; closing ends its sessions. `None` when nobody has the address.
    async fn set_active(
        &self,
        email: &Email,
        is_active: bool,
        now: Instant,
        audit: &AuditEntry,
    ) -> Result<Option<User>, StoreFailure>;
}
