//! `cabinetctl payment record`: a payment of an order that waits, or one for which nobody had ordered.

use anyhow::{Context, Result, bail};
use clap::Args;
use edge_worker::app::bookkeeping::Takings;
use edge_worker::app::payments::{Incoming, Recorded};
use edge_worker::app::ports::bookkeeping::BookedOrder;
use edge_worker::app::ports::cabinet::ClientProduct;
use edge_worker::app::ports::catalogue_editing::CatalogueProduct;
use edge_worker::domain::audit::Actor;
use edge_worker::domain::catalogue::Slug;
use edge_worker::domain::money::Kopecks;
use edge_worker::domain::order::{OrderNumber, OrderState};
use edge_worker::domain::payment::PaymentSource;
use edge_worker::domain::time::Instant;
use edge_worker::domain::user::User;

use crate::application::Office;
use crate::product::parse_slug;
use crate::{client, product, refusal, table, terminal, typed};

/// How the money can have come that is put down by hand; the words are those of the API.
const BY_HAND: [PaymentSource; 3] = [
    PaymentSource::Invoice,
    PaymentSource::Cash,
    PaymentSource::Other,
];
/// How many orders of somebody are looked through for one that waits.
const ORDERS: u32 = 50;

/// Which payment
#[derive(Args)]
pub(crate) struct RecordArguments {
    /// The number of the order that it pays, such as ME-7Q2K-9XM4-TB3H-C5PW
    #[arg(long, value_parser = typed::order_number, value_name = "NUMBER")]
    order: Option<OrderNumber>,
    /// Without an order: who paid, by e-mail address
    #[arg(
        long,
        alias = "email",
        value_name = "E-MAIL",
        conflicts_with = "order",
        required_unless_present = "order",
        requires = "product"
    )]
    user: Option<String>,
    /// Without an order: for which product, by its name in addresses
    #[arg(long, value_parser = parse_slug, value_name = "SLUG", conflicts_with = "order", requires = "user")]
    product: Option<Slug>,
    /// How much came, in roubles, such as 3000 or 3000.50; what is due, if left out
    #[arg(long, value_parser = typed::some_money, value_name = "ROUBLES")]
    amount: Option<Kopecks>,
    /// How it came: invoice, cash or other
    #[arg(long, default_value = "invoice", value_parser = parse_source)]
    source: PaymentSource,
    /// What the bank or the bookkeeper calls it; said twice, it is one payment
    #[arg(long, value_parser = typed::line, value_name = "TEXT")]
    reference: Option<String>,
    /// The day on which it came, such as 2027-01-31; now, if left out
    #[arg(long, value_parser = typed::day, value_name = "DAY")]
    paid_at: Option<Instant>,
    /// Make another order although one of the same product waits
    #[arg(long, conflicts_with = "order")]
    new_order: bool,
    /// Do it without asking
    #[arg(long)]
    yes: bool,
}

/// Puts it down.
pub(super) async fn run(office: &Office, arguments: &RecordArguments) -> Result<()> {
    match (&arguments.order, &arguments.user, &arguments.product) {
        (Some(number), _, _) => settle(office, arguments, number).await,
        (None, Some(user), Some(product)) => take(office, arguments, user, product).await,
        _ => bail!("say what was paid: --order, or --user and --product"),
    }
}

/// A payment of an order that waits.
async fn settle(office: &Office, arguments: &RecordArguments, number: &OrderNumber) -> Result<()> {
    let order = office
        .app
        .booked_order(number)
        .await
        .map_err(refusal::use_case)?
        .with_context(|| {
            format!("there is no order {number}: `cabinetctl user show` tells somebody's orders")
        })?;
    let amount = arguments.amount.unwrap_or(order.amount);
    let who = order.holder.as_ref().map_or_else(
        || "nobody with an account".to_owned(),
        |holder| client::who(&holder.email, &holder.name),
    );
    // What is settled is not settled again, so there is nothing to ask.
    if order.state == OrderState::Waiting {
        ask(arguments, &who, amount, &order.product, Some(number))?;
    }
    let incoming = Incoming {
        order: order.id,
        amount,
        source: arguments.source,
        reference: arguments.reference.clone(),
    };
    let actor = Actor::Operator(office.operator.clone());
    let recorded = office
        .app
        .record_payment_of(&actor, &incoming, arguments.paid_at)
        .await
        .map_err(refusal::payment)?;
    tell(recorded, &who, amount, &order.product);
    Ok(())
}

