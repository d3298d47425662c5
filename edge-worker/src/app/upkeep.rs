//! What the service does by the clock, without anybody asking: it sends mail that is due, makes
//! commissions available whose hold is over, puts down what has ended, and forgets what nobody needs.

use std::time::Duration;

use super::delivery::{DeliveryNote, Effort, deliver_due};
use super::ports::{Clock, Entropy, Mailer, Store, StoreFailure};
use super::settings::mail::MailSettings;
use crate::domain::audit;
use crate::domain::identifiers::OperationId;
use crate::domain::time::Instant;

/// How long the outbox tells operators what was sent to whom.
const MAILS_KEPT_FOR: Duration = Duration::from_hours(30 * 24);
/// How long links that ended are kept: as long as somebody may ask why theirs did not work.
const LINKS_KEPT_FOR: Duration = Duration::from_hours(7 * 24);

/// How many rows a step takes at a time, and how many steps a run takes at most: what is left waits five minutes, and nobody sees
/// it, because what people read is worked out from the dates.
pub(super) const AT_ONCE: u32 = 500;
const STEPS: u32 = 4;

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
    entropy: &dyn Entropy,
    mailer: &impl Mailer,
    settings: &MailSettings,
) -> UpkeepReport {
    let mails = deliver_due(store, clock, mailer, settings, Effort::Everything).await;
    let now = clock.now();
    let mut report = UpkeepReport {
        mails,
        failures: Vec::new(),
    };
    report.note(store.purge_mails(now.minus(MAILS_KEPT_FOR)).await);
    report.note(store.purge_links(now.minus(LINKS_KEPT_FOR)).await);
    report.note(store.purge_attempts(now).await);
    report.note(store.purge_sessions(now).await);
    report.note(store.purge_events(now.minus(audit::KEPT_FOR)).await);
    report.note(mature_all(store, entropy, now).await);
    report.note(notice_all_ends(store, now).await);
    report
}

async fn mature_all(
    store: &impl Store,
    entropy: &dyn Entropy,
    now: Instant,
) -> Result<(), StoreFailure> {
    for _ in 0..STEPS {
        let mut bytes = [0; 16];
        entropy.fill(&mut bytes).map_err(StoreFailure)?;
        let operation = OperationId::from_random(bytes);
        if store
            .mature_commissions(None, AT_ONCE, operation, now)
            .await?
            < AT_ONCE
        {
            break;
        }
    }
    Ok(())
}

async fn notice_all_ends(store: &impl Store, now: Instant) -> Result<(), StoreFailure> {
    for _ in 0..STEPS {
        if store.notice_ends(AT_ONCE, now).await? < AT_ONCE {
            break;
        }
    }
    Ok(())
}

impl UpkeepReport {
    fn note(&mut self, outcome: Result<(), StoreFailure>) {
        if let Err(StoreFailure(text)) = outcome {
            self.failures.push(text);
        }
    }
}
