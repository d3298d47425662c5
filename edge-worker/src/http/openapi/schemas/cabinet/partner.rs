//! The shapes of the partner programme: people who came, commissions and payouts.

use super::{CURRENCY, ID, MONEY, PAGE, TOTAL};
use crate::domain::payout_destination::{LegalForm, PayoutMethod};
use crate::http::openapi::schemas::{
    COUNT, EMAIL, INSTANT, INSTANT_OR_NULL, MESSAGE, NUMBER, PHONE, ROLE, SOME_TEXT, SUCCESS, TEXT,
    TEXT_OR_NULL,
};
use crate::http::openapi::shape::Shape::{
    AnyOf, Flag, Form, List, Named, Nullable, Number, Object, Pattern, Words,
};
use crate::http::openapi::shape::{Field, Shape, optional, required};

/// Every shape of these with a name.
pub(super) const SCHEMAS: &[(&str, Shape)] = &[
    (
        "Referral",
        Object(&[
            required("id", ID),
            required("referred_user", REFERRED_USER),
            required("status", Words(|| vec!["pending", "active"])),
            required("total_earned", Number),
            required("paid_out", Number),
            required("created_at", INSTANT),
        ]),
    ),
    (
        "Referrals",
        Object(&{
            let [a, b, c, d, e, f] = PROGRAMME;
            let [total, page, limit] = PAGE;
            let people = required("referrals", List(&Named("Referral")));
            [SUCCESS, a, b, c, d, e, f, people, total, page, limit]
        }),
    ),
    (
        "Commission",
        Object(&[
            required("id", ID),
            required(
                "referral",
                Object(&[required("id", ID), required("referred_user", REFERRED_USER)]),
            ),
            required(
                "order",
                Object(&[
                    required("id", TEXT_OR_NULL),
                    required("order_id", TEXT_OR_NULL),
                    required("amount", Number),
                    CURRENCY,
                    required("product", Object(&[required("name", TEXT)])),
                    required("created_at", INSTANT),
                ]),
            ),
            required("amount", Number),
            required("commission_rate", Number),
            required("commission_amount", Number),
            required(
                "status",
                Words(|| vec!["pending", "available", "cancelled"]),
            ),
            required("payout", TEXT_OR_NULL),
            required("created_at", INSTANT),
            required("taken_back", Number),
            required("held_until", INSTANT),
        ]),
    ),
    (
        "Commissions",
        Object(&{
            let [a, b, c] = PAGE;
            let rows = required("commissions", List(&Named("Commission")));
            [SUCCESS, rows, a, b, c]
        }),
    ),
    (
        "Payout",
        Object(&[
            required("id", ID),
            required(
                "referrer",
                Object(&[
                    required("id", NUMBER),
                    required("email", EMAIL),
                    required("name", TEXT),
                    required("role", ROLE),
                    required("phone", Nullable(&PHONE)),
                    required("email_verified", Flag),
                    required("referral_code", SOME_TEXT),
                    required("referrals_count", COUNT),
                    required("created_at", INSTANT),
                ]),
            ),
            required("amount", MONEY),
            CURRENCY,
            required(
                "status",
                Words(|| vec!["pending", "processing", "paid", "failed", "cancelled"]),
            ),
            required("payment_method", words_of!(PayoutMethod)),
            required("payment_ref", TEXT_OR_NULL),
            required("notes", TEXT_OR_NULL),
            required("processed_at", INSTANT_OR_NULL),
            required("created_at", INSTANT),
            required("updated_at", INSTANT),
        ]),
    ),
    (
        "PayoutRequest",
        Form(&[
            required("amount", AnyOf(&[Number, SOME_TEXT])),
            required("legal_form", words_of!(LegalForm)),
            required("recipient", SOME_TEXT),
            required("inn", SOME_TEXT),
            required("payment_method", words_of!(PayoutMethod)),
            optional("bik", Nullable(&SOME_TEXT)),
            optional("account", Nullable(&SOME_TEXT)),
            optional("phone", Nullable(&SOME_TEXT)),
        ]),
    ),
    (
        "RequestedPayout",
        Object(&[SUCCESS, MESSAGE, required("payout", Named("Payout"))]),
    ),
    (
        "Payouts",
        Object(&{
            let [a, b, c] = PAGE;
            let rows = required("payouts", List(&Named("Payout")));
            [SUCCESS, rows, a, b, c]
        }),
    ),
];

const FIRST_COMMISSIONS: Shape =
    Object(&[required("commissions", List(&Named("Commission"))), TOTAL]);

const FIRST_PAYOUTS: Shape = Object(&[required("payouts", List(&Named("Payout"))), TOTAL]);

/// What the cabinet first shows of it.
pub(super) const FIRST_OF_PROGRAMME: [Field; 9] = {
    let [a, b, c, d, e, f] = PROGRAMME;
    let people = required("referrals", List(&Named("Referral")));
    let commissions = required("commissions", FIRST_COMMISSIONS);
    let payouts = required("payouts", FIRST_PAYOUTS);
    [a, b, c, d, e, f, people, commissions, payouts]
};

/// A mask: see `domain/masking.rs`.
const REFERRED_USER: Shape = Object(&[required("email", TEXT), required("name", TEXT)]);

const PROGRAMME: [Field; 6] = [
    required("referral_link", SOME_TEXT),
    required("commission_rate", Number),
    required(
        "stats",
        Object(&[
            required("total_referrals", COUNT),
            required("active_referrals", COUNT),
            required("total_earned", Number),
            required("total_paid", Number),
            required("available_balance", Number),
        ]),
    ),
    required(
        "balance",
        Object(&[
            required("pending", Number),
            required("available", Number),
            required("reserved", Number),
            required("owed", Number),
        ]),
    ),
    required(
        "months",
        List(&Object(&[
            required("month", Pattern("^[0-9]{4}-(0[1-9]|1[0-2])$")),
            required("earned", Number),
        ])),
    ),
    required(
        "terms",
        Object(&[
            required("attribution_days", COUNT),
            required("hold_days", COUNT),
            required("min_payout", Number),
        ]),
    ),
];
