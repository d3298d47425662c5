//! The parts of a person's export that money and products fill, as `store/personal_data.rs` reads them.

use super::super::shape::Shape::{Flag, Format, Integer, Nullable, Object, Pattern, Words};
use super::super::shape::{Shape, required};
use super::{COUNT, COUNTRY, INSTANT, INSTANT_OR_NULL, NUMBER, TEXT, TEXT_OR_NULL};
use crate::domain::access::RevokedFor;
use crate::domain::calendar::Period;
use crate::domain::ledger::AccountKind;
use crate::domain::order::OrderState;
use crate::domain::payment::{PaymentSource, PaymentStatus};
use crate::domain::payout::PayoutState;
use crate::domain::payout_destination::{LegalForm, PayoutMethod};

/// The words of an enumeration.
macro_rules! words_of {
    ($name:ident) => {
        Words(|| $name::ALL.iter().map(|value| value.as_str()).collect())
    };
}

const ID: Shape = Format("uuid");
const ID_OR_NULL: Shape = Nullable(&ID);
/// Roubles with two decimals.
const MONEY: Shape = Pattern("^-?[0-9]+\\.[0-9]{2}$");
const RATE: Shape = Integer {
    min: 1,
    max: Some(10_000),
};

pub(super) const PRODUCT: Shape = Object(&[
    required("id", ID),
    required("product_id", ID),
    required("starts_at", INSTANT_OR_NULL),
    required("ends_at", INSTANT_OR_NULL),
    required("revoked_at", INSTANT_OR_NULL),
    required("revoked_for", Nullable(&words_of!(RevokedFor))),
    required("app_url", TEXT_OR_NULL),
    required("admin_url", TEXT_OR_NULL),
    required("created_at", INSTANT),
    required("updated_at", INSTANT),
]);

pub(super) const SUBSCRIPTION: Shape = Object(&[
    required("user_product_id", ID),
    required("period", words_of!(Period)),
    required("anchor_day", NUMBER),
    required("period_starts_at", INSTANT),
    required("renewal_price", MONEY),
    required("cancelled_at", INSTANT_OR_NULL),
    required("payment_method_id", ID_OR_NULL),
]);

pub(super) const ORDER: Shape = Object(&[
    required("id", ID),
    required("number", TEXT),
    required("product_id", ID),
    required("user_product_id", ID_OR_NULL),
    required("amount", MONEY),
    required("state", words_of!(OrderState)),
    required("customer_name", TEXT_OR_NULL),
    required("customer_email", TEXT_OR_NULL),
    required("customer_phone", TEXT_OR_NULL),
    required("referral_code", TEXT_OR_NULL),
    required("created_at", INSTANT),
    required("updated_at", INSTANT),
]);

pub(super) const PAYMENT: Shape = Object(&[
    required("id", ID),
    required("order_id", ID),
    required("user_product_id", ID_OR_NULL),
    required("amount", MONEY),
    required("refunded", MONEY),
    required("status", words_of!(PaymentStatus)),
    required("source", words_of!(PaymentSource)),
    required("period_starts_at", INSTANT_OR_NULL),
    required("period_ends_at", INSTANT_OR_NULL),
    required("failure_reason", TEXT_OR_NULL),
    required("created_at", INSTANT),
    required("updated_at", INSTANT),
]);

pub(super) const REFUND: Shape = Object(&[
    required("payment_id", ID),
    required("total", MONEY),
    required("amount", MONEY),
    required("reason", TEXT_OR_NULL),
    required("created_at", INSTANT),
]);

pub(super) const RECEIPT: Shape = Object(&[
    required("id", ID),
    required("payment_id", ID),
    required("refunded", MONEY),
    required("url", TEXT),
    required("issued_at", INSTANT),
]);

pub(super) const PAYMENT_METHOD: Shape = Object(&[
    required("id", ID),
    required("provider", TEXT),
    required("pan_mask", TEXT),
    required("expires", TEXT_OR_NULL),
    required("card_type", TEXT_OR_NULL),
    required("is_default", Flag),
    required("created_at", INSTANT),
    required("updated_at", INSTANT),
    required("revoked_at", INSTANT_OR_NULL),
]);

pub(super) const ACCEPTANCE: Shape = Object(&[
    required("document_id", NUMBER),
    required("version", NUMBER),
    required("accepted_at", INSTANT),
    required("network", TEXT_OR_NULL),
    required("country", COUNTRY),
    required("device", TEXT_OR_NULL),
]);

/// There is one for whoever was brought by somebody.
pub(super) const REFERRAL: Shape = Object(&[
    required("partner_id", NUMBER),
    required("bound_at", INSTANT),
]);

pub(super) const COMMISSION: Shape = Object(&[
    required("rate_bp", RATE),
    required("base", MONEY),
    required("amount", MONEY),
    required("taken_back", MONEY),
    required("edition", COUNT),
    required("created_at", INSTANT),
    required("held_until_at", INSTANT),
    required("matured_at", INSTANT_OR_NULL),
]);

pub(super) const ACCOUNT: Shape = Object(&[
    required("kind", words_of!(AccountKind)),
    required("balance", MONEY),
]);

pub(super) const PAYOUT: Shape = Object(&[
    required("id", ID),
    required("amount", MONEY),
    required("state", words_of!(PayoutState)),
    required("legal_form", words_of!(LegalForm)),
    required("recipient", TEXT),
    required("inn", TEXT),
    required("method", words_of!(PayoutMethod)),
    required("bik", TEXT_OR_NULL),
    required("account", TEXT_OR_NULL),
    required("phone", TEXT_OR_NULL),
    required("bank_ref", TEXT_OR_NULL),
    required("reason", TEXT_OR_NULL),
    required("requested_at", INSTANT),
    required("updated_at", INSTANT),
    required("settled_at", INSTANT_OR_NULL),
]);