/// Money that came without an order.
async fn take(office: &Office, arguments: &RecordArguments, user: &str, slug: &Slug) -> Result<()> {
    let user = client::find(office, user).await?;
    let product = product::existing(office, slug).await?;
    let is_known = arguments.reference.is_some()
        && knows(
            office,
            &user,
            arguments.source,
            arguments.reference.as_deref(),
        )
        .await?;
    let (held, _) = client::products_of(office, &user).await?;
    let amount = arguments.amount.unwrap_or_else(|| price(&product, &held));
    if !amount.is_positive() {
        bail!("{slug} costs nothing: say --amount, or give it with `cabinetctl grant`");
    }
    let who = client::who(&user.email, &user.name);
    if !is_known {
        if !arguments.new_order {
            refuse_beside_waiting(office, &user, slug).await?;
        }
        ask(arguments, &who, amount, slug.as_str(), None)?;
    }
    let takings = Takings {
        user: user.id,
        product: product.id,
        amount,
        source: arguments.source,
        reference: arguments.reference.clone(),
        came_at: arguments.paid_at,
    };
    let actor = Actor::Operator(office.operator.clone());
    let recorded = office
        .app
        .record_takings(&actor, &takings)
        .await
        .map_err(refusal::payment)?;
    tell(recorded, &who, amount, slug.as_str());
    Ok(())
}

/// Whether a payment of this name is among the last of somebody: then the command is repeated, and nothing is to be asked.
async fn knows(
    office: &Office,
    user: &User,
    source: PaymentSource,
    reference: Option<&str>,
) -> Result<bool> {
    let (_, payments) = office
        .app
        .books_of(user.id, ORDERS)
        .await
        .map_err(refusal::use_case)?;
    Ok(payments
        .iter()
        .any(|payment| payment.source == source && payment.reference.as_deref() == reference))
}

/// What the next period costs this client, or the product everybody.
fn price(product: &CatalogueProduct, held: &[ClientProduct]) -> Kopecks {
    held.iter()
        .filter(|held| held.product.id == product.id && held.dates.revoked_at.is_none())
        .max_by_key(|held| held.dates.ends_at)
        .and_then(|held| held.renewal)
        .map_or(product.card.price, |renewal| renewal.price)
}

/// An order that waits is settled, not doubled: the client would be asked to pay it again.
async fn refuse_beside_waiting(office: &Office, user: &User, slug: &Slug) -> Result<()> {
    let (orders, _) = office
        .app
        .books_of(user.id, ORDERS)
        .await
        .map_err(refusal::use_case)?;
    let waits =
        |order: &&BookedOrder| order.state == OrderState::Waiting && order.product == slug.as_str();
    if let Some(order) = orders.iter().find(waits) {
        bail!(
            "{} has ordered {slug}, for {} roubles: settle that with --order {}, or say --new-order",
            user.email,
            order.amount,
            order.number
        );
    }
    Ok(())
}

fn ask(
    arguments: &RecordArguments,
    who: &str,
    amount: Kopecks,
    product: &str,
    order: Option<&OrderNumber>,
) -> Result<()> {
    let order = order.map_or_else(String::new, |number| format!(", order {number}"));
    let day = arguments.paid_at.map_or_else(String::new, |at| {
        format!(" on {}", table::day_in_moscow(at))
    });
    let source = arguments.source.as_str();
    let reference = match &arguments.reference {
        Some(reference) => format!(" ({reference})"),
        None => String::new(),
    };
    let question = format!(
        "Put down that {who} has paid {amount} roubles for {product}, by {source}{reference}{day}{order}?"
    );
    terminal::confirm(&question, arguments.yes)
}

fn tell(recorded: Recorded, who: &str, amount: Kopecks, product: &str) {
    terminal::say(&match recorded {
        Recorded::Now(id) => {
            format!("{who} has paid {amount} roubles for {product}; the payment is {id}.")
        }
        Recorded::Before(id) => {
            format!("It was put down before, as the payment {id}: nothing was changed.")
        }
    });
}

fn parse_source(word: &str) -> Result<PaymentSource, String> {
    word.parse()
        .ok()
        .filter(|source| BY_HAND.contains(source))
        .ok_or_else(|| "choose one of invoice, cash, other".to_owned())
}
