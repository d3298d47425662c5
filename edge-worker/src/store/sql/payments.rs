//! SQL of payments and refunds.

/// The subscription that the payment of an order prolongs: the one it names, or the last of the product that was not taken
/// away. `?1` order.
macro_rules! running {
    ($columns:literal) => {
        concat!(
            "SELECT ",
            $columns,
            " FROM orders JOIN user_products AS held ON held.user_id = orders.user_id AND held.product_id = orders.product_id
              JOIN subscriptions ON subscriptions.user_product_id = held.id
              WHERE orders.id = ?1 AND held.revoked_at IS NULL
                AND (orders.user_product_id IS NULL OR orders.user_product_id = held.id)
              ORDER BY held.ends_at DESC, held.id LIMIT 1"
        )
    };
}

/// The order with a number. `?1` number.
pub const ORDER_BY_NUMBER: &str = "SELECT id FROM orders WHERE number = ?1";

/// An order with its product, the payment that settled it, and who earns by it: the partner whom the payer is bound to, or, with
/// the first payment of somebody who is bound to nobody, the one whose link they followed to order. Nobody earns by their own
/// payments, nor after their account was deleted. `?1` order.
pub const ORDER_TO_PAY: &str = "
    SELECT orders.id, payers.id AS user_id, orders.product_id, products.kind, products.period, orders.amount,
           orders.state, settled.id AS payment_id, settled.source AS payment_source, settled.provider_ref AS payment_ref,
           partners.id AS partner_id, referrals.partner_id IS NOT NULL AS is_bound
    FROM orders JOIN products ON products.id = orders.product_id
    LEFT JOIN users AS payers ON payers.id = orders.user_id AND payers.deleted_at IS NULL
    LEFT JOIN payments AS settled ON settled.order_id = orders.id AND settled.status IN ('success', 'refunded')
    LEFT JOIN referrals ON referrals.user_id = orders.user_id
    LEFT JOIN users AS partners ON partners.id <> orders.user_id AND partners.deleted_at IS NULL AND partners.id = coalesce(
      referrals.partner_id,
      (SELECT invited.id FROM users AS invited
       WHERE invited.referral_code = orders.referral_code AND NOT EXISTS (
         SELECT 1 FROM payments WHERE user_id = orders.user_id AND status IN ('success', 'refunded'))))
    WHERE orders.id = ?1";

/// The subscription that the payment of an order prolongs. `?1` order.
pub const RUNNING: &str =
    running!("held.id, held.ends_at, subscriptions.period, subscriptions.anchor_day");

/// Undoes the transaction unless an order waits for just this payment. `?1` order, `?2` amount, `?3` who pays.
pub const GUARD_ORDER: &str = "
    SELECT CASE WHEN EXISTS (
      SELECT 1 FROM orders JOIN users ON users.id = orders.user_id
      WHERE orders.id = ?1 AND orders.state = 'waiting' AND orders.amount = ?2 AND users.id = ?3 AND users.deleted_at IS NULL
    ) THEN 1 ELSE json('the order changed meanwhile') END AS guard";

/// Undoes the transaction unless the payment would prolong this subscription, with this end. `?1` order, `?2` client's
/// product, `?3` end.
pub const GUARD_RUNNING: &str = concat!(
    "SELECT CASE WHEN (",
    running!("held.id"),
    ") IS ?2 AND (SELECT ends_at FROM user_products WHERE id = ?2) IS ?3
     THEN 1 ELSE json('the subscription changed meanwhile') END AS guard"
);

/// Undoes the transaction unless somebody is bound to this partner. `?1` who pays, `?2` partner.
pub const GUARD_PARTNER: &str = "
    SELECT CASE WHEN EXISTS (SELECT 1 FROM referrals WHERE user_id = ?1 AND partner_id = ?2)
    THEN 1 ELSE json('the binding changed meanwhile') END AS guard";

/// Names the partner of somebody who has none. `?1` user, `?2` partner, `?3` now.
pub const NAME_PARTNER: &str =
    "UPDATE users SET referred_by = ?2, updated_at = ?3 WHERE id = ?1 AND referred_by IS NULL";

