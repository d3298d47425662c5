//! The partner programme in the shape of the contract. People are masks here already.

use serde_json::{Number, Value, json};

use super::catalogue::Setting;
use super::number;
use crate::app::ports::cabinet::{Commission, EarnedInMonth, Earnings, Invited, Payout};
use crate::domain::commission::RateBp;
use crate::domain::handle::Handle;
use crate::domain::identifiers::UserId;
use crate::domain::money::Kopecks;
use crate::domain::payout::PayoutState;
use crate::domain::programme::TERMS;
use crate::domain::user::User;

/// The link and the figures. `balance`, `months` and `terms` are new: what is held, asked for or owed, what the last year brought in
/// the months in which there was something, and what the programme promises.
pub(in crate::http) fn programme(
    earnings: &Earnings,
    months: &[EarnedInMonth],
    partner: &User,
    site: &str,
) -> Value {
    let balance = earnings.balance;
    let months: Vec<_> = months
        .iter()
        .map(|month| json!({"month": month.month, "earned": number(month.earned)}))
        .collect();
    let days = |duration: std::time::Duration| duration.as_secs().div_euclid(86_400);
    json!({
        "referral_link": format!("{site}/?ref={}", partner.referral_code),
        "commission_rate": percent(TERMS.rate),
        "stats": {
            "total_referrals": earnings.invited,
            "active_referrals": earnings.paying,
            "total_earned": number(earnings.earned),
            "total_paid": number(earnings.paid),
            "available_balance": number(balance.available),
        },
        "balance": {
            "pending": number(balance.pending),
            "available": number(balance.available),
            "reserved": number(balance.reserved),
            "owed": number(balance.owed),
        },
        "months": months,
        "terms": {
            "attribution_days": days(TERMS.attribution),
            "hold_days": days(TERMS.hold),
            "min_payout": number(TERMS.min_payout),
        },
    })
}

/// Somebody who came, with every key of the predecessor. Payouts are made of the whole balance, not of what one person brought,
/// so that `paid_out` is zero for everybody, as it was there.
pub(in crate::http) fn invited(invited: &Invited, partner: UserId) -> Value {
    let status = if invited.earned.is_positive() {
        "active"
    } else {
        "pending"
    };
    json!({
        "id": Handle::of_referral(partner, invited.user).to_string(),
        "referred_user": {"email": invited.email, "name": invited.name},
        "status": status,
        "total_earned": number(invited.earned),
        "paid_out": number(Kopecks::ZERO),
        "created_at": invited.at.to_string(),
    })
}

/// What a payment brought, with every key of the predecessor. The order is somebody else's: of its names nothing is told. Payouts
/// are made of the balance, so none belongs to a commission.
pub(in crate::http) fn commission(
    commission: &Commission,
    partner: UserId,
    setting: Setting<'_>,
) -> Value {
    let person = &commission.invited;
    json!({
        "id": commission.payment.to_string(),
        "referral": {
            "id": Handle::of_referral(partner, person.user).to_string(),
            "referred_user": {"email": person.email, "name": person.name},
        },
        "order": {
            "id": null,
            "order_id": null,
            "amount": number(commission.base),
            "currency": "RUB",
            "product": {"name": commission.product_in(setting.language)},
            "created_at": commission.ordered_at.to_string(),
        },
        "amount": number(commission.base),
        "commission_rate": percent(commission.rate),
        "commission_amount": number(commission.amount),
        "status": commission_status(commission, setting),
        "payout": null,
        "created_at": commission.created_at.to_string(),
        "taken_back": number(commission.taken_back),
        "held_until": commission.held_until.to_string(),
    })
}

/// `pending` while it is held, `available` afterwards, `cancelled` when all of it was taken back.
pub(in crate::http) fn commission_status(
    commission: &Commission,
    setting: Setting<'_>,
) -> &'static str {
    if commission.taken_back >= commission.amount {
        "cancelled"
    } else if commission.held_until > setting.now {
        "pending"
    } else {
        "available"
    }
}

/// A payout, with every key of the predecessor and in its words.
pub(in crate::http) fn payout(payout: &Payout, partner: &User) -> Value {
    json!({
        "id": payout.id.to_string(),
        "referrer": {
            "id": partner.id.number(),
            "email": partner.email,
            "name": partner.name,
            "role": partner.role.as_str(),
            "phone": partner.phone,
            "email_verified": partner.email_verified,
            "referral_code": partner.referral_code,
            "referrals_count": partner.referrals_count,
            "created_at": partner.created_at.to_string(),
        },
        "amount": payout.amount.to_string(),
        "currency": "RUB",
        "status": payout_status(payout.state),
        "payment_method": payout.method.as_str(),
        "payment_ref": payout.bank_ref,
        "notes": payout.reason,
        "processed_at": payout.settled_at.map(|at| at.to_string()),
        "created_at": payout.requested_at.to_string(),
        "updated_at": payout.updated_at.to_string(),
    })
}

/// The predecessor's word for how far a payout is.
pub(in crate::http) const fn payout_status(state: PayoutState) -> &'static str {
    match state {
        PayoutState::Requested => "pending",
        PayoutState::Processing => "processing",
        PayoutState::Paid => "paid",
        PayoutState::Rejected => "cancelled",
        PayoutState::Failed => "failed",
    }
}

/// A rate in per cent as a JSON number: hundredths of a per cent have two decimals, as roubles have.
fn percent(rate: RateBp) -> Option<Number> {
    number(Kopecks::new(rate.basis_points().into()))
}
