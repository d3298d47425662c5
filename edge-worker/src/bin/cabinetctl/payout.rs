//! `cabinetctl payout …`: what partners have asked for, and what becomes of it.

mod list;
mod show;
mod step;

use anyhow::{Context, Result};
use clap::Subcommand;
use edge_worker::app::ports::bookkeeping::BookedPayout;
use edge_worker::domain::identifiers::PayoutId;
use edge_worker::domain::payout::PayoutState;

use crate::application::Office;
use crate::refusal;

pub(crate) use show::{as_json, masked_destination};

/// What can be done with payouts.
#[derive(Subcommand)]
pub(crate) enum PayoutCommand {
    /// List payouts, those that wait first, the oldest of them in front
    List(list::ListArguments),
    /// Show a payout with where the money is to go
    Show(show::ShowArguments),
    /// Say that you are about to pay it: nobody can reject it then, and nobody else pays it
    Begin(step::BeginArguments),
    /// Say that the bank has paid it
    Pay(step::PayArguments),
    /// Refuse it, before it is begun; the partner reads why, and has the money in the cabinet again
    Reject(step::ReasonArguments),
    /// Say that the bank could not pay what was begun; the partner reads why, and has the money in the cabinet again
    Fail(step::ReasonArguments),
}

/// Does it.
pub(crate) async fn run(command: PayoutCommand, office: &Office) -> Result<()> {
    match command {
        PayoutCommand::List(arguments) => list::run(office, &arguments).await,
        PayoutCommand::Show(arguments) => show::run(office, &arguments).await,
        PayoutCommand::Begin(arguments) => step::begin(office, &arguments).await,
        PayoutCommand::Pay(arguments) => step::pay(office, &arguments).await,
        PayoutCommand::Reject(arguments) => step::reject(office, &arguments).await,
        PayoutCommand::Fail(arguments) => step::fail(office, &arguments).await,
    }
}

async fn existing(office: &Office, id: PayoutId) -> Result<BookedPayout> {
    office
        .app
        .booked_payout(id)
        .await
        .map_err(refusal::use_case)?
        .with_context(|| format!("there is no payout {id}: `cabinetctl payout list` shows them"))
}

/// Every state, open or over.
fn parse_state(word: &str) -> Result<PayoutState, String> {
    word.parse().map_err(|_| {
        let words: Vec<_> = PayoutState::ALL
            .iter()
            .map(|state| state.as_str())
            .collect();
        format!("choose one of {}", words.join(", "))
    })
}
