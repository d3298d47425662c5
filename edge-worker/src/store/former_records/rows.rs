//! Rows as the SQL of the import takes them: objects of JSON, a person meant by the predecessor's number.

use serde_json::{Value, json};

use crate::app::ports::former_records::{
    ComingHolding, ComingOrder, ComingPayment, ComingPayout, ComingProduct, ComingVersion,
};
use crate::domain::calendar::Period;
use crate::domain::former_records::FormerMethod;
use crate::domain::handle::Handle;
use crate::domain::payout::PayoutState;
use crate::domain::time::Instant;
use crate::domain::user::ReferralCode;
use crate::domain::web_address::WebAddress;
use crate::domain::wording::Prose;

/// What stands in for words that the dump does not have.
const TEXT_LEFT_BEHIND: &str = "Текст этой редакции остался на прежнем сайте.";

/// What stands in for the bank's name of a payout.
const NO_BANK_REF: &str = "—";

/// What the partner reads of a request that ended with the move.
const NO_DESTINATION: &str = "Заявка с прежнего сайта закрыта при переезде: в ней не было реквизитов. \
                              Сумма снова доступна, подайте новую заявку.";

/// What the partner reads where staff wrote nothing.
const NO_REASON: &str = "Выплата не состоялась на прежнем сайте.";

pub(super) fn version_row(version: &ComingVersion) -> Value {
    let text = version.text.as_ref().map(Prose::as_str);
    json!({
        "document": version.document, "version": version.version, "title": version.title.as_str(),
        "text": text.unwrap_or(TEXT_LEFT_BEHIND), "published_at": version.published_at.millis(),
    })
}

pub(super) fn product_row(coming: &ComingProduct) -> Value {
    let product = &coming.product;
    json!({
        "id": product.id.to_string(), "slug": product.slug.as_str(), "name": product.name.as_str(),
        "description": product.description.as_ref().map(Prose::as_str),
        "kind": product.paid_for.kind().as_str(), "period": product.paid_for.period().map(Period::as_str),
        "price": product.price.number(), "admin_url": product.admin_url.as_ref().map(WebAddress::as_str),
        "terms": coming.terms, "created_at": product.created_at.millis(), "updated_at": product.updated_at.millis(),
        "retired_at": (!product.is_on_sale).then_some(product.updated_at.millis()),
    })
}

pub(super) fn method_row(method: &FormerMethod) -> Value {
    json!({
        "id": method.id.to_string(), "user": method.user, "charge_id": method.charge_id, "pan_mask": method.pan_mask,
        "expires": method.expires, "card_type": method.card_type, "is_default": i64::from(method.is_default),
        "created_at": method.created_at.millis(), "updated_at": method.updated_at.millis(),
        "revoked_at": method.revoked_at.map(Instant::millis),
    })
}

pub(super) fn holding_row(coming: &ComingHolding) -> Value {
    let (holding, dates) = (&coming.holding, &coming.dates);
    let subscription = coming.subscription;
    let millis = |at: Option<Instant>| at.map(Instant::millis);
    json!({
        "id": holding.id.to_string(), "user": holding.user, "product": coming.product.to_string(),
        "starts_at": millis(dates.starts_at), "ends_at": millis(dates.ends_at), "revoked_at": millis(dates.revoked_at),
        "app_url": holding.app_url.as_ref().map(WebAddress::as_str), "created_at": holding.created_at.millis(),
        "updated_at": holding.updated_at.millis(), "cancelled_at": millis(dates.cancelled_at),
        "method": holding.method.map(|id| id.to_string()),
        "period": subscription.map(|subscription| subscription.period.as_str()),
        "anchor": subscription.map(|subscription| subscription.anchor.number()),
        "period_start": subscription.map(|subscription| subscription.period_start.millis()),
        "renewal_price": subscription.map(|subscription| subscription.renewal_price.number()),
    })
}

pub(super) fn order_row(coming: &ComingOrder) -> Value {
    let order = &coming.order;
    let [name, email, phone] = &order.customer;
    json!({
        "id": order.id.to_string(), "number": order.number, "user": order.user, "product": coming.product.to_string(),
        "amount": order.amount.number(), "state": coming.state.as_str(), "customer_name": name,
        "customer_email": email, "customer_phone": phone,
        "referral_code": order.referral_code.as_ref().map(ReferralCode::as_str),
        "created_at": order.created_at.millis(), "updated_at": order.updated_at.millis(),
    })
}

pub(super) fn payment_row(coming: &ComingPayment) -> Value {
    let payment = &coming.payment;
    json!({
        "id": payment.id.to_string(), "order": payment.order.to_string(), "user": coming.user,
        "bought": coming.bought.map(|id| id.to_string()), "amount": payment.amount.number(),
        "status": coming.status.as_str(), "source": payment.source.as_str(), "reference": payment.reference,
        "failure_reason": payment.failure_reason, "receipt": payment.receipt.as_ref().map(WebAddress::as_str),
        "receipt_id": Handle::of_receipt(payment.id).to_string(), "created_at": payment.created_at.millis(),
        "updated_at": payment.updated_at.millis(),
    })
}

pub(super) fn payout_row(coming: &ComingPayout) -> Value {
    let payout = &coming.payout;
    let (mut bank_ref, mut reason) = (payout.reference.as_deref(), None);
    match coming.state {
        PayoutState::Paid => bank_ref = bank_ref.or(Some(NO_BANK_REF)),
        PayoutState::Rejected if payout.is_open() => reason = Some(NO_DESTINATION),
        PayoutState::Rejected
        | PayoutState::Failed
        | PayoutState::Requested
        | PayoutState::Processing => reason = Some(payout.notes.as_deref().unwrap_or(NO_REASON)),
    }
    json!({
        "id": payout.id.to_string(), "partner": payout.partner, "amount": payout.amount.number(),
        "state": coming.state.as_str(), "bank_ref": bank_ref, "reason": reason,
        "requested_at": payout.requested_at.millis(), "settled_at": payout.settled_at.millis(),
    })
}
