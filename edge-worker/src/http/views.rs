//! The domain's objects in the shape of the contract.

pub(super) mod account;
pub(super) mod catalogue;
pub(super) mod partner;
pub(super) mod payments;

use serde_json::{Number, Value, json};

use crate::app::dashboard::Dashboard;
use crate::domain::identifiers::UserId;
use crate::domain::money::Kopecks;
use crate::domain::user::User;

/// A user, flat, with every key of the predecessor.
pub(super) fn user(user: &User) -> Value {
    json!({
        "id": user.id.number(),
        "email": user.email,
        "name": user.name,
        "role": user.role.as_str(),
        "phone": user.phone,
        "telegram_id": user.telegram_id,
        "email_verified": user.email_verified,
        "referral_code": user.referral_code,
        "referred_by": user.referred_by.map(UserId::number),
        "referrals_count": user.referrals_count,
        "created_at": user.created_at.to_string(),
        "updated_at": user.updated_at.to_string(),
        "offer_accepted_at": user.offer_accepted_at.map(|instant| instant.to_string()),
    })
}

/// The numbers at the head of the cabinet. There are no notifications.
pub(super) fn dashboard(dashboard: &Dashboard<'_>, setting: catalogue::Setting<'_>) -> Value {
    let recent: Vec<_> = dashboard
        .recent
        .iter()
        .map(|payment| payments::recent_payment(payment, setting))
        .collect();
    json!({
        "balance": number(dashboard.balance),
        "active_products": dashboard.active_products,
        "subscriptions": dashboard.subscriptions,
        "total_payments": dashboard.total_payments,
        "notifications": [],
        "recent_transactions": recent,
        "referral_stats": {"invites": dashboard.invites, "earned": number(dashboard.earned)},
    })
}

/// Roubles as a JSON number, where the predecessor has numbers: the decimal text itself is read, so nothing is computed.
pub(super) fn number(amount: Kopecks) -> Option<Number> {
    amount.to_string().parse().ok()
}
