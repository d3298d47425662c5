//! Sends what lies in the outbox: right after an answer, and again by the clock.
//!
//! A mail is taken before it is sent, and who has taken it has it for [`schedule::LEASE`]. So two who deliver at once never
//! send one mail twice; only a deliverer who dies between sending and writing that down makes a mail arrive twice, and no
//! order of the two steps could prevent that. A mail that cannot be sent never makes anything else fail.

use serde::Serialize;

use super::letter::Texts;
use super::ports::{Clock, Mailer, Outbox, Receipt, SendFailure, Settlement, UnreadableMail};
use super::settings::mail::MailSettings;
use crate::domain::mail::{Mail, MailId, MailName, schedule};
use crate::domain::time::Instant;

/// How many mails are taken at once: few enough to be sent within the lease.
const TAKEN_AT_ONCE: u32 = 10;

/// How much is delivered in one go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effort {
    /// What an answer has written, and a little more: the runtime gives it seconds.
    AfterAnswer,
    /// Whatever is due, by the clock.
    Everything,
}

impl Effort {
    /// How often mail is taken. The clock comes again in five minutes, so even a great heap is delivered soon.
    const fn rounds(self) -> u32 {
        match self {
            Self::AfterAnswer => 1,
            Self::Everything => 20,
        }
    }
}

/// What became of a mail, for the log: no address, no name, no link.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DeliveryNote {
    /// The mail's number; none when the outbox itself failed.
    pub mail: Option<i64>,
    /// Its name.
    pub name: Option<&'static str>,
    /// How often it was tried.
    pub attempts: u32,
    /// What became of it.
    pub fate: Fate,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// What became of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// A mail service has it.
    Sent,
    /// It is to be read in the outbox.
    Kept,
    /// It will be tried again.
    Later,
    /// It will not be tried again.
    GivenUp,
    /// The outbox could not be read or written.
    Stuck,
}

impl DeliveryNote {
    /// The note as one line of JSON, like every line of the log.
    #[must_use]
    pub fn to_json(&self) -> String {
        #[derive(Serialize)]
        struct Line<'a> {
            severity: &'static str,
            #[serde(flatten)]
            note: &'a DeliveryNote,
        }
        let severity = if self.fate.is_failure() {
            "error"
        } else {
            "info"
        };
        serde_json::to_string(&Line {
            severity,
            note: self,
        })
        .unwrap_or_else(|error| format!("a line of the log could not be written: {error}"))
    }
}

impl Fate {
    /// Whether somebody has to look.
    #[must_use]
    pub const fn is_failure(self) -> bool {
        matches!(self, Self::Later | Self::GivenUp | Self::Stuck)
    }
}

/// Sends mail that is due.
pub async fn deliver_due(
    outbox: &impl Outbox,
    clock: &dyn Clock,
    mailer: &impl Mailer,
    settings: &MailSettings,
    effort: Effort,
) -> Vec<DeliveryNote> {
    let texts = Texts::embedded();
    let mut notes = Vec::new();
    for _ in 0..effort.rounds() {
        let now = clock.now();
        let lease_end = now.plus(schedule::LEASE);
        let taken = match outbox.take_due(now, lease_end, TAKEN_AT_ONCE).await {
            Ok(taken) => taken,
            Err(failure) => {
                notes.push(stuck(None, failure.0));
                break;
            }
        };
        if taken.is_empty() {
            break;
        }
        for taken in taken {
            let note = match taken {
                Ok(mail) => {
                    let attempt = attempt(&texts, mailer, settings, clock.now(), &mail).await;
                    settle(outbox, clock, &mail, attempt).await
                }
                Err(unreadable) => discard(outbox, clock, unreadable).await,
            };
            notes.push(note);
        }
    }
    notes
}

async fn attempt(
    texts: &Result<Texts, String>,
    mailer: &impl Mailer,
    settings: &MailSettings,
    now: Instant,
    mail: &Mail,
) -> Settlement {
    if now >= mail.deadline {
        return Settlement::GivenUp {
            error: "too_late".to_owned(),
        };
    }
    let letter = match texts {
        Ok(texts) => texts.write(mail, settings),
        Err(error) => Err(error.clone()),
    };
    // A text that cannot be filled is mended by another release, which may come within the day.
    let sent = match letter {
        Ok(letter) => mailer.send(&letter).await,
        Err(error) => Err(SendFailure {
            code: error,
            is_final: false,
        }),
    };
    match sent {
        Ok(Receipt::HandedOver) => Settlement::Sent,
        Ok(Receipt::Kept) => Settlement::Kept,
        Err(SendFailure { code, is_final }) => {
            match schedule::next_attempt(mail.attempts, now, mail.deadline) {
                Some(at) if !is_final => Settlement::Later { at, error: code },
                _ => Settlement::GivenUp { error: code },
            }
        }
    }
}

async fn settle(
    outbox: &impl Outbox,
    clock: &dyn Clock,
    mail: &Mail,
    settlement: Settlement,
) -> DeliveryNote {
    let written = outbox
        .settle(mail.id, mail.attempts, &settlement, clock.now())
        .await;
    if let Err(failure) = written {
        return stuck(Some((mail.id, mail.name)), failure.0);
    }
    let (fate, error) = match settlement {
        Settlement::Sent => (Fate::Sent, None),
        Settlement::Kept => (Fate::Kept, None),
        Settlement::Later { error, .. } => (Fate::Later, Some(error)),
        Settlement::GivenUp { error } => (Fate::GivenUp, Some(error)),
    };
    DeliveryNote {
        mail: Some(mail.id.number()),
        name: Some(mail.name.as_str()),
        attempts: mail.attempts,
        fate,
        error,
    }
}

/// A row that cannot be read will not be readable later either.
async fn discard(
    outbox: &impl Outbox,
    clock: &dyn Clock,
    UnreadableMail { id, attempts }: UnreadableMail,
) -> DeliveryNote {
    let error = "unreadable".to_owned();
    let settlement = Settlement::GivenUp {
        error: error.clone(),
    };
    match outbox.settle(id, attempts, &settlement, clock.now()).await {
        Err(failure) => stuck(None, failure.0),
        Ok(()) => DeliveryNote {
            mail: Some(id.number()),
            name: None,
            attempts,
            fate: Fate::GivenUp,
            error: Some(error),
        },
    }
}

fn stuck(mail: Option<(MailId, MailName)>, error: String) -> DeliveryNote {
    DeliveryNote {
        mail: mail.map(|(id, _)| id.number()),
        name: mail.map(|(_, name)| name.as_str()),
        attempts: 0,
        fate: Fate::Stuck,
        error: Some(error),
    }
}