/// Binds somebody to the partner whom their account names. `?1` user, `?2` now.
pub const BIND: &str = "
    INSERT INTO referrals (user_id, partner_id, bound_at)
    SELECT id, referred_by, ?2 FROM users WHERE id = ?1 AND referred_by IS NOT NULL
    ON CONFLICT (user_id) DO NOTHING";

/// Settles an order. `?1` order, `?2` now.
pub const SETTLE_ORDER: &str =
    "UPDATE orders SET state = 'paid', updated_at = ?2 WHERE id = ?1 AND state = 'waiting'";

/// Writes a payment that came. `?1` id, `?2` order, `?3` user, `?4` client's product, `?5` amount, `?6` source, `?7` begin and
/// `?8` end of the period, `?9` reference, `?10` when it came, `?11` now.
pub const ADD_PAYMENT: &str = "
    INSERT INTO payments (id, order_id, user_id, user_product_id, amount, status, source, period_start, period_end,
                          provider_ref, created_at, updated_at)
    VALUES (?1, ?2, ?3, ?4, ?5, 'success', ?6, ?7, ?8, ?9, ?10, ?11)";

/// Prolongs a subscription that was paid for; whoever pays wants it renewed. `?1` client's product, `?2` begin of the period,
/// `?3` anchor.
pub const NEXT_PERIOD: &str = "
    UPDATE subscriptions SET period_start = ?2, anchor_day = ?3, cancelled_at = NULL WHERE user_product_id = ?1";

/// Moves the end of what a client paid for. `?1` client's product, `?2` end, `?3` now.
pub const MOVE_PAID_END: &str = "
    UPDATE user_products SET ends_at = ?2, noticed_end_at = NULL, updated_at = ?3 WHERE id = ?1";

/// A payment with what it bought and what a partner earned by it. `?1` payment.
pub const PAYMENT_TO_REFUND: &str = "
    SELECT payments.id, payments.user_id, payments.amount, payments.refunded, payments.status,
           payments.period_start, payments.period_end, held.id AS user_product_id, held.ends_at, held.revoked_at,
           commissions.partner_id, commissions.rate_bp, commissions.amount AS commission, commissions.taken_back,
           commissions.matured_at IS NOT NULL AS is_matured
    FROM payments
    LEFT JOIN user_products AS held ON held.id = payments.user_product_id
    LEFT JOIN commissions ON commissions.payment_id = payments.id
    WHERE payments.id = ?1";

/// Undoes the transaction unless so much of a payment was given back, its commission is as it was, and what it bought ends when
/// it did. `?1` payment, `?2` given back, `?3` taken back of the commission, `?4` whether it matured, `?5` end of what was
/// bought.
pub const GUARD_REFUND: &str = "
    SELECT CASE WHEN EXISTS (
      SELECT 1 FROM payments
      LEFT JOIN user_products AS held ON held.id = payments.user_product_id
      LEFT JOIN commissions ON commissions.payment_id = payments.id
      WHERE payments.id = ?1 AND payments.status = 'success' AND payments.refunded = ?2
        AND coalesce(commissions.taken_back, 0) = ?3 AND (commissions.matured_at IS NOT NULL) = ?4
        AND held.ends_at IS ?5
    ) THEN 1 ELSE json('the payment changed meanwhile') END AS guard";

/// Says how much of a payment was given back. `?1` payment, `?2` in all, `?3` now.
pub const GIVE_BACK: &str = "
    UPDATE payments SET refunded = ?2, status = iif(amount = ?2, 'refunded', status), updated_at = ?3 WHERE id = ?1";

/// Writes a refund. `?1` payment, `?2` given back in all, `?3` this time, `?4` reason, `?5` now, `?6` what an
/// operator calls it.
pub const ADD_REFUND: &str = "
    INSERT INTO refunds (payment_id, total, amount, reason, created_at, reference) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

/// Takes away what was bought with money that was given back. `?1` client's product, `?2` now.
pub const REVOKE_REFUNDED: &str = "
    UPDATE user_products SET revoked_at = ?2, revoked_for = 'refund', updated_at = ?2 WHERE id = ?1 AND revoked_at IS NULL";
