use edge_worker::domain::identifiers::PaymentId;
use edge_worker::domain::money::Kopecks;

use super::*;

/// What an operator reads says what is wrong and what to do: every text names a command, a flag or a decision.
#[test]
fn every_refusal_of_money_says_how_to_mend_it() {
    let id = PaymentId::from_random([7; 16]);
    let roubles = Kopecks::new(300_050);
    let none = Kopecks::ZERO;
    let changed = || AppError::from(Refusal::ChangedMeanwhile);
    for (error, parts) in [
        (
            payment(PaymentRefused::UnknownOrder),
            ["no such order", "cabinetctl user show"],
        ),
        (
            payment(PaymentRefused::NobodyToCredit),
            ["nobody", "cabinetctl user create"],
        ),
        (
            payment(PaymentRefused::WrongAmount { due: roubles }),
            ["3000.50", "--new-order"],
        ),
        (
            payment(PaymentRefused::OrderCancelled),
            ["cancelled", "--user"],
        ),
        (
            payment(PaymentRefused::PaidAlready(id)),
            ["07070707-", "given back"],
        ),
        (
            payment(PaymentRefused::ReferenceTaken(id)),
            ["07070707-", "another --reference"],
        ),
        (
            payment(PaymentRefused::Error(changed())),
            ["meanwhile", "look again"],
        ),
        (
            refund(RefundRefused::UnknownPayment),
            ["no such payment", "cabinetctl user show"],
        ),
        (
            refund(RefundRefused::NotPaid),
            ["never came", "nothing to give back"],
        ),
        (
            refund(RefundRefused::WrongAmount { paid: roubles }),
            ["3000.50", "at most"],
        ),
        (
            refund(RefundRefused::MoreThanLeft { left: roubles }),
            ["only 3000.50", "--all"],
        ),
        (
            refund(RefundRefused::MoreThanLeft { left: none }),
            ["given back before", "nothing is left"],
        ),
        (
            refund(RefundRefused::ReferenceTaken { amount: roubles }),
            ["3000.50", "another --reference"],
        ),
        (
            refund(RefundRefused::Error(changed())),
            ["meanwhile", "look again"],
        ),
        (
            step(StepRefused::UnknownPayout),
            ["no such payout", "cabinetctl payout list"],
        ),
        (
            step(StepRefused::Illegal {
                state: PayoutState::Requested,
            }),
            ["nobody has begun", "payout begin"],
        ),
        (
            step(StepRefused::Illegal {
                state: PayoutState::Processing,
            }),
            ["has begun", "payout pay"],
        ),
        (
            step(StepRefused::Illegal {
                state: PayoutState::Rejected,
            }),
            ["rejected", "ask for another"],
        ),
        (
            step(StepRefused::PaidOtherwise {
                bank_ref: "п/п 1".to_owned(),
            }),
            ["п/п 1", "ask it to return"],
        ),
        (
            step(StepRefused::Error(changed())),
            ["meanwhile", "look again"],
        ),
    ] {
        let text = error.to_string();
        for part in parts {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
}
