//! `cabinetctl mail …`: what was mailed to whom, and on a developer's machine the mail itself.

use std::env;

use anyhow::{Context, Result, anyhow};
use clap::Subcommand;
use edge_worker::app::letter::Texts;
use edge_worker::app::ports::{Outbox, StoreFailure};
use edge_worker::app::settings::mail::MailSettings;
use edge_worker::domain::mail::{Mail, MailId, MailState, OutboxEntry};

use crate::terminal;

/// Where the site of a local database is served, unless `SITE_ORIGIN` says otherwise.
const LOCAL_SITE: &str = "http://127.0.0.1:8787";

/// What can be done with mail.
#[derive(Subcommand)]
pub(crate) enum MailCommand {
    /// List the latest mails, the newest first
    List {
        /// How many
        #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=200))]
        limit: u32,
    },
    /// Show a mail; of a local database also its text, with the link
    Show {
        /// Its number in the list
        number: i64,
    },
}

/// Does it. The text of a mail is shown of a local database only: it may carry a link that opens somebody's account.
pub(crate) async fn run(command: MailCommand, outbox: &impl Outbox, is_local: bool) -> Result<()> {
    match command {
        MailCommand::List { limit } => list(outbox, limit).await,
        MailCommand::Show { number } => show(outbox, MailId::new(number), is_local).await,
    }
}

async fn list(outbox: &impl Outbox, limit: u32) -> Result<()> {
    let entries = outbox.latest_mails(limit).await.map_err(failed)?;
    if entries.is_empty() {
        terminal::say("No mail was written yet.");
    }
    for entry in entries {
        let OutboxEntry { mail, state, .. } = &entry;
        terminal::say(&format!(
            "{:>5}  {}  {:<22}  {:<2}  {}  {}",
            mail.id.number(),
            mail.created_at,
            mail.name.as_str(),
            mail.language.as_str(),
            mail.to,
            describe(*state, &entry),
        ));
    }
    Ok(())
}

async fn show(outbox: &impl Outbox, number: MailId, is_local: bool) -> Result<()> {
    let entry = outbox
        .mail(number)
        .await
        .map_err(failed)?
        .with_context(|| format!("there is no mail {number}: see `cabinetctl mail list`"))?;
    let mail = &entry.mail;
    terminal::say(&format!("Mail      {} ({})", mail.id, mail.name.as_str()));
    terminal::say(&format!("To        {}", mail.to));
    terminal::say(&format!("Language  {}", mail.language.as_str()));
    terminal::say(&format!("Written   {}", mail.created_at));
    terminal::say(&format!("Attempts  {}", mail.attempts));
    terminal::say(&format!("State     {}", describe(entry.state, &entry)));
    if is_local {
        show_text(mail)?;
    }
    Ok(())
}

fn show_text(mail: &Mail) -> Result<()> {
    if mail.name.link().is_some() && mail.token.is_none() {
        terminal::say("\nIts link was forgotten when it was sent.");
        return Ok(());
    }
    let settings = MailSettings::read(|name| match name {
        MailSettings::SITE_ORIGIN => Some(env::var(name).unwrap_or_else(|_| LOCAL_SITE.to_owned())),
        MailSettings::DELIVERY => None,
        other => env::var(other).ok(),
    })
    .map_err(|misconfigured| anyhow!(misconfigured.0))?;
    let letter = Texts::embedded()
        .and_then(|texts| texts.write(mail, &settings))
        .map_err(|fault| anyhow!(fault))?;
    terminal::say(&format!("Subject   {}\n\n{}", letter.subject, letter.text));
    Ok(())
}

fn describe(state: MailState, entry: &OutboxEntry) -> String {
    let why = entry
        .last_error
        .as_ref()
        .map_or_else(String::new, |error| format!(" ({error})"));
    match state {
        MailState::Waiting { next_attempt_at } => format!("waiting until {next_attempt_at}{why}"),
        MailState::Sent { at } => format!("sent {at}"),
        MailState::GivenUp { at } => format!("given up {at}{why}"),
    }
}

fn failed(StoreFailure(text): StoreFailure) -> anyhow::Error {
    anyhow!(text)
}
