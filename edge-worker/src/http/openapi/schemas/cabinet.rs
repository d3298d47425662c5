//! The shapes of what a client reads and changes in the cabinet.

use super::super::shape::Shape::{
    EmptyList, Flag, Form, Format, List, Named, Nullable, Number, Object, Pattern, Word, Words,
};
use super::super::shape::{Field, Shape, optional, required};
use super::{
    COUNT, INSTANT, INSTANT_OR_NULL, MESSAGE, NUMBER, PAGE_LIMIT, PAGE_NUMBER, SOME_TEXT, SUCCESS,
    TEXT, TEXT_OR_NULL,
};
use crate::app::ports::cabinet::PaymentOrder;
use crate::domain::access::ProductState;
use crate::domain::catalogue::{DocumentType, ProductKind};
use crate::domain::payment::{PaymentSource, PaymentStatus};

/// The words of an enumeration.
macro_rules! words_of {
    ($name:ident) => {
        Words(|| $name::ALL.iter().map(|value| value.as_str()).collect())
    };
}

mod partner;
mod payments;

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
pub(in crate::http::openapi) fn schemas() -> impl Iterator<Item = &'static (&'static str, Shape)> {
    SCHEMAS
        .iter()
        .chain(payments::SCHEMAS)
        .chain(partner::SCHEMAS)
}

const SCHEMAS: &[(&str, Shape)] = &[
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
            required("referrals", Object(&partner::FIRST_OF_PROGRAMME)),
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
