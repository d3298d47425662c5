//! `cabinetctl user reset-password`: another password at once, or a link by which the person chooses one.

use anyhow::{Context, Result, bail};
use clap::Args;
use edge_worker::app::directory::LinkForPassword;
use edge_worker::domain::language::Language;
use edge_worker::domain::password::About;

use super::{SureArguments, WhoArguments, ask_new_password, existing, nobody};
use crate::application::Office;
use crate::client::LanguageArgument;
use crate::{refusal, terminal};

/// Whose password, and how it is to change
#[derive(Args)]
pub(crate) struct ResetArguments {
    #[command(flatten)]
    sure: SureArguments,
    /// Mail a link to choose a password; until it is used, nothing changes
    #[arg(long)]
    mail: bool,
    #[command(flatten)]
    mail_in: LanguageArgument,
}

/// Does it.
pub(crate) async fn run(office: &Office, arguments: &ResetArguments) -> Result<()> {
    if arguments.mail {
        return mail_password_link(office, &arguments.sure.who, arguments.mail_in.language).await;
    }
    let language = arguments.mail_in.language;
    let arguments = &arguments.sure;
    let (email, user) = existing(office, &arguments.who).await?;
    terminal::confirm(
        &format!(
            "Replace the password of {}, and end all their sessions?",
            email.address()
        ),
        arguments.yes,
    )?;
    let password = ask_new_password(office, &About::from(&user))?;
    let user = office
        .app
        .set_password(&office.operator, &email, &password, language)
        .await
        .map_err(refusal::use_case)?
        .with_context(|| nobody(&email))?;
    terminal::say(&format!("{} has another password.", user.email));
    Ok(())
}

async fn mail_password_link(office: &Office, who: &WhoArguments, language: Language) -> Result<()> {
    let email = who.email()?;
    let outcome = office
        .app
        .mail_password_link(&office.operator, &email, language)
        .await
        .map_err(refusal::use_case)?;
    match outcome {
        LinkForPassword::Mailed(user) => {
            // The Worker's clock sends what is in the outbox, see `crons` in wrangler.toml.
            terminal::say(&format!(
                "A link goes to {} within five minutes; `cabinetctl mail list` shows when.",
                user.email
            ));
            Ok(())
        }
        LinkForPassword::Closed => bail!(
            "the account of {} is inactive: `cabinetctl user activate` opens it first",
            email.address()
        ),
        LinkForPassword::Nobody => bail!(nobody(&email)),
    }
}
