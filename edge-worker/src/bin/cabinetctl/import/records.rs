//! The words for what an import found beside people.

use edge_worker::app::import::records::report::{Count, PartnerChange, RecordsReport};
use edge_worker::domain::dump::Place;
use edge_worker::domain::former_records::{Contradiction, FormerTable, RecordNote, RecordRefused};

use super::report::{places, section};
use crate::table::aligned;

/// What the import would do with everything that is not a person, and what it found; nothing if the dump has people only.
pub(crate) fn words(report: &RecordsReport) -> Option<String> {
    if report.tables.is_empty() && report.ambiguous.is_empty() {
        return None;
    }
    let mut lines = vec![counts(report), money(report)];
    lines.extend(section(
        "Several models of one name: leave in the dump those of the former cabinet",
        report
            .ambiguous
            .iter()
            .map(|(table, models)| format!("{table}: {}", models.join(", "))),
    ));
    lines.extend(section(
        "Cannot come over as they are",
        report
            .refused
            .iter()
            .map(|(table, place, refused)| format!("{table}, {place}: {}", fault(*refused))),
    ));
    let (left_behind, noted): (Vec<_>, Vec<_>) = report
        .notes
        .iter()
        .partition(|((_, note), _)| note.is_left_behind());
    lines.extend(section("Left behind by rule", noted_rows(&left_behind)));
    lines.extend(section("To be known", noted_rows(&noted)));
    lines.extend(section(
        "Partners whose balance changes by coming over, by their former numbers",
        report.partners.iter().map(partner),
    ));
    Some(lines.join("\n"))
}

fn counts(report: &RecordsReport) -> String {
    let rows: Vec<_> = report
        .tables
        .iter()
        .map(|(name, tally)| {
            let count = |count: Count| count.rows.to_string();
            [
                name.to_string(),
                count(tally.all()),
                count(tally.new),
                count(tally.there),
                count(tally.left_behind),
                count(tally.refused),
            ]
        })
        .collect();
    let head = ["Table", "Rows", "New", "There", "Left behind", "Refused"];
    aligned(head, &rows)
}

/// Before and after: what the dump says of the money, and what of it is here afterwards.
fn money(report: &RecordsReport) -> String {
    let rows: Vec<_> = report
        .tables
        .iter()
        .filter(|(name, _)| is_about_money(**name))
        .map(|(name, tally)| {
            let sum = |count: Count| count.money.to_string();
            [
                title(*name).to_owned(),
                sum(tally.all()),
                sum(tally.new),
                sum(tally.there),
                sum(tally.left_behind),
                sum(tally.refused),
                tally.here.to_string(),
            ]
        })
        .collect();
    let head = [
        "Roubles",
        "In the dump",
        "New",
        "There",
        "Left behind",
        "Refused",
        "New, as here",
    ];
    aligned(head, &rows)
}

const fn is_about_money(table: FormerTable) -> bool {
    matches!(
        table,
        FormerTable::Payments | FormerTable::Commissions | FormerTable::Payouts
    )
}

const fn title(table: FormerTable) -> &'static str {
    match table {
        FormerTable::Payments => "payments that came",
        FormerTable::Commissions => "commissions due",
        FormerTable::Payouts => "payouts paid",
        other => other.as_str(),
    }
}

fn noted_rows<'a>(
    noted: &'a [(&'a (FormerTable, RecordNote), &'a Vec<Place>)],
) -> impl Iterator<Item = String> + 'a {
    noted
        .iter()
        .map(|((table, kind), rows)| format!("{table}: {}: {}", note(*kind), places(rows)))
}

fn partner(change: &PartnerChange) -> String {
    let PartnerChange {
        number,
        there,
        here,
    } = change;
    let debt = if here.number() < 0 {
        ", a debt that later commissions repay"
    } else {
        ""
    };
    format!("{number}: {there} there, {here} here{debt}")
}

fn fault(refused: RecordRefused) -> String {
    match refused {
        RecordRefused::NoKey => {
            "no pk of the kind that the former site gave: make the dump without --natural-primary"
                .to_owned()
        }
        RecordRefused::KeyTaken => "what identifies an earlier row: leave one of them".to_owned(),
        RecordRefused::Missing(field) => format!("{field} is missing"),
        RecordRefused::Unfit(field) => {
            format!("{field} is of another type or form, too long, or taken: mend it")
        }
        RecordRefused::UnknownWord(field) => {
            format!("{field} has a word that the former site did not have: mend it")
        }
        RecordRefused::AmountOutOfBounds(field) => {
            format!(
                "{field} is not above nothing, or above 1,000,000,000: mend it or leave the row out"
            )
        }
        RecordRefused::OtherCurrency => "currency is not RUB".to_owned(),
        RecordRefused::RefersToNothing(field) => {
            format!(
                "{field} names a row that is not in the dump or cannot come over: see to that one first"
            )
        }
        RecordRefused::NobodyHere(field) => {
            format!(
                "{field} names somebody whose row cannot come over, or who has an account made here"
            )
        }
        RecordRefused::Contradiction(contradiction) => cure(contradiction).to_owned(),
    }
}

