//! `cabinetctl payout show`: a payout with all that somebody needs to pay it.

use anyhow::Result;
use clap::Args;
use edge_worker::app::ports::bookkeeping::{BookedDestination, BookedPayout};
use edge_worker::domain::identifiers::PayoutId;
use edge_worker::domain::masking::mask_name;
use edge_worker::domain::payout_destination::LegalForm;
use edge_worker::domain::time::Instant;
use serde_json::{Value, json};

use super::existing;
use crate::application::Office;
use crate::{client, table, terminal, typed};

/// How many signs of a number a list shows: enough to tell payouts apart.
const SHOWN: usize = 4;

/// Which payout, and how to show it
#[derive(Args)]
pub(crate) struct ShowArguments {
    /// The payout's id, as `cabinetctl payout list` tells it
    #[arg(value_parser = typed::id::<PayoutId>)]
    payout: PayoutId,
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// Shows it.
pub(super) async fn run(office: &Office, arguments: &ShowArguments) -> Result<()> {
    let payout = existing(office, arguments.payout).await?;
    terminal::say(&if arguments.json {
        format!("{:#}", as_json(&payout, true))
    } else {
        as_text(&payout)
    });
    Ok(())
}

/// The payout for scripts; where the money goes as it is, or masked.
pub(crate) fn as_json(payout: &BookedPayout, is_whole: bool) -> Value {
    let destination = &payout.destination;
    let told = |number: &Option<String>| {
        let number = number.as_deref()?;
        Some(if is_whole {
            number.to_owned()
        } else {
            masked(number)
        })
    };
    json!({
        "id": payout.id.to_string(),
        "user": {"id": payout.holder.id.number(), "email": payout.holder.email, "name": payout.holder.name},
        "amount": payout.amount.to_string(),
        "status": payout.state.as_str(),
        "destination": {
            "legal_form": destination.legal_form.as_str(),
            "recipient": if is_whole { destination.recipient.clone() } else { mask_name(&destination.recipient) },
            "inn": if is_whole { destination.inn.clone() } else { masked(&destination.inn) },
            "method": destination.method.as_str(),
            "bik": destination.bik,
            "account": told(&destination.account),
            "phone": told(&destination.phone),
        },
        "bank_ref": payout.bank_ref,
        "reason": payout.reason,
        "requested_at": payout.requested_at.to_string(),
        "updated_at": payout.updated_at.to_string(),
        "settled_at": payout.settled_at.map(|at| at.to_string()),
    })
}

/// Where the money goes, for lists: the last signs of the number only.
pub(crate) fn masked_destination(destination: &BookedDestination) -> String {
    match (&destination.account, &destination.phone) {
        (Some(account), _) => format!(
            "account {}, BIK {}",
            masked(account),
            destination.bik.as_deref().unwrap_or_default()
        ),
        (None, Some(phone)) => format!("SBP {}", masked(phone)),
        (None, None) => "nowhere".to_owned(),
    }
}

fn masked(number: &str) -> String {
    let hidden = number.chars().count().saturating_sub(SHOWN);
    let last: String = number.chars().skip(hidden).collect();
    format!("...{last}")
}

fn as_text(payout: &BookedPayout) -> String {
    let destination = &payout.destination;
    let form = match destination.legal_form {
        LegalForm::SelfEmployed => "self-employed",
        LegalForm::SoleTrader => "sole trader",
        LegalForm::Company => "company",
    };
    let mut lines = vec![
        ("Payout", payout.id.to_string()),
        (
            "Partner",
            client::who(&payout.holder.email, &payout.holder.name),
        ),
        ("Amount", format!("{} roubles", payout.amount)),
        ("Status", payout.state.as_str().to_owned()),
        ("Recipient", destination.recipient.clone()),
        ("INN", format!("{} ({form})", destination.inn)),
    ];
    let numbers = [
        ("Account", &destination.account),
        ("BIK", &destination.bik),
        ("SBP phone", &destination.phone),
        ("Bank's name", &payout.bank_ref),
        ("Reason", &payout.reason),
    ];
    for (title, value) in numbers {
        lines.extend(value.clone().map(|value| (title, value)));
    }
    lines.push(("Asked for", moment(payout.requested_at)));
    lines.extend(payout.settled_at.map(|at| ("Ended", moment(at))));
    let lines: Vec<_> = lines
        .into_iter()
        .map(|(title, value)| format!("{title:11} {value}"))
        .collect();
    lines.join("\n")
}

fn moment(at: Instant) -> String {
    table::moment(at)
}

#[cfg(test)]
pub(super) mod tests {
    use edge_worker::app::ports::bookkeeping::Holder;
    use edge_worker::domain::identifiers::UserId;
    use edge_worker::domain::money::Kopecks;
    use edge_worker::domain::payout::PayoutState;
    use edge_worker::domain::payout_destination::PayoutMethod;

    use super::*;

    pub(crate) fn payout(state: PayoutState) -> BookedPayout {
        let at = Instant::from_millis(1_772_746_200_000);
        BookedPayout {
            id: PayoutId::from_random([1; 16]),
            holder: Holder {
                id: UserId::new(7),
                email: "anna@example.com".to_owned(),
                name: "Анна".to_owned(),
            },
            amount: Kopecks::new(150_050),
            state,
            destination: BookedDestination {
                legal_form: LegalForm::SoleTrader,
                recipient: "ИП Каренина Анна".to_owned(),
                inn: "500100732259".to_owned(),
                method: PayoutMethod::BankAccount,
                bik: Some("044525225".to_owned()),
                account: Some("40702810200000000001".to_owned()),
                phone: None,
            },
            bank_ref: (state == PayoutState::Paid).then(|| "п/п 17".to_owned()),
            reason: None,
            requested_at: at,
            updated_at: at,
            settled_at: (!state.is_open()).then_some(at),
        }
    }

    #[test]
    fn a_payout_is_shown_with_every_number_that_the_bank_asks_for() {
        assert_eq!(
            as_text(&payout(PayoutState::Paid)),
            "Payout      01010101-0101-4101-8101-010101010101\n\
             Partner     anna@example.com (Анна)\n\
             Amount      1500.50 roubles\n\
             Status      paid\n\
             Recipient   ИП Каренина Анна\n\
             INN         500100732259 (sole trader)\n\
             Account     40702810200000000001\n\
             BIK         044525225\n\
             Bank's name п/п 17\n\
             Asked for   2026-03-06 00:30 MSK\n\
             Ended       2026-03-06 00:30 MSK"
        );
    }

    #[test]
    fn a_list_for_scripts_hides_what_a_list_for_people_hides() {
        let payout = payout(PayoutState::Requested);
        let listed = as_json(&payout, false).to_string();
        for secret in ["40702810200000000001", "500100732259", "Каренина"] {
            assert!(!listed.contains(secret), "{listed}");
            assert!(as_json(&payout, true).to_string().contains(secret));
        }
        let to_a_phone = BookedDestination {
            account: None,
            bik: None,
            phone: Some("+79991234567".to_owned()),
            ..payout.destination
        };
        assert_eq!(masked_destination(&to_a_phone), "SBP ...4567");
    }
}
