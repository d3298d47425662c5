//! `cabinetctl grant` and `cabinetctl revoke`: a product for somebody without a payment, and away again.

use anyhow::{Context, Result, bail};
use clap::Args;
use edge_worker::app::access::{Gift, Wording};
use edge_worker::domain::access::GiftSource;
use edge_worker::domain::calendar::Period;
use edge_worker::domain::catalogue::Slug;
use edge_worker::domain::language::Language;
use edge_worker::domain::time::Instant;
use edge_worker::domain::web_address::WebAddress;

use crate::application::Office;
use crate::client::{self, ClientArgument, Held, HoldingArguments, LanguageArgument};
use crate::product::{self, parse_address, parse_slug};
use crate::{refusal, table, terminal, typed};

/// What to give to whom
#[derive(Args)]
pub(crate) struct GrantArguments {
    #[command(flatten)]
    client: ClientArgument,
    /// The product's name in addresses
    #[arg(long, value_parser = parse_slug, value_name = "SLUG")]
    product: Slug,
    /// The last day of a subscription's first period, such as 2027-01-31; as long as a payment lasts, if left out
    #[arg(long, value_parser = typed::last_day, value_name = "DAY", conflicts_with = "pending")]
    until: Option<Instant>,
    /// Where this client uses it, if not where everybody does
    #[arg(long, value_parser = parse_address, value_name = "ADDRESS")]
    app_url: Option<WebAddress>,
    /// Where this client manages it, if not where everybody does
    #[arg(long, value_parser = parse_address, value_name = "ADDRESS")]
    admin_url: Option<WebAddress>,
    /// Why, for the log: present, trial, compensation or contract
    #[arg(long, default_value = "present", value_parser = parse_source)]
    source: GiftSource,
    /// It still has to be prepared: the client sees it, and cannot use it yet
    #[arg(long)]
    pending: bool,
    /// Give it although the client has one
    #[arg(long)]
    another: bool,
    #[command(flatten)]
    mail: LanguageArgument,
}

/// What to take away from whom, and whether to ask
#[derive(Args)]
pub(crate) struct RevokeArguments {
    #[command(flatten)]
    holding: HoldingArguments,
    /// Do it without asking
    #[arg(long)]
    yes: bool,
}

/// Gives a product.
pub(crate) async fn grant(office: &Office, arguments: GrantArguments) -> Result<()> {
    let user = arguments.client.find(office).await?;
    let product = product::existing(office, &arguments.product).await?;
    let slug = &product.card.slug;
    let (held, now) = client::products_of(office, &user).await?;
    let known = held.iter().find(|held| {
        held.product.id == product.id
            && held.dates.revoked_at.is_none()
            && held.dates.ends_at.is_none_or(|ends_at| ends_at > now)
    });
    if let Some(known) = known.filter(|_| !arguments.another) {
        bail!(
            "{} has {slug} already ({}): `cabinetctl subscription extend` prolongs a subscription, --another gives one more",
            user.email,
            client::until(known, now)
        );
    }
    let gift = Gift {
        user: user.id,
        product: product.id,
        is_pending: arguments.pending,
        subscription: subscription(product.card.paid_for.period(), &arguments, now)?,
        app_url: arguments.app_url.as_ref().map(WebAddress::to_string),
        admin_url: arguments.admin_url.as_ref().map(WebAddress::to_string),
        source: arguments.source,
    };
    let language = arguments.mail.language;
    let name = match language {
        Language::Russian => &product.card.name_ru,
        Language::English => &product.card.name_en,
    };
    let wording = Wording {
        language,
        product: name.to_string(),
    };
    let id = office
        .app
        .grant_product_and_tell(&office.operator, gift, &wording)
        .await
        .map_err(refusal::use_case)?
        .context("the account or the product went away meanwhile: nothing was given")?;
    let until = arguments.until.map_or_else(String::new, |until| {
        format!(" until {}", table::moment(until))
    });
    terminal::say(&format!(
        "{} has {slug}{until}; its id is {id}.",
        user.email
    ));
    Ok(())
}

/// What the flags mean for a product that is paid for like this.
fn subscription(
    period: Option<Period>,
    arguments: &GrantArguments,
    now: Instant,
) -> Result<Option<(Period, Option<Instant>)>> {
    match (period, arguments.until) {
        (None, Some(_)) => {
            bail!("the product is paid for once and has no end: leave --until out")
        }
        (Some(_), _) if arguments.pending => {
            bail!("a subscription begins at once: leave --pending out, or give it when it is ready")
        }
        (Some(_), Some(until)) if until <= now => {
            bail!("this day is over: give one that comes")
        }
        (Some(period), until) => Ok(Some((period, until))),
        (None, None) => Ok(None),
    }
}

/// Takes a product away.
pub(crate) async fn revoke(office: &Office, arguments: &RevokeArguments) -> Result<()> {
    let Held { user, product, at } = arguments.holding.find(office).await?;
    let slug = &product.product.slug;
    let question = format!(
        "Take {slug} ({}) away from {} at once? No money goes back: that is `cabinetctl payment refund`.",
        client::until(&product, at),
        client::who(&user.email, &user.name)
    );
    terminal::confirm(&question, arguments.yes)?;
    office
        .app
        .revoke_product(&office.operator, product.id)
        .await
        .map_err(refusal::use_case)?
        .context("it went away meanwhile: look again with `cabinetctl user show`")?;
    terminal::say(&format!("{} does not have {slug} any more.", user.email));
    Ok(())
}

fn parse_source(word: &str) -> Result<GiftSource, String> {
    word.parse().map_err(|_| {
        let words: Vec<_> = GiftSource::ALL
            .iter()
            .map(|source| source.as_str())
            .collect();
        format!("choose one of {}", words.join(", "))
    })
}
