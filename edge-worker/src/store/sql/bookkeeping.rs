//! SQL of what operators read in the books. `tests/api/bookkeeping.rs` asks SQLite how it would find the rows of each text.

/// An order with whose it is, where the condition holds.
macro_rules! orders {
    ($condition:literal) => {
        concat!(
            "SELECT orders.id, orders.number, orders.amount, orders.state, orders.created_at, products.slug,
            users.id AS user_id, users.email, users.name
    FROM orders JOIN products ON products.id = orders.product_id LEFT JOIN users ON users.id = orders.user_id
    WHERE ",
            $condition
        )
    };
}

/// The order with a number. `?1` number.
pub const BOOKED_ORDER: &str = orders!("orders.number = ?1");

/// Somebody's last orders. `?1` user, `?2` how many.
pub const ORDERS_OF: &str =
    orders!("orders.user_id = ?1 ORDER BY orders.created_at DESC, orders.id DESC LIMIT ?2");

/// A payment with whose it is, where the condition holds.
macro_rules! payments {
    ($condition:literal) => {
        concat!(
            "SELECT payments.id, payments.order_id, orders.number, orders.product_id, products.slug, payments.amount, payments.refunded,
            payments.status, payments.source, payments.provider_ref, payments.period_start, payments.period_end,
            payments.created_at, users.id AS user_id, users.email, users.name
    FROM payments JOIN orders ON orders.id = payments.order_id JOIN products ON products.id = orders.product_id
    JOIN users ON users.id = payments.user_id
    WHERE ",
            $condition
        )
    };
}

/// A payment. `?1` payment.
pub const BOOKED_PAYMENT: &str = payments!("payments.id = ?1");

/// The payment that is called so. `?1` source, `?2` reference.
pub const PAYMENT_CALLED: &str = payments!("payments.source = ?1 AND payments.provider_ref = ?2");

/// Somebody's last payments. `?1` user, `?2` how many.
pub const PAYMENTS_OF: &str =
    payments!("payments.user_id = ?1 ORDER BY payments.created_at DESC, payments.id DESC LIMIT ?2");

/// The refund that is called so. `?1` payment, `?2` reference.
pub const REFUND_CALLED: &str =
    "SELECT amount FROM refunds WHERE payment_id = ?1 AND reference = ?2";

/// An order as it would be. `?1` id, `?2` user, `?3` product, `?4` amount, which D1 knows as a float. Whose link somebody followed to order is not known of an
/// order that an operator makes: only the partner whom they are bound to earns.
pub const ORDER_IN_MIND: &str = "
    SELECT ?1 AS id, users.id AS user_id, products.id AS product_id, products.kind, products.period, CAST(?4 AS INTEGER) AS amount,
           'waiting' AS state, NULL AS payment_id, NULL AS payment_source, NULL AS payment_ref,
           partners.id AS partner_id, referrals.partner_id IS NOT NULL AS is_bound
    FROM users JOIN products ON products.id = ?3
    LEFT JOIN referrals ON referrals.user_id = users.id
    LEFT JOIN users AS partners ON partners.id = referrals.partner_id AND partners.deleted_at IS NULL
    WHERE users.id = ?2 AND users.deleted_at IS NULL";

/// The subscription that its payment would prolong, as [`super::payments::RUNNING`] finds it for an order. `?1` user, `?2` product.
pub const RUNNING_IN_MIND: &str = "
    SELECT held.id, held.ends_at, subscriptions.period, subscriptions.anchor_day
    FROM user_products AS held JOIN subscriptions ON subscriptions.user_product_id = held.id
    WHERE held.user_id = ?1 AND held.product_id = ?2 AND held.revoked_at IS NULL
    ORDER BY held.ends_at DESC, held.id LIMIT 1";

/// Writes an order that is made together with its payment. `?1` id, `?2` number, `?3` user, `?4` product, `?5` amount, `?6` now.
pub const ADD_ORDER: &str = "
    INSERT INTO orders (id, number, user_id, product_id, amount, customer_name, customer_email, customer_phone, created_at, updated_at)
    SELECT ?1, ?2, users.id, products.id, ?5, users.name, users.email, users.phone, ?6, ?6 FROM users, products
    WHERE users.id = ?3 AND users.deleted_at IS NULL AND products.id = ?4";

/// A payout with whose it is, where the condition holds.
macro_rules! payouts {
    ($condition:literal) => {
        concat!(
            "SELECT payouts.id, payouts.amount, payouts.state, payouts.legal_form, payouts.recipient, payouts.inn,
            payouts.method, payouts.bik, payouts.account, payouts.phone, payouts.bank_ref, payouts.reason,
            payouts.requested_at, payouts.updated_at, payouts.settled_at, users.id AS user_id, users.email, users.name
    FROM payouts JOIN users ON users.id = payouts.partner_id
    WHERE ",
            $condition
        )
    };
}

/// Payouts that are so far, the oldest first. `?1` state, `?2` how many.
pub const OLDEST_PAYOUTS: &str =
    payouts!("payouts.state = ?1 ORDER BY payouts.requested_at, payouts.id LIMIT ?2");

/// Payouts that are so far, the newest first. `?1` state, `?2` how many.
pub const NEWEST_PAYOUTS: &str =
    payouts!("payouts.state = ?1 ORDER BY payouts.requested_at DESC, payouts.id DESC LIMIT ?2");

/// A payout. `?1` payout.
pub const BOOKED_PAYOUT: &str = payouts!("payouts.id = ?1");

/// Somebody's last payouts. `?1` user, `?2` how many.
pub const PAYOUTS_OF: &str = payouts!(
    "payouts.partner_id = ?1 ORDER BY payouts.requested_at DESC, payouts.id DESC LIMIT ?2"
);
