//! `cabinetctl subscription …`: how long somebody's subscription lasts, and whether it is renewed.

use anyhow::{Result, bail};
use clap::{Args, Subcommand};
use edge_worker::app::access::Wording;
use edge_worker::domain::time::Instant;

use crate::application::Office;
use crate::client::{self, Held, HoldingArguments, LanguageArgument};
use crate::{refusal, table, terminal, typed};

/// What can be done with subscriptions.
#[derive(Subcommand)]
pub(crate) enum SubscriptionCommand {
    /// Let a subscription last longer; said twice, it is one
    Extend(ExtendArguments),
    /// Do not renew a subscription; what is paid works to its end, and until then the client can take it back
    Cancel(CancelArguments),
}

/// Whose subscription, and until when
#[derive(Args)]
pub(crate) struct ExtendArguments {
    #[command(flatten)]
    holding: HoldingArguments,
    /// The last day, such as 2027-01-31
    #[arg(long, value_parser = typed::last_day, value_name = "DAY")]
    until: Instant,
}

/// Whose subscription, and whether to ask
#[derive(Args)]
pub(crate) struct CancelArguments {
    #[command(flatten)]
    holding: HoldingArguments,
    #[command(flatten)]
    mail: LanguageArgument,
    /// Do it without asking
    #[arg(long)]
    yes: bool,
}

/// Does it.
pub(crate) async fn run(command: SubscriptionCommand, office: &Office) -> Result<()> {
    match command {
        SubscriptionCommand::Extend(arguments) => extend(office, &arguments).await,
        SubscriptionCommand::Cancel(arguments) => cancel(office, &arguments).await,
    }
}

async fn extend(office: &Office, arguments: &ExtendArguments) -> Result<()> {
    let held = arguments.holding.find(office).await?;
    let ends_at = end_of(&held)?;
    let Held { user, product, .. } = held;
    let slug = &product.product.slug;
    let until = arguments.until;
    if until < ends_at {
        bail!(
            "{slug} of {} lasts until {} already: give a later day; `cabinetctl revoke` takes it away",
            user.email,
            table::moment(ends_at)
        );
    }
    if until == ends_at {
        terminal::say("It lasts until then already: nothing was changed.");
        return Ok(());
    }
    let moved = office
        .app
        .extend_subscription(&office.operator, product.id, until)
        .await
        .map_err(refusal::use_case)?;
    if moved.and_then(|moved| moved.dates.ends_at) != Some(until) {
        bail!("it was changed or taken away meanwhile: look again with `cabinetctl user show`");
    }
    terminal::say(&format!(
        "{slug} of {} lasts until {}; it would have ended {}.",
        user.email,
        table::moment(until),
        table::moment(ends_at)
    ));
    Ok(())
}

async fn cancel(office: &Office, arguments: &CancelArguments) -> Result<()> {
    let held = arguments.holding.find(office).await?;
    let ends_at = end_of(&held)?;
    let Held { user, product, at } = held;
    let slug = &product.product.slug;
    if ends_at <= at {
        bail!(
            "{slug} of {} ended {}: there is nothing to cancel",
            user.email,
            table::moment(ends_at)
        );
    }
    if product.dates.cancelled_at.is_some() {
        terminal::say(&format!(
            "{slug} of {} is not renewed already; it works until {}.",
            user.email,
            table::moment(ends_at)
        ));
        return Ok(());
    }
    let question = format!(
        "Not renew {slug} of {}? It works until {}.",
        client::who(&user.email, &user.name),
        table::moment(ends_at)
    );
    terminal::confirm(&question, arguments.yes)?;
    let language = arguments.mail.language;
    let wording = Wording {
        language,
        product: product.product.name_in(language).to_owned(),
    };
    office
        .app
        .cancel_subscription_and_tell(&office.operator, user.id, product.id, &wording, ends_at)
        .await
        .map_err(refusal::use_case)?;
    terminal::say(&format!(
        "{slug} of {} is not renewed; it works until {}.",
        user.email,
        table::moment(ends_at)
    ));
    Ok(())
}

/// The end of what is paid; what has none is no subscription.
fn end_of(held: &Held) -> Result<Instant> {
    let product = &held.product;
    match (product.renewal, product.dates.ends_at) {
        (Some(_), Some(ends_at)) => Ok(ends_at),
        _ => bail!(
            "{} is no subscription: it is paid for once and has no end",
            product.product.slug
        ),
    }
}
