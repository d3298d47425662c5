//! `cabinetctl user show`: everything that is known about an account, without secrets.

mod business;

use std::fmt::Display;

use anyhow::{Context, Result};
use clap::Args;
use edge_worker::app::ports::directory::{AccountFile, LoggedEvent, OpenSession};
use edge_worker::domain::time::Instant;
use serde_json::{Value, json};

use super::list::account_as_json;
use super::{WhoArguments, nobody};
use crate::application::Office;
use crate::{refusal, terminal};

/// Whose account, and how to show it
#[derive(Args)]
pub(crate) struct ShowArguments {
    #[command(flatten)]
    who: WhoArguments,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// Shows it.
pub(crate) async fn run(office: &Office, arguments: &ShowArguments) -> Result<()> {
    let email = arguments.who.email()?;
    let file = office
        .app
        .account_file(&email)
        .await
        .map_err(refusal::use_case)?
        .with_context(|| nobody(&email))?;
    let client = office
        .app
        .client_file(file.account.user.id)
        .await
        .map_err(refusal::use_case)?;
    terminal::say(&if arguments.json {
        let mut shown = as_json(&file);
        if let (Value::Object(shown), Value::Object(more)) =
            (&mut shown, business::as_json(&client))
        {
            shown.extend(more);
        }
        format!("{shown:#}")
    } else {
        let mut lines = as_lines(&file);
        lines.extend(business::as_lines(&client));
        lines.extend(what_happened(&file));
        lines.join("\n")
    });
    Ok(())
}

fn as_json(file: &AccountFile) -> Value {
    let sessions: Vec<_> = file
        .sessions
        .iter()
        .map(|session| {
            json!({
                "last_seen_at": session.last_seen_at.to_string(),
                "device": session.device,
                "country": session.country,
            })
        })
        .collect();
    let events: Vec<_> = file
        .events
        .iter()
        .map(|event| {
            json!({
                "at": event.at.to_string(),
                "event": event.event,
                "actor": event.actor,
                "detail": event.detail,
                "network": event.network,
                "country": event.country,
                "device": event.device,
                "times": event.times,
            })
        })
        .collect();
    json!({
        "user": account_as_json(&file.account),
        "password": password(file),
        "terms_accepted_at": file.terms_accepted_at.map(|at| at.to_string()),
        "former_number": file.former_number,
        "referrer": file.referrer,
        "sessions": sessions,
        "events": events,
    })
}

fn as_lines(file: &AccountFile) -> Vec<String> {
    let user = &file.account.user;
    let door = if file.account.is_active {
        "active"
    } else {
        "inactive"
    };
    let confirmed = if user.email_verified {
        "confirmed"
    } else {
        "not confirmed"
    };
    let former = file.former_number.map_or_else(String::new, |number| {
        format!(", imported: {number} in the predecessor")
    });
    vec![
        line("Account", format!("{} ({door}){former}", user.id)),
        line("Name", &user.name),
        line("E-mail", format!("{} ({confirmed})", user.email)),
        line("Phone", or_none(user.phone.as_deref())),
        line("Telegram", or_none(user.telegram_id.as_deref())),
        line("Role", user.role.as_str()),
        line("Password", password(file)),
        line("Registered", user.created_at),
        line("Changed", user.updated_at),
        line("Terms", accepted(file.terms_accepted_at)),
        line("Partnership", accepted(user.offer_accepted_at)),
        line(
            "Referral",
            format!("{}, brought {}", user.referral_code, user.referrals_count),
        ),
        line("Brought by", or_none(file.referrer.as_deref())),
    ]
}

fn what_happened(file: &AccountFile) -> Vec<String> {
    let mut lines = part("Sessions", file.sessions.iter().map(session));
    lines.extend(part("Events", file.events.iter().map(event)));
    lines
}

fn line(title: &str, value: impl Display) -> String {
    format!("{title:11} {value}")
}

/// A list under one title.
fn part(title: &str, values: impl Iterator<Item = String>) -> Vec<String> {
    let mut title = title;
    let mut lines: Vec<String> = values
        .map(|value| line(std::mem::take(&mut title), value))
        .collect();
    if lines.is_empty() {
        lines.push(line(title, "none"));
    }
    lines
}

fn or_none(value: Option<&str>) -> &str {
    value.unwrap_or("none")
}

fn accepted(at: Option<Instant>) -> String {
    at.map_or_else(|| "not accepted".to_owned(), |at| format!("accepted {at}"))
}

/// What kind of password there is, never the hash.
fn password(file: &AccountFile) -> String {
    file.password.hash().map_or_else(
        || "none that works: it has to be reset".to_owned(),
        |hash| {
            // `pbkdf2_sha256$600000$…`
            let stored = hash.to_string();
            let mut parts = stored.split('$');
            let algorithm = parts.next().unwrap_or_default().to_owned();
            let iterations = parts.next().unwrap_or_default();
            format!("{algorithm}, {iterations} iterations")
        },
    )
}

fn session(session: &OpenSession) -> String {
    let seen = session.last_seen_at.to_string();
    words([
        Some(seen.as_str()),
        session.device.as_deref(),
        session.country.as_deref(),
    ])
}

fn event(event: &LoggedEvent) -> String {
    let at = event.at.to_string();
    let by = format!("by {}", event.actor);
    let times = (event.times > 1).then(|| format!("{} times", event.times));
    words([
        Some(at.as_str()),
        Some(event.event.as_str()),
        event.detail.as_deref(),
        times.as_deref(),
        Some(by.as_str()),
        event.device.as_deref(),
        event.country.as_deref(),
        event.network.as_deref(),
    ])
}

fn words<const COUNT: usize>(words: [Option<&str>; COUNT]) -> String {
    let known: Vec<_> = words.into_iter().flatten().collect();
    known.join(", ")
}
