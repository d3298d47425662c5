//! Orders, payments and ways to pay in the shape of the contract.

use serde_json::{Value, json};

use super::catalogue::Setting;
use super::{number, user};
use crate::app::ports::cabinet::{
    ClientOrder, ClientPayment, MonthSpent, PaymentMethod, Transaction,
};
use crate::domain::calendar::month_is_over;
use crate::domain::handle::Handle;
use crate::domain::order::OrderState;
use crate::domain::payment::PaymentStatus;
use crate::domain::time::Instant;
use crate::domain::user::User;

/// An order, with every key of the predecessor and in its words, which are the bank's.
pub(in crate::http) fn order(order: &ClientOrder, owner: &User, setting: Setting<'_>) -> Value {
    let state = match order.state {
        OrderState::Waiting => "NEW",
        OrderState::Paid => "CONFIRMED",
        OrderState::Cancelled => "CANCELED",
    };
    let [name, email, phone] = &order.customer;
    json!({
        "id": order.id.to_string(),
        "order_id": order.number,
        "user_email": owner.email,
        "product_name": order.product_in(setting.language),
        "amount": order.amount.to_string(),
        "currency": "RUB",
        "status": state,
        "customer_name": name,
        "customer_email": email,
        "customer_phone": phone,
        "created_at": order.created_at.to_string(),
    })
}

/// A payment, with every key of the predecessor. What the bank calls it is for bookkeepers only, so that key is always empty; the
/// last three are new.
pub(in crate::http) fn payment(
    payment: &ClientPayment,
    owner: &User,
    setting: Setting<'_>,
) -> Value {
    json!({
        "id": payment.id.to_string(),
        "order": order(&payment.order, owner, setting),
        "user": user(owner),
        "amount": payment.amount.to_string(),
        "currency": "RUB",
        "status": payment.status.as_str(),
        "method": payment.source.as_str(),
        "provider_ref": null,
        "failure_reason": payment.failure_reason,
        "receipt_url": payment.receipt_url,
        "created_at": payment.created_at.to_string(),
        "updated_at": payment.updated_at.to_string(),
        "refunded_amount": payment.refunded.to_string(),
        "period_start": payment.period.map(|(start, _)| start.to_string()),
        "period_end": payment.period.map(|(_, end)| end.to_string()),
    })
}

/// What was spent in a month.
pub(in crate::http) fn month(month: &MonthSpent) -> Value {
    json!({"month": month.month, "amount": month.spent.to_string()})
}

/// A payment as the head of the cabinet shows it.
pub(in crate::http) fn recent_payment(payment: &ClientPayment, setting: Setting<'_>) -> Value {
    json!({
        "id": payment.id.to_string(),
        "amount": number(payment.amount),
        "currency": "RUB",
        "status": payment.status.as_str(),
        "method": payment.source.as_str(),
        "description": payment.order.product_in(setting.language),
        "created_at": payment.created_at.to_string(),
    })
}

/// A movement of money, with every key of the predecessor.
pub(in crate::http) fn transaction(
    moved: &Transaction,
    owner: &User,
    setting: Setting<'_>,
) -> Value {
    let (kind, name) = match moved.refund {
        None => ("payment", moved.payment.id.to_string()),
        // One payment may have several refunds, each with its own sum.
        Some(by_then) => (
            "refund",
            Handle::of_refund(moved.payment.id, by_then).to_string(),
        ),
    };
    json!({
        "id": name,
        "user": user(owner),
        "order": order(&moved.payment.order, owner, setting),
        "payment": payment(&moved.payment, owner, setting),
        "manual_charge": null,
        "transaction_type": kind,
        "amount": moved.amount.to_string(),
        "currency": "RUB",
        "description": moved.payment.order.product_in(setting.language),
        "provider_ref": null,
        "created_at": moved.at.to_string(),
    })
}

/// A way to pay, with every key of the predecessor but the name by which the bank charges it.
pub(in crate::http) fn method(method: &PaymentMethod, owner: &User, now: Instant) -> Value {
    let expires = method.expires.as_deref().unwrap_or_default();
    let status = if month_is_over(expires, now) {
        "expired"
    } else {
        "active"
    };
    json!({
        "id": method.id.to_string(),
        "user": user(owner),
        "provider": method.provider,
        "pan_mask": method.pan_mask,
        "exp_date": expires,
        "card_type": method.card_type.as_deref().unwrap_or_default(),
        "status": status,
        "is_default": method.is_default,
        "created_at": method.created_at.to_string(),
        "updated_at": method.updated_at.to_string(),
    })
}

/// Whether there is a receipt to show: of what went through, also where it was given back since.
pub(in crate::http) const fn has_receipt(payment: &ClientPayment) -> bool {
    matches!(
        payment.status,
        PaymentStatus::Success | PaymentStatus::Refunded
    )
}
