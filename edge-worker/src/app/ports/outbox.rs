//! The outbox: mail that is to be sent, and who sends it.

use super::StoreFailure;
use crate::app::letter::Letter;
use crate::domain::mail::{Mail, MailId, OutboxEntry};
use crate::domain::time::Instant;

/// How an attempt to send a mail ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settlement {
    /// It is on its way; nothing of what it said is kept.
    Sent,
    /// It stays here to be read, on a developer's machine.
    Kept,
    /// It did not work; try again then.
    Later {
        /// When.
        at: Instant,
        /// Why, as a code.
        error: String,
    },
    /// It will not be tried again; nothing of what it said is kept.
    GivenUp {
        /// Why, as a code.
        error: String,
    },
}

/// A mail that was taken and cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnreadableMail {
    /// Its number.
    pub id: MailId,
    /// How often it was taken.
    pub attempts: u32,
}

/// The mail that is to be sent. Each method is one round trip, and one transaction.
#[expect(
    async_fn_in_trait,
    reason = "a Worker has one thread; no future of ours is sent to another"
)]
pub trait Outbox {
    /// Takes mail that is due, the oldest first, and at most `limit` of it. What is taken is taken by nobody else until
    /// `lease_end`.
    async fn take_due(
        &self,
        now: Instant,
        lease_end: Instant,
        limit: u32,
    ) -> Result<Vec<Result<Mail, UnreadableMail>>, StoreFailure>;

    /// Writes down how an attempt ended. That it should be tried again is written only if nobody else has taken the mail
    /// since; that it was sent, always.
    async fn settle(
        &self,
        mail: MailId,
        attempts: u32,
        settlement: &Settlement,
        now: Instant,
    ) -> Result<(), StoreFailure>;

    /// The latest mails, the newest first.
    async fn latest_mails(&self, limit: u32) -> Result<Vec<OutboxEntry>, StoreFailure>;

    /// One mail.
    async fn mail(&self, mail: MailId) -> Result<Option<OutboxEntry>, StoreFailure>;

    /// Forgets mails that were written before this instant, and those to people whose account is gone as soon as they are
    /// sent or given up.
    async fn purge_mails(&self, before: Instant) -> Result<(), StoreFailure>;
}

/// Where a letter is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Receipt {
    /// A mail service has it.
    HandedOver,
    /// Nowhere: it is to be read in the outbox, on a developer's machine.
    Kept,
}

/// A letter could not be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SendFailure {
    /// Why, as a short code for the log and the outbox; never a text with an address in it.
    pub code: String,
    /// Whether trying again is of no use.
    pub is_final: bool,
}

/// Sends letters.
#[expect(
    async_fn_in_trait,
    reason = "a Worker has one thread; no future of ours is sent to another"
)]
pub trait Mailer {
    /// Sends one letter.
    async fn send(&self, letter: &Letter) -> Result<Receipt, SendFailure>;
}