const fn cure(contradiction: Contradiction) -> &'static str {
    match contradiction {
        Contradiction::EndBeforeStart => "ends before it begins: mend start_date or end_date",
        Contradiction::SubscriptionWithoutEnd => {
            "an active subscription without end_date: say until when it is paid"
        }
        Contradiction::ExpiredBeforeItsEnd => {
            "expired, and paid beyond today: mend status or end_date"
        }
        Contradiction::OneTimeWithEnd => {
            "of a product that is bought once, with end_date: clear it, or make the product a subscription"
        }
        Contradiction::ProductHereDiffers => {
            "the product here with the same slug is paid for in another way: rename one of them"
        }
        Contradiction::VersionUnknown => "a version that the document never had: mend version",
        Contradiction::CardTaken => "rebill_id of another card: leave one of them",
        Contradiction::OrderAndPaymentDisagree => {
            "the order and its payments disagree whether money came: ask the bank, and make both say so"
        }
        Contradiction::PaidByNothing => {
            "paid, and there is no payment: ask the bank, and add it or change status"
        }
        Contradiction::PayersDiffer => "order and payment are of different people: mend user",
        Contradiction::PaidByNobody => "money came, and user is empty: say whose it is",
        Contradiction::AmountsDiffer => {
            "the amounts of order and payment differ: ask the bank, and mend one"
        }
        Contradiction::PaidSince => {
            "came over unpaid, and was paid since: record the payment here, and leave the row out"
        }
        Contradiction::PaidTwice => {
            "another payment has paid the order: give one back, and leave its row out"
        }
        Contradiction::ReferenceTaken => "the bank's number of another payment: mend provider_ref",
        Contradiction::CommissionOfNothing => {
            "the order was not paid: cancel the commission, or mend the order"
        }
        Contradiction::CommissionOffRate => {
            "commission_amount is not commission_rate of what was paid: mend one of them"
        }
        Contradiction::PayerNotBound => {
            "whoever paid is not bound to anybody, see the referrals: mend referred_by, or cancel the commission"
        }
        Contradiction::CommissionToPayer => "for what the partner paid: cancel the commission",
        Contradiction::PayoutUnderWay => {
            "is being paid: bring it to its end on the former site (paid, failed), then make the dump anew"
        }
    }
}

const fn note(note: RecordNote) -> &'static str {
    match note {
        RecordNote::DocumentTextTooLong => "text too long, left out: publish it as a page",
        RecordNote::EarlierVersionsWithoutText => {
            "earlier versions were accepted, their text is not in the dump"
        }
        RecordNote::SlugReplaced => "another slug",
        RecordNote::DocumentRetired => {
            "a document of this type is published here; kept for what was agreed to"
        }
        RecordNote::DescriptionLeftOut => "description left out",
        RecordNote::AddressLeftOut => "an address that is not https is left out",
        RecordNote::PeriodLeftOut => "bought once: subscription_period left out",
        RecordNote::ProductHereCounts => "the product here with the same slug takes its place",
        RecordNote::CardNumberMasked => "a whole card number; the last four digits come over",
        RecordNote::CardRevoked => "expired, comes as revoked",
        RecordNote::DefaultCardLeftOut => "several default cards, the newest stays one",
        RecordNote::RanOut => "end_date is over, counts as expired",
        RecordNote::PendingAndRunning => "pending, and paid beyond today: counts as active",
        RecordNote::DatesLeftOut => "being prepared, its dates are left out",
        RecordNote::BeginFromRow => "no start_date, created_at counts",
        RecordNote::EndFromRow => "no end_date, updated_at counts",
        RecordNote::MethodLeftOut => {
            "to be renewed by a card that does not work or is somebody else's; left out"
        }
        RecordNote::ProductGone => "the product is gone; stands under «Продукт прежнего сайта»",
        RecordNote::PayerFromPayment => "user taken from the payment",
        RecordNote::UnderWayCancelled => "had not come to an end, comes as cancelled",
        RecordNote::MoneyHeld => {
            "the bank holds the money, comes as cancelled: take it or let it go at the bank"
        }
        RecordNote::PartlyRefunded => {
            "a part was given back: record how much with `payment refund`"
        }
        RecordNote::RefundedNotFailed => "failed there, and was given back; comes as refunded",
        RecordNote::ReferenceLeftOut => "provider_ref of another payment, left out",
        RecordNote::CommissionMissing => {
            "a partner brought it and has no commission: the former site lost it"
        }
        RecordNote::CommissionRounded => "rounded down to whole kopecks",
        RecordNote::CommissionTakenBack => "the payment was given back, and so is the commission",
        RecordNote::RequestRejected => {
            "asked for without a destination; comes as rejected, the partner asks anew"
        }
        RecordNote::PayoutWithoutReference => "no payment_ref",
        RecordNote::CardTrial => "a trial of a card",
        RecordNote::CommissionAgain => "another commission for the same order",
        RecordNote::CommissionNotDue => "cancelled or failed there",
        RecordNote::BroughtByThemselves => "brought by themselves",
        RecordNote::BroughtInACircle => "brought by somebody whom they had brought",
        RecordNote::BroughtBefore => "brought by somebody else before",
        RecordNote::BindingCancelled => "cancelled there",
        RecordNote::PayoutOfNothing => {
            "of nothing or less; the partner's balance is reckoned without it"
        }
        RecordNote::AttemptOfNobody => "not paid, and of nobody with an account",
        RecordNote::PersonGone => "the account is deleted here",
    }
}
