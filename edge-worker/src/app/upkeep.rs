//! What the service does by the clock, without anybody asking: it forgets what nobody needs and sends mail that is due.

use std::time::Duration;

use super::delivery::{DeliveryNote, Effort, deliver_due};
use super::ports::{Clock, Mailer, Store, StoreFailure};
use super::settings::mail::MailSettings;
use crate::domain::audit;

/// How long the outbox tells operators what was sent to whom.
const MAILS_KEPT_FOR: Duration = Duration::from_hours(30 * 24);
/// How long links that ended are kept: as long as somebody may ask why theirs did not work.
const LINKS_KEPT_FOR: Duration = Duration::from_hours(7 * 24);

/// What was done, for the log.
#[derive(Debug, Default)]
pub struct UpkeepReport {
    /// What became of mails.
    pub mails: Vec<DeliveryNote>,
    /// What did not work; the rest was done all the same.
    pub failures: Vec<String>,
}

/// Does everything that is due.
pub async fn run(
    store: &impl Store,
    clock: &dyn Clock,
    mailer: &impl Mailer,
    settings: &MailSettings,
) -> UpkeepReport {
    let now = clock.now();
    let mut report = UpkeepReport::default();
    // Before the mails: a mail service that hangs must not keep anything else from being forgotten.
    report.note(store.purge_links(now.minus(LINKS_KEPT_FOR)).await);
    report.note(store.purge_attempts(now).await);
    report.note(store.purge_sessions(now).await);
    report.note(store.purge_events(now.minus(audit::KEPT_FOR)).await);
    report.mails = deliver_due(store, clock, mailer, settings, Effort::Everything).await;
    report.note(store.purge_mails(now.minus(MAILS_KEPT_FOR)).await);
    report
}

impl UpkeepReport {
    fn note(&mut self, outcome: Result<(), StoreFailure>) {
        if let Err(StoreFailure(text)) = outcome {
            self.failures.push(text);
        }
    }
}
