//! What runs without anybody waiting for it: mail right after an answer, and upkeep by the clock.

use worker::{Env, console_error, console_log};

use super::clock::EdgeClock;
use super::entropy::WebEntropy;
use super::find_installation;
use super::mailer::EdgeMailer;
use crate::app::delivery::{DeliveryNote, Effort, deliver_due};
use crate::app::settings::Misconfigured;
use crate::app::upkeep;
use crate::http::Installation;

/// Sends what the answer has written.
pub(super) async fn deliver(env: Env) {
    match find_installation(&env) {
        Ok(Installation { store, settings }) => {
            let mailer = EdgeMailer::find(&env, settings.mail.delivery);
            let notes = deliver_due(
                &store,
                &EdgeClock,
                &mailer,
                &settings.mail,
                Effort::AfterAnswer,
            )
            .await;
            notes.iter().for_each(write_note);
        }
        Err(Misconfigured(text)) => write_failure(&text),
    }
}

/// Does everything that is due.
pub(super) async fn run(env: &Env) {
    match find_installation(env) {
        Ok(Installation { store, settings }) => {
            let mailer = EdgeMailer::find(env, settings.mail.delivery);
            let report =
                upkeep::run(&store, &EdgeClock, &WebEntropy, &mailer, &settings.mail).await;
            report.mails.iter().for_each(write_note);
            report
                .failures
                .iter()
                .for_each(|failure| write_failure(failure));
        }
        Err(Misconfigured(text)) => write_failure(&text),
    }
}

fn write_note(note: &DeliveryNote) {
    let line = note.to_json();
    if note.fate.is_failure() {
        console_error!("{line}");
    } else {
        console_log!("{line}");
    }
}

fn write_failure(text: &str) {
    let line = serde_json::json!({"severity": "error", "detail": text});
    console_error!("{line}");
}
