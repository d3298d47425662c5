//! SQL of a client's payments as a list: of a time, with a status, in an order.

use crate::app::ports::cabinet::PaymentOrder;

/// A client's payments of a time in an order. `?1` user, `?2` how many, `?3` after how many, `?4` since, `?5` before.
macro_rules! listed {
    ($condition:literal, $order:literal) => {
        concat!(
            "SELECT ",
            payment_columns!(),
            " FROM payments",
            join_order!(),
            "
    WHERE payments.user_id = ?1 AND payments.created_at >= ?4 AND payments.created_at < ?5",
            $condition,
            " ORDER BY ",
            $order,
            " LIMIT ?2 OFFSET ?3"
        )
    };
}

/// The four orders of a list. Payments of one moment, or of one amount, have an order, too: pages must not overlap.
macro_rules! in_order {
    ($order:expr, $condition:literal) => {
        match $order {
            PaymentOrder::Newest => {
                listed!($condition, "payments.created_at DESC, payments.id DESC")
            }
            PaymentOrder::Oldest => {
                listed!($condition, "payments.created_at, payments.id")
            }
            PaymentOrder::Largest => {
                listed!(
                    $condition,
                    "payments.amount DESC, payments.created_at DESC, payments.id DESC"
                )
            }
            PaymentOrder::Smallest => {
                listed!(
                    $condition,
                    "payments.amount, payments.created_at DESC, payments.id DESC"
                )
            }
        }
    };
}

/// A client's payments. `?1` user, `?2` how many, `?3` after how many, `?4` since, `?5` before.
#[must_use]
pub const fn payments(order: PaymentOrder) -> &'static str {
    in_order!(order, "")
}

/// Those with one status. The same, and `?6` status.
#[must_use]
pub const fn payments_with_status(order: PaymentOrder) -> &'static str {
    in_order!(order, " AND payments.status = ?6")
}

/// How many payments a client has, and what they brought. `?1` user; of those to count `?2` status or nothing, `?3` since,
/// `?4` before.
pub const TOTALS: &str = "
    SELECT count(*) FILTER (WHERE (?2 IS NULL OR status = ?2) AND created_at >= ?3 AND created_at < ?4) AS listed,
           count(*) FILTER (WHERE status = 'success') AS successful,
           coalesce(sum(amount - refunded) FILTER (WHERE status = 'success'), 0) AS spent
    FROM payments WHERE user_id = ?1";

/// What a client's payments brought in each month of Moscow's calendar, which is three hours ahead of UTC. `?1` user, `?2` since.
pub const MONTHS: &str = "
    SELECT strftime('%Y-%m', (created_at + 10800000) / 1000, 'unixepoch') AS month, sum(amount - refunded) AS spent
    FROM payments WHERE user_id = ?1 AND status = 'success' AND created_at >= ?2 GROUP BY month ORDER BY month";
