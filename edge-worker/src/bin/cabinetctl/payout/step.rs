//! `cabinetctl payout begin|pay|reject|fail`: an operator moves a payout on.

use anyhow::Result;
use clap::Args;
use edge_worker::app::payouts::{OperatorsStep, Stepped};
use edge_worker::app::ports::bookkeeping::BookedPayout;
use edge_worker::domain::identifiers::PayoutId;

use super::existing;
use super::show::masked_destination;
use crate::application::Office;
use crate::client::LanguageArgument;
use crate::{client, refusal, terminal, typed};

/// Which payout
#[derive(Args)]
pub(crate) struct WhichArguments {
    /// The payout's id, as `cabinetctl payout list` tells it
    #[arg(value_parser = typed::id::<PayoutId>)]
    payout: PayoutId,
    /// Do it without asking
    #[arg(long)]
    yes: bool,
}

/// Which payout is begun
#[derive(Args)]
pub(crate) struct BeginArguments {
    #[command(flatten)]
    which: WhichArguments,
}

/// Which payout, and what the bank calls the payment
#[derive(Args)]
pub(crate) struct PayArguments {
    #[command(flatten)]
    which: WhichArguments,
    #[command(flatten)]
    mail: LanguageArgument,
    /// What the bank calls the payment, such as the number of the payment order; said twice, it is one
    #[arg(long, alias = "reference", value_parser = typed::line, value_name = "TEXT")]
    bank_ref: String,
}

/// Which payout, and why
#[derive(Args)]
pub(crate) struct ReasonArguments {
    #[command(flatten)]
    which: WhichArguments,
    #[command(flatten)]
    mail: LanguageArgument,
    /// Why, in the partner's language: they read it in the cabinet
    #[arg(long, value_parser = typed::line, value_name = "TEXT")]
    reason: String,
}

/// Begins to pay.
pub(super) async fn begin(office: &Office, arguments: &BeginArguments) -> Result<()> {
    step(office, &arguments.which, &OperatorsStep::Begin, None).await
}

/// Has paid.
pub(super) async fn pay(office: &Office, arguments: &PayArguments) -> Result<()> {
    let bank_ref = arguments.bank_ref.clone();
    let taken = OperatorsStep::Pay { bank_ref };
    step(office, &arguments.which, &taken, Some(arguments.mail)).await
}

/// Refuses.
pub(super) async fn reject(office: &Office, arguments: &ReasonArguments) -> Result<()> {
    let reason = arguments.reason.clone();
    let taken = OperatorsStep::Reject { reason };
    step(office, &arguments.which, &taken, Some(arguments.mail)).await
}

/// Could not pay.
pub(super) async fn fail(office: &Office, arguments: &ReasonArguments) -> Result<()> {
    let reason = arguments.reason.clone();
    let taken = OperatorsStep::Fail { reason };
    step(office, &arguments.which, &taken, Some(arguments.mail)).await
}

async fn step(
    office: &Office,
    which: &WhichArguments,
    step: &OperatorsStep,
    mail: Option<LanguageArgument>,
) -> Result<()> {
    let payout = existing(office, which.payout).await?;
    // A step that was taken, or that cannot be taken, needs no answer: the use case says so.
    if payout.state.may_become(step.next()) {
        terminal::confirm(&question(&payout, step), which.yes)?;
    }
    let (app, operator) = (&office.app, &office.operator);
    let stepped = match mail {
        Some(LanguageArgument { language }) => {
            app.step_payout_and_tell(operator, payout.id, step, language)
                .await
        }
        None => app.step_payout(operator, payout.id, step).await,
    }
    .map_err(refusal::step)?;
    terminal::say(&match stepped {
        Stepped::Now => told(&payout, step),
        Stepped::Before => format!(
            "The payout is {} already: nothing was changed.",
            step.next().as_str()
        ),
    });
    Ok(())
}

fn question(payout: &BookedPayout, step: &OperatorsStep) -> String {
    let who = client::who(&payout.holder.email, &payout.holder.name);
    let (amount, to) = (payout.amount, masked_destination(&payout.destination));
    match step {
        OperatorsStep::Begin => format!(
            "Begin to pay {amount} roubles to {who}, {to}? It cannot be rejected after that."
        ),
        OperatorsStep::Pay { bank_ref } => format!(
            "Has the bank paid {amount} roubles to {who}, {to}, as {bank_ref}? This cannot be taken back."
        ),
        OperatorsStep::Reject { reason } => format!(
            "Refuse {amount} roubles to {who}, who will read: {reason}? This cannot be taken back; they can ask again."
        ),
        OperatorsStep::Fail { reason } => format!(
            "Could the bank really not pay {amount} roubles to {who}, {to}? They will read: {reason}. \
             If the money may still arrive, wait: they could ask for it again."
        ),
    }
}

fn told(payout: &BookedPayout, step: &OperatorsStep) -> String {
    let (who, amount) = (&payout.holder.email, payout.amount);
    match step {
        OperatorsStep::Begin => format!(
            "You are paying {amount} roubles to {who}. `cabinetctl payout show {id}` tells where to; then say \
             `cabinetctl payout pay {id}` or `fail`.",
            id = payout.id
        ),
        OperatorsStep::Pay { bank_ref } => {
            format!("{amount} roubles are paid to {who}, as {bank_ref}; a mail tells them.")
        }
        OperatorsStep::Reject { .. } | OperatorsStep::Fail { .. } => {
            format!("{who} has {amount} roubles in the cabinet again; a mail tells them why.")
        }
    }
}

#[cfg(test)]
mod tests {
    use edge_worker::domain::payout::PayoutState;

    use super::super::show::tests::payout;
    use super::*;

    #[test]
    fn every_question_repeats_who_and_how_much() {
        let text = || "сверка 17".to_owned();
        for step in [
            OperatorsStep::Begin,
            OperatorsStep::Pay { bank_ref: text() },
            OperatorsStep::Reject { reason: text() },
            OperatorsStep::Fail { reason: text() },
        ] {
            let question = question(&payout(PayoutState::Requested), &step);
            assert!(
                question.contains("1500.50 roubles to anna@example.com (Анна)"),
                "{question}"
            );
            assert!(!question.contains("40702810200000000001"), "{question}");
            assert_eq!(question.contains("сверка 17"), step != OperatorsStep::Begin);
        }
    }
}
