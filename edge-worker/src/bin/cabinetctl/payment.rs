//! `cabinetctl payment …`: money that came outside the cabinet's payment page, and money that goes back.

mod record;
mod refund;

use anyhow::Result;
use clap::Subcommand;

use crate::application::Office;

/// What can be done with payments.
#[derive(Subcommand)]
pub(crate) enum PaymentCommand {
    /// Put down a payment that came by invoice or in cash, with all that follows from it
    Record(record::RecordArguments),
    /// Put down money that goes back, all of a payment or a part of it; the bank pays it, not this command
    Refund(refund::RefundArguments),
}

/// Does it.
pub(crate) async fn run(command: PaymentCommand, office: &Office) -> Result<()> {
    match command {
        PaymentCommand::Record(arguments) => record::run(office, &arguments).await,
        PaymentCommand::Refund(arguments) => refund::run(office, &arguments).await,
    }
}
