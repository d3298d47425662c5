//! What looking at the whole needs of the database.

use super::StoreFailure;
use crate::domain::time::Instant;

/// A rule that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Examined {
    /// The name of the check.
    pub check: &'static str,
    /// What always holds.
    pub rule: &'static str,
    /// Where it does not.
    pub findings: Vec<Finding>,
}

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// With what: an id, or the name of an account.
    pub subject: String,
    /// What is wrong with it.
    pub detail: String,
}

/// A number with its name, such as `users.total`; those that begin with `kopecks.` are money.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Its name.
    pub name: String,
    /// The number.
    pub value: i64,
}

/// The whole database, looked at. Each method is one round trip, and changes nothing.
#[expect(
    async_fn_in_trait,
    reason = "a Worker has one thread; no future of ours is sent to another"
)]
pub trait Inspection {
    /// Looks whether everything is as it should be; one answer a rule, also for those that hold.
    async fn examine(&self, now: Instant) -> Result<Vec<Examined>, StoreFailure>;

    /// What there is, in numbers; those of the last days begin at `since`.
    async fn figures(&self, now: Instant, since: Instant) -> Result<Vec<Figure>, StoreFailure>;
}
