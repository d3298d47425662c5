//! The part of `cabinetctl user show` that is about money and what it bought.

use edge_worker::app::bookkeeping::ClientFile;
use edge_worker::app::ports::bookkeeping::{BookedOrder, BookedPayment, BookedPayout};
use edge_worker::app::ports::cabinet::{ClientProduct, Document};
use edge_worker::domain::money::Kopecks;
use edge_worker::domain::time::Instant;
use serde_json::{Value, json};

use super::{line, part};
use crate::client::until;
use crate::payout::{as_json as payout_as_json, masked_destination};
use crate::table;

/// For people to read.
pub(super) fn as_lines(file: &ClientFile) -> Vec<String> {
    let (data, at) = (&file.look.data, file.look.at);
    let mut lines = part(
        "Products",
        data.products.iter().map(|held| product(held, at)),
    );
    lines.extend(part("Orders", file.orders.iter().map(order)));
    lines.extend(part("Payments", file.payments.iter().map(payment)));
    let documents = documents(file);
    lines.extend(part(
        "Documents",
        documents
            .iter()
            .map(|(document, accepted)| told_document(document, *accepted)),
    ));
    let (earnings, balance) = (&data.earnings, &data.earnings.balance);
    lines.push(line(
        "Partner",
        format!(
            "brought {}, of whom {} have paid; earned {}, paid out {}",
            earnings.invited, earnings.paying, earnings.earned, earnings.paid
        ),
    ));
    lines.push(line(
        "Balance",
        format!(
            "available {}, held {}, asked for {}, owed {}",
            balance.available, balance.pending, balance.reserved, balance.owed
        ),
    ));
    lines.extend(part("Payouts", file.payouts.iter().map(payout)));
    lines
}

/// For scripts.
pub(super) fn as_json(file: &ClientFile) -> Value {
    let (data, at) = (&file.look.data, file.look.at);
    let (earnings, balance) = (&data.earnings, &data.earnings.balance);
    let each = |values: Vec<Value>| Value::from(values);
    json!({
        "products": each(data.products.iter().map(|held| product_as_json(held, at)).collect()),
        "orders": each(file.orders.iter().map(order_as_json).collect()),
        "payments": each(file.payments.iter().map(payment_as_json).collect()),
        "documents": each(documents(file).into_iter().map(document_as_json).collect()),
        "partner": {
            "invited": earnings.invited,
            "paying": earnings.paying,
            "earned": earnings.earned.to_string(),
            "paid_out": earnings.paid.to_string(),
            "available": balance.available.to_string(),
            "held": balance.pending.to_string(),
            "reserved": balance.reserved.to_string(),
            "owed": balance.owed.to_string(),
        },
        "payouts": each(file.payouts.iter().map(|payout| payout_as_json(payout, false)).collect()),
    })
}

/// The documents that this client is asked for, and when they accepted the newest version.
fn documents(file: &ClientFile) -> Vec<(&Document, Option<Instant>)> {
    let data = &file.look.data;
    let terms = data
        .products
        .iter()
        .filter_map(|held| held.product.terms.as_ref());
    let mut known: Vec<&Document> = Vec::new();
    for document in data.documents.iter().chain(terms) {
        if known.iter().all(|other| other.id != document.id) {
            known.push(document);
        }
    }
    let accepted = |document: &Document| {
        data.accepted
            .iter()
            .find(|accepted| {
                (accepted.document, accepted.version) == (document.id, document.version)
            })
            .map(|accepted| accepted.at)
    };
    known
        .into_iter()
        .map(|document| (document, accepted(document)))
        .collect()
}

fn product(held: &ClientProduct, at: Instant) -> String {
    let renewal = held.renewal.map_or_else(String::new, |renewal| {
        format!(", a subscription, renewed for {}", renewal.price)
    });
    let app = held
        .app_url
        .as_ref()
        .map_or_else(String::new, |address| format!(", at {address}"));
    format!(
        "{}, {}{renewal}{app}, id {}",
        held.product.slug,
        until(held, at),
        held.id
    )
}

fn product_as_json(held: &ClientProduct, at: Instant) -> Value {
    let text = |at: Option<Instant>| at.map(|at| at.to_string());
    json!({
        "id": held.id.to_string(),
        "product": held.product.slug,
        "status": held.dates.state_at(at).as_str(),
        "is_subscription": held.renewal.is_some(),
        "renewal_price": held.renewal.map(|renewal| renewal.price.to_string()),
        "starts_at": text(held.dates.starts_at),
        "ends_at": text(held.dates.ends_at),
        "cancelled_at": text(held.dates.cancelled_at),
        "revoked_at": text(held.dates.revoked_at),
        "app_url": held.app_url,
        "admin_url": held.product.admin_url,
    })
}

fn order(order: &BookedOrder) -> String {
    format!(
        "{}, {}, {}, {}, {}",
        table::day_in_moscow(order.created_at),
        order.number,
        order.product,
        order.amount,
        order.state.as_str()
    )
}

fn order_as_json(order: &BookedOrder) -> Value {
    json!({
        "id": order.id.to_string(),
        "number": order.number,
        "product": order.product,
        "amount": order.amount.to_string(),
        "status": order.state.as_str(),
        "created_at": order.created_at.to_string(),
    })
}

fn payment(payment: &BookedPayment) -> String {
    let back = if payment.refunded > Kopecks::ZERO {
        format!(", {} given back", payment.refunded)
    } else {
        String::new()
    };
    let reference = payment
        .reference
        .as_ref()
        .map_or_else(String::new, |reference| format!(" ({reference})"));
    format!(
        "{}, {}, {}, {} by {}{reference}{back}, id {}",
        table::day_in_moscow(payment.created_at),
        payment.slug,
        payment.amount,
        payment.status.as_str(),
        payment.source.as_str(),
        payment.id
    )
}

fn payment_as_json(payment: &BookedPayment) -> Value {
    let period = payment
        .period
        .map(|(start, end)| json!({"start": start.to_string(), "end": end.to_string()}));
    json!({
        "id": payment.id.to_string(),
        "order": payment.order_number,
        "product": payment.slug,
        "amount": payment.amount.to_string(),
        "refunded": payment.refunded.to_string(),
        "status": payment.status.as_str(),
        "source": payment.source.as_str(),
        "reference": payment.reference,
        "period": period,
        "created_at": payment.created_at.to_string(),
    })
}

fn told_document(document: &Document, accepted: Option<Instant>) -> String {
    let accepted = accepted.map_or_else(
        || "not accepted".to_owned(),
        |at| format!("accepted {}", table::moment(at)),
    );
    format!(
        "{}, version {}, {accepted}",
        document.slug, document.version
    )
}

fn document_as_json((document, accepted): (&Document, Option<Instant>)) -> Value {
    json!({
        "slug": document.slug,
        "type": document.kind.as_str(),
        "version": document.version,
        "accepted_at": accepted.map(|at| at.to_string()),
    })
}

fn payout(payout: &BookedPayout) -> String {
    let more = payout
        .reason
        .as_ref()
        .or(payout.bank_ref.as_ref())
        .map_or_else(String::new, |more| format!(" ({more})"));
    format!(
        "{}, {}, {}{more}, {}, id {}",
        table::day_in_moscow(payout.requested_at),
        payout.amount,
        payout.state.as_str(),
        masked_destination(&payout.destination),
        payout.id
    )
}
