//! What operators need of the database: finding accounts, looking at one, and saying what its person may do.

use super::StoreFailure;
use crate::domain::audit::AuditEntry;
use crate::domain::email::Email;
use crate::domain::password_hash::StoredPassword;
use crate::domain::time::Instant;
use crate::domain::user::{Account, Role, User};

/// Which accounts; what is `None` does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountFilter {
    /// Those with this role.
    pub role: Option<Role>,
    /// Those whose door is open, or closed.
    pub is_active: Option<bool>,
    /// Those with this text in the address, the name, the phone or as referral code.
    pub text: Option<String>,
}

/// A part of a list of accounts.
#[derive(Clone, Debug)]
pub struct AccountPage {
    /// The accounts, the oldest first.
    pub accounts: Vec<Account>,
    /// How many there are on all pages.
    pub total: i64,
}

/// Everything that is known about an account itself.
#[derive(Clone, Debug)]
pub struct AccountFile {
    /// The account.
    pub account: Account,
    /// Its password, to say of what kind it is.
    pub password: StoredPassword,
    /// When the person accepted the terms.
    pub terms_accepted_at: Option<Instant>,
    /// The predecessor's number, if the account came from there.
    pub former_number: Option<i64>,
    /// The address of whoever brought the person.
    pub referrer: Option<String>,
    /// The sessions that are open, the one seen last first.
    pub sessions: Vec<OpenSession>,
    /// What happened last, the latest first.
    pub events: Vec<LoggedEvent>,
}

/// A session that is open, without what would let anybody use it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenSession {
    /// When it was seen last.
    pub last_seen_at: Instant,
    /// The device, in words.
    pub device: Option<String>,
    /// The country, as two letters.
    pub country: Option<String>,
}

/// Something from the audit log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LoggedEvent {
    /// When; of events that share a row, the last time.
    pub at: Instant,
    /// The event's word.
    pub event: String,
    /// Who did it: `person`, `anyone`, `system`, or `operator` with the name.
    pub actor: String,
    /// The code that says more.
    pub detail: Option<String>,
    /// From which network.
    pub network: Option<String>,
    /// From which country, as two letters.
    pub country: Option<String>,
    /// With which device, in words.
    pub device: Option<String>,
    /// How many events share the row.
    pub times: i64,
}

/// The accounts, as operators see them.
#[expect(
    async_fn_in_trait,
    reason = "a Worker has one thread; no future of ours is sent to another"
)]
pub trait AccountDirectory {
    /// Some of the accounts that the filter lets through, without those that were deleted.
    async fn list_accounts(
        &self,
        filter: &AccountFilter,
        skip: i64,
        limit: i64,
    ) -> Result<AccountPage, StoreFailure>;

    /// Everything about the account with this address.
    async fn account_file(
        &self,
        email: &Email,
        now: Instant,
    ) -> Result<Option<AccountFile>, StoreFailure>;

    /// Says what a person may do. `None` when nobody has the address.
    async fn set_role(
        &self,
        email: &Email,
        role: Role,
        audit: &AuditEntry,
    ) -> Result<Option<User>, StoreFailure>;
}
