//! `cabinetctl payment refund`: all of a payment goes back, or a part of it, in one step or several.

use anyhow::{Context, Result, bail};
use clap::Args;
use edge_worker::app::ports::bookkeeping::BookedPayment;
use edge_worker::app::refunds::Refunded;
use edge_worker::domain::audit::Actor;
use edge_worker::domain::identifiers::PaymentId;
use edge_worker::domain::money::Kopecks;

use crate::application::Office;
use crate::{client, refusal, table, terminal, typed};

/// How much of which payment
#[derive(Args)]
pub(crate) struct RefundArguments {
    /// The payment's id, as `cabinetctl user show` tells it
    #[arg(value_parser = typed::id::<PaymentId>)]
    payment: PaymentId,
    /// How much goes back this time, in roubles
    #[arg(long, value_parser = typed::some_money, value_name = "ROUBLES", requires = "reference", required_unless_present = "all")]
    amount: Option<Kopecks>,
    /// Everything that was not given back yet; what was bought ends with it
    #[arg(long, conflicts_with = "amount")]
    all: bool,
    /// What the bank or you call this refund; said twice, it is one
    #[arg(long, value_parser = typed::line, value_name = "TEXT", conflicts_with = "all")]
    reference: Option<String>,
    /// Why
    #[arg(long, value_parser = typed::line, value_name = "TEXT")]
    reason: Option<String>,
    /// Do it without asking
    #[arg(long)]
    yes: bool,
}

/// Puts it down.
pub(super) async fn run(office: &Office, arguments: &RefundArguments) -> Result<()> {
    let id = arguments.payment;
    let payment = office
        .app
        .booked_payment(id)
        .await
        .map_err(refusal::use_case)?
        .with_context(|| {
            format!("there is no payment {id}: `cabinetctl user show` tells somebody's payments")
        })?;
    let actor = Actor::Operator(office.operator.clone());
    let reason = arguments.reason.as_deref();
    let refunded = match (arguments.amount, &arguments.reference) {
        (Some(part), Some(reference)) => {
            let known = office.app.refund_called(id, reference).await;
            if known.map_err(refusal::use_case)?.is_none() {
                terminal::confirm(&question(&payment, part), arguments.yes)?;
            }
            let work = office.app.refund_part(&actor, id, part, reference, reason);
            work.await
        }
        _ if arguments.all => {
            let left = payment.amount - payment.refunded;
            if left.is_positive() {
                terminal::confirm(&question(&payment, left), arguments.yes)?;
            }
            let work = office
                .app
                .refund_payment(&actor, id, payment.amount, reason);
            work.await
        }
        _ => bail!("say how much goes back: --amount with --reference, or --all"),
    }
    .map_err(refusal::refund)?;
    terminal::say(&match refunded {
        Refunded::Now(amount) => format!(
            "{amount} roubles of the payment {id} are given back to {} in the books. Pay them by the bank if you have not.",
            payment.holder.email
        ),
        Refunded::Before => {
            "It was put down before: nothing was changed, nothing more is to be paid.".to_owned()
        }
    });
    Ok(())
}

fn question(payment: &BookedPayment, amount: Kopecks) -> String {
    let before = if payment.refunded.is_positive() {
        format!(", {} of them given back before", payment.refunded)
    } else {
        String::new()
    };
    let end = if amount >= payment.amount - payment.refunded {
        format!(
            " Then nothing of it is left, and what was bought of {} ends.",
            payment.slug
        )
    } else {
        String::new()
    };
    format!(
        "Give {amount} roubles back to {}, who paid {} for {} on {}{before}?{end}",
        client::who(&payment.holder.email, &payment.holder.name),
        payment.amount,
        payment.slug,
        table::day_in_moscow(payment.created_at),
    )
}
