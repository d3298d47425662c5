//! The shapes of what a client reads and changes in the cabinet.

use super::super::shape::Shape::{
    Always, AnyOf, EmptyList, Flag, Form, Format, List, Named, Nullable, Number, Object, Pattern,
    Word, Words,
};
use super::super::shape::{Field, Shape, optional, required};
use super::{
    COUNT, EMAIL, INSTANT, INSTANT_OR_NULL, MESSAGE, NUMBER, PAGE_LIMIT, PAGE_NUMBER, PHONE, ROLE,
    SOME_TEXT, SUCCESS, TEXT, TEXT_OR_NULL,
};
use crate::app::ports::cabinet::PaymentOrder;
use crate::domain::access::ProductState;
use crate::domain::catalogue::{DocumentType, ProductKind};
use crate::domain::payment::{PaymentSource, PaymentStatus};
use crate::domain::payout_destination::{LegalForm, PayoutMethod};

/// The words of an enumeration.
macro_rules! words_of {
    ($name:ident) => {
        Words(|| $name::ALL.iter().map(|value| value.as_str()).collect())
    };
}

const ID: Shape = Format("uuid");
/// Roubles with two decimals.
const MONEY: Shape = Pattern("^-?[0-9]+\\.[0-9]{2}$");
const MONEY_OR_NULL: Shape = Nullable(&MONEY);
const CURRENCY: Field = required("currency", Word("RUB"));
const PAGE: [Field; 3] = [
    required("total", COUNT),
    required("page", PAGE_NUMBER),
    required("limit", PAGE_LIMIT),
];
const TOTAL: Field = required("total", COUNT);
const TOTAL_AMOUNT: Field = required("total_amount", Number);

/// The status that payments are to have; an empty one stands for all.
pub(in crate::http::openapi) const STATUS: Shape = Words(|| {
    let words = PaymentStatus::ALL.iter().map(|status| status.as_str());
    std::iter::once("").chain(words).collect()
});

/// A day in Moscow.
pub(in crate::http::openapi) const DAY: Shape = Format("date");

/// The order that payments are to have.
pub(in crate::http::openapi) const PAYMENT_ORDER: Shape = words_of!(PaymentOrder);

/// What documents are for.
pub(in crate::http::openapi) const DOCUMENT_TYPE: Shape = words_of!(DocumentType);

/// A table for spreadsheets.
pub(in crate::http::openapi) const TABLE: &str = "Table";

