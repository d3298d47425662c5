//! Gleb, who pays often: lists, pages and exports have something to do.

use anyhow::Result;
use edge_worker::app::ports::Clock as _;
use edge_worker::domain::catalogue::DocumentType;
use edge_worker::domain::identifiers::{OrderId, PaymentId};
use edge_worker::domain::order::OrderNumber;
use edge_worker::domain::payment::PaymentSource;
use edge_worker::store::SqlValue;
use serde_json::{Value, json};

use crate::clients::settle_in;
use crate::stage::Stage;
use crate::timeline::Timeline;

const GLEB: &str = "gleb";

/// How many payments there are in all.
const PAYMENTS: usize = 2_000;
/// How many of them pay for his subscription, a month each.
const MONTHS: u32 = 24;
/// For how long he has been paying.
const DAYS: i64 = 720;

const ADD_ORDERS: &str = "
    INSERT INTO orders (id, number, user_id, product_id, amount, state, customer_name, customer_email, customer_phone, created_at, updated_at)
    SELECT value ->> 'order', value ->> 'number', users.id, products.id, products.price, value ->> 'state', users.name, users.email,
           users.phone, value ->> 'at', value ->> 'at'
    FROM json_each(?2), users, products WHERE users.id = ?1 AND products.slug = 'messages'";

const ADD_PAYMENTS: &str = "
    INSERT INTO payments (id, order_id, user_id, amount, status, source, failure_reason, created_at, updated_at)
    SELECT value ->> 'payment', orders.id, user_id, amount, value ->> 'status', 'mit', value ->> 'reason', created_at, created_at
    FROM json_each(?1) JOIN orders ON orders.id = value ->> 'order'";

const ADD_RECEIPTS: &str = "
    INSERT INTO receipts (id, payment_id, url, issued_at)
    SELECT value ->> 'receipt', payments.id, 'https://receipts.example.com/' || (value ->> 'receipt'), created_at
    FROM json_each(?1) JOIN payments ON payments.id = value ->> 'payment' WHERE status = 'success'";

pub(super) fn live(timeline: &mut Timeline) {
    timeline.days_ago(725, |stage| {
        settle_in(
            stage,
            GLEB,
            "Глеб Соколов",
            &[DocumentType::Privacy, DocumentType::CabinetTerms],
        )
    });
    for month in 0..MONTHS {
        timeline.days_ago(718 - 30 * month, move |stage| {
            let paid = if month == 0 {
                stage.buy(GLEB, "shop", PaymentSource::CurrentAccount)
            } else {
                stage.renew(GLEB, "shop", PaymentSource::CurrentAccount)
            };
            paid.map(drop)
        });
    }
    timeline.minutes_ago(5, send_messages);
}

/// The packs of messages that he has paid and used up: bought as a client buys, each would stand in his cabinet for ever.
fn send_messages(stage: &Stage) -> Result<()> {
    const DAY: i64 = 24 * 60 * 60 * 1_000;
    let packs = i64::try_from(PAYMENTS)?.saturating_sub(MONTHS.into());
    let now = stage.clock.now().millis();
    let rows: Value = (0..packs)
        .map(|index| {
            let fate = u64::from_le_bytes(stage.dice.bytes()) % 100;
            let (order, status, reason) = match fate {
                0..90 => ("paid", "success", None),
                90..97 => ("waiting", "failed", Some("Банк отклонил платёж")),
                _ => ("cancelled", "cancelled", None),
            };
            json!({
                "order": OrderId::from_random(stage.dice.bytes()).to_string(),
                "number": OrderNumber::from_random(stage.dice.bytes()).as_str(),
                "payment": PaymentId::from_random(stage.dice.bytes()).to_string(),
                "receipt": PaymentId::from_random(stage.dice.bytes()).to_string(),
                "at": now.saturating_sub(DAYS.saturating_mul(DAY).saturating_mul(index).saturating_div(packs)),
                "state": order,
                "status": status,
                "reason": reason,
            })
        })
        .collect();
    let rows = rows.to_string();
    let user: SqlValue = stage.id(GLEB)?.number().into();
    stage.write(ADD_ORDERS, [user, rows.as_str().into()])?;
    stage.write(ADD_PAYMENTS, [rows.as_str().into()])?;
    stage.write(ADD_RECEIPTS, [rows.into()])
}
