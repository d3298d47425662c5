//! `cabinetctl payout list`: who wants how much, where to, since when.

use anyhow::Result;
use clap::Args;
use edge_worker::app::ports::bookkeeping::BookedPayout;
use edge_worker::domain::money::Kopecks;
use edge_worker::domain::payout::PayoutState;
use serde_json::json;

use super::parse_state;
use super::show::{as_json, masked_destination};
use crate::application::Office;
use crate::{refusal, table, terminal};

/// Which payouts, and how to list them
#[derive(Args)]
pub(crate) struct ListArguments {
    /// Only those that are so far: requested, processing, paid, rejected or failed
    #[arg(long, alias = "state", value_parser = parse_state, value_name = "STATUS")]
    status: Option<PayoutState>,
    /// How many of each status at most
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1000))]
    limit: u32,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// Lists them.
pub(super) async fn run(office: &Office, arguments: &ListArguments) -> Result<()> {
    let states = match &arguments.status {
        Some(state) => std::slice::from_ref(state),
        None => PayoutState::ALL,
    };
    let payouts = office
        .app
        .booked_payouts(states, arguments.limit)
        .await
        .map_err(refusal::use_case)?;
    terminal::say(&if arguments.json {
        let payouts: Vec<_> = payouts
            .iter()
            .map(|payout| as_json(payout, false))
            .collect();
        format!("{:#}", json!({ "payouts": payouts }))
    } else {
        as_table(&payouts)
    });
    Ok(())
}

fn as_table(payouts: &[BookedPayout]) -> String {
    const HEAD: [&str; 6] = ["Payout", "Partner", "Roubles", "Status", "To", "Since"];
    if payouts.is_empty() {
        return "There are none.".to_owned();
    }
    let rows: Vec<_> = payouts.iter().map(cells).collect();
    let open: Vec<_> = payouts
        .iter()
        .filter(|payout| payout.state.is_open())
        .collect();
    let sum: Kopecks = open.iter().map(|payout| payout.amount).sum();
    format!(
        "{}\nOpen: {}, {sum} roubles in all.",
        table::aligned(HEAD, &rows),
        open.len()
    )
}

fn cells(payout: &BookedPayout) -> [String; 6] {
    [
        payout.id.to_string(),
        payout.holder.email.clone(),
        payout.amount.to_string(),
        payout.state.as_str().to_owned(),
        masked_destination(&payout.destination),
        table::day_in_moscow(payout.requested_at),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::show::tests::payout;
    use super::*;

    #[test]
    fn a_list_tells_who_wants_how_much_and_hides_the_numbers() {
        let listed = as_table(&[payout(PayoutState::Requested), payout(PayoutState::Paid)]);
        assert_eq!(
            listed,
            "Payout                                Partner           Roubles  Status     To                              Since\n\
             01010101-0101-4101-8101-010101010101  anna@example.com  1500.50  requested  account ...0001, BIK 044525225  2026-03-06\n\
             01010101-0101-4101-8101-010101010101  anna@example.com  1500.50  paid       account ...0001, BIK 044525225  2026-03-06\n\
             Open: 1, 1500.50 roubles in all."
        );
        assert_eq!(as_table(&[]), "There are none.");
    }
}