/// Every shape with a name.
pub(in crate::http::openapi) const SCHEMAS: &[(&str, Shape)] = &[
    (TABLE, SOME_TEXT),
    (
        "Dashboard",
        Object(&{
            let [a, b, c, d, e, f, g] = FIGURES;
            [SUCCESS, a, b, c, d, e, f, g]
        }),
    ),
    (
        "Cabinet",
        Object(&[
            SUCCESS,
            required("user", Named("User")),
            required("dashboard", Object(&FIGURES)),
            required("products", List(&Named("ClientProduct"))),
            required("available_products", List(&Named("Product"))),
            required(
                "payments",
                Object(&[
                    required("payments", List(&Named("Payment"))),
                    TOTAL,
                    TOTAL_AMOUNT,
                    required(
                        "months",
                        List(&Object(&[
                            required("month", Pattern("^[0-9]{4}-[0-9]{2}$")),
                            required("amount", MONEY),
                        ])),
                    ),
                ]),
            ),
            required("payment_methods", List(&Named("PaymentMethod"))),
            required("documents", Object(&DOCUMENTS)),
            required("referrals", Object(&FIRST_OF_PROGRAMME)),
        ]),
    ),
    ("Product", Object(&PRODUCT)),
    (
        "ClientProduct",
        Object(&[
            required("id", ID),
            required("user", NUMBER),
            required("product", Named("Product")),
            required("status", words_of!(ProductState)),
            required("start_date", INSTANT_OR_NULL),
            required("end_date", INSTANT_OR_NULL),
            required("renewal_price", MONEY_OR_NULL),
            required("payment_method_id", Nullable(&ID)),
            required("app_url", TEXT_OR_NULL),
            required("created_at", INSTANT),
            required("updated_at", INSTANT),
            required("cancelled_at", INSTANT_OR_NULL),
            required("revoked_at", INSTANT_OR_NULL),
            required("is_usable", Flag),
            required("can_cancel", Flag),
            required("can_resume", Flag),
            required("can_renew", Flag),
        ]),
    ),
    (
        "ClientProducts",
        Object(&[SUCCESS, required("products", List(&Named("ClientProduct")))]),
    ),
    (
        "Products",
        Object(&[SUCCESS, required("products", List(&Named("Product")))]),
    ),
    (
        "ChangedProduct",
        Object(&[
            SUCCESS,
            MESSAGE,
            required("product", Named("ClientProduct")),
        ]),
    ),
    (
        "Order",
        Object(&[
            required("id", ID),
            required("order_id", SOME_TEXT),
            required("user_email", EMAIL),
            required("product_name", TEXT),
            required("amount", MONEY),
            CURRENCY,
            required("status", Words(|| vec!["NEW", "CONFIRMED", "CANCELED"])),
            required("customer_name", TEXT_OR_NULL),
            required("customer_email", TEXT_OR_NULL),
            required("customer_phone", TEXT_OR_NULL),
            required("created_at", INSTANT),
        ]),
    ),
    (
        "RenewalOrder",
        Object(&[
            SUCCESS,
            MESSAGE,
            required("order", Named("Order")),
            required(
                "payment",
                Object(&[
                    required("method", Word("invoice")),
                    required("write_to", EMAIL),
                    required("order_id", SOME_TEXT),
                    required("amount", MONEY),
                    CURRENCY,
                ]),
            ),
        ]),
    ),
    (
        "Payment",
        Object(&[
            required("id", ID),
            required("order", Named("Order")),
            required("user", Named("User")),
            required("amount", MONEY),
            CURRENCY,
            required("status", words_of!(PaymentStatus)),
            required("method", words_of!(PaymentSource)),
            required("provider_ref", TEXT_OR_NULL),
            required("failure_reason", TEXT_OR_NULL),
            required("receipt_url", TEXT_OR_NULL),
            required("created_at", INSTANT),
            required("updated_at", INSTANT),
            required("refunded_amount", MONEY),
            required("period_start", INSTANT_OR_NULL),
            required("period_end", INSTANT_OR_NULL),
        ]),
    ),
    (
        "OnePayment",
        Object(&[SUCCESS, required("payment", Named("Payment"))]),
    ),
    (
        "Payments",
        Object(&{
            let [a, b, c] = PAGE;
            let payments = required("payments", List(&Named("Payment")));
            [SUCCESS, payments, TOTAL_AMOUNT, a, b, c]
        }),
    ),
    (
        "Receipt",
        Object(&[
            SUCCESS,
            required("receipt_url", SOME_TEXT),
            required("payment_id", ID),
        ]),
    ),
    (
        "NoReceiptYet",
        Object(&[
            required("success", Always(false)),
            MESSAGE,
            required("receipt_url", TEXT_OR_NULL),
        ]),
    ),
    (
        "PaymentMethod",
        Object(&[
            required("id", ID),
            required("user", Named("User")),
            required("provider", SOME_TEXT),
            required("pan_mask", TEXT),
            required("exp_date", TEXT),
            required("card_type", TEXT),
            required("status", Words(|| vec!["active", "expired"])),
            required("is_default", Flag),
            required("created_at", INSTANT),
            required("updated_at", INSTANT),
        ]),
    ),
    (
        "PaymentMethods",
        Object(&[SUCCESS, required("methods", List(&Named("PaymentMethod")))]),
    ),
    (
        "MethodChoice",
        Form(&[required("is_default", Always(true))]),
    ),
    (
        "ChosenMethod",
        Object(&[SUCCESS, MESSAGE, required("method", Named("PaymentMethod"))]),
    ),
    (
        "Transaction",
        Object(&[
            required("id", ID),
            required("user", Named("User")),
            required("order", Named("Order")),
            required("payment", Named("Payment")),
            required("manual_charge", TEXT_OR_NULL),
            required("transaction_type", Words(|| vec!["payment", "refund"])),
            required("amount", MONEY),
            CURRENCY,
            required("description", TEXT_OR_NULL),
            required("provider_ref", TEXT_OR_NULL),
            required("created_at", INSTANT),
        ]),
    ),
    (
        "Transactions",
        Object(&{
            let [a, b, c] = PAGE;
            let rows = required("transactions", List(&Named("Transaction")));
            [SUCCESS, rows, a, b, c]
        }),
    ),
    ("Document", Object(&DOCUMENT)),
    (
        "DocumentToSign",
        Object(&{
            let [a, b, c, d, e, f, g, h, i, j] = DOCUMENT;
            [
                a,
                b,
                c,
                d,
                e,
                f,
                g,
                h,
                i,
                j,
                required("is_signed", Flag),
                required("signed_version", Nullable(&NUMBER)),
                required("current_version", NUMBER),
                required("needs_signature", Flag),
                optional("signed_at", INSTANT),
            ]
        }),
    ),
    (
        "Documents",
        Object(&{
            let [a, b] = DOCUMENTS;
            [SUCCESS, a, b]
        }),
    ),
    (
        "AcceptanceOfDocument",
        Form(&[
            optional("document_id", Nullable(&NUMBER)),
            optional("version", Nullable(&NUMBER)),
        ]),
    ),
    ("Renewal", Form(&[optional("referral_code", TEXT_OR_NULL)])),
    (
        "AcceptedDocument",
        Object(&[
            SUCCESS,
            MESSAGE,
            required(
                "acceptance",
                Object(&[
                    required("id", ID),
                    required("user", NUMBER),
                    required("document", Named("Document")),
                    required("version", NUMBER),
                    required("accepted_at", INSTANT),
                    required("ip_address", TEXT_OR_NULL),
                ]),
            ),
        ]),
    ),
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

const FIGURES: [Field; 7] = [
    required("balance", Number),
    required("active_products", COUNT),
    required("subscriptions", COUNT),
    required("total_payments", COUNT),
    required("notifications", EmptyList),
    required(
        "recent_transactions",
        List(&Object(&[
            required("id", ID),
            required("amount", Number),
            CURRENCY,
            required("status", words_of!(PaymentStatus)),
            required("method", words_of!(PaymentSource)),
            required("description", TEXT),
            required("created_at", INSTANT),
        ])),
    ),
    required(
        "referral_stats",
        Object(&[required("invites", COUNT), required("earned", Number)]),
    ),
];

const FIRST_COMMISSIONS: Shape =
    Object(&[required("commissions", List(&Named("Commission"))), TOTAL]);

const FIRST_PAYOUTS: Shape = Object(&[required("payouts", List(&Named("Payout"))), TOTAL]);

const FIRST_OF_PROGRAMME: [Field; 9] = {
    let [a, b, c, d, e, f] = PROGRAMME;
    let people = required("referrals", List(&Named("Referral")));
    let commissions = required("commissions", FIRST_COMMISSIONS);
    let payouts = required("payouts", FIRST_PAYOUTS);
    [a, b, c, d, e, f, people, commissions, payouts]
};

const PRODUCT: [Field; 13] = [
    required("id", ID),
    required("name", TEXT),
    required("description", TEXT_OR_NULL),
    required("slug", SOME_TEXT),
    required("price", MONEY),
    CURRENCY,
    required("product_type", words_of!(ProductKind)),
    required(
        "subscription_period",
        Nullable(&Words(|| vec!["monthly", "yearly"])),
    ),
    required("subscription_terms", Nullable(&Named("Document"))),
    required("admin_url", TEXT_OR_NULL),
    required("is_active", Flag),
    required("created_at", INSTANT),
    required("updated_at", INSTANT),
];

const DOCUMENT: [Field; 10] = [
    required("id", NUMBER),
    required("document_type", DOCUMENT_TYPE),
    required("title", TEXT),
    required("slug", SOME_TEXT),
    required("content", TEXT),
    required("meta_title", TEXT),
    required("meta_description", TEXT),
    required("updated_at", INSTANT),
    required("version", NUMBER),
    required("url", TEXT_OR_NULL),
];

const DOCUMENTS: [Field; 2] = [
    required("signed_documents", List(&Named("DocumentToSign"))),
    required("documents_to_sign", List(&Named("DocumentToSign"))),
];

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
