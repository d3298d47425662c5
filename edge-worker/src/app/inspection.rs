//! How operators look at the whole: whether it is sound, and how much there is.

use std::time::Duration;

use super::App;
use super::error::Error;
use super::ports::Store;
use super::ports::inspection::{Examined, Figure};

/// How long the last days are that figures speak of.
const LAST_DAYS: Duration = Duration::from_hours(30 * 24);

impl<S: Store> App<'_, S> {
    /// Looks whether everything is as it should be: the invariants of the ledger, sums that must agree, and what hangs.
    pub async fn examine(&self) -> Result<Vec<Examined>, Error> {
        Ok(self.store.examine(self.now()).await?)
    }

    /// What there is, in numbers.
    pub async fn figures(&self) -> Result<Vec<Figure>, Error> {
        let now = self.now();
        Ok(self.store.figures(now, now.minus(LAST_DAYS)).await?)
    }
}
