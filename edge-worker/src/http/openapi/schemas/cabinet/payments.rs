//! The shapes of orders, payments, receipts and ways to pay.

use super::{CURRENCY, ID, MONEY, PAGE, TOTAL_AMOUNT};
use crate::domain::payment::{PaymentSource, PaymentStatus};
use crate::http::openapi::schemas::{
    EMAIL, INSTANT, INSTANT_OR_NULL, MESSAGE, SOME_TEXT, SUCCESS, TEXT, TEXT_OR_NULL,
};
use crate::http::openapi::shape::Shape::{Always, Flag, Form, List, Named, Object, Word, Words};
use crate::http::openapi::shape::{Shape, required};

/// Every shape of these with a name.
pub(super) const SCHEMAS: &[(&str, Shape)] = &[
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
];
