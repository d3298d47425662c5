//! SQL of what clients have.

/// Writes what a client has, if there are such a client and such a product. `?1` id, `?2` user, `?3` product, `?4` begin, `?5` end,
/// `?6` and `?7` addresses of this client's own, `?8` now.
pub const ADD_HOLDING: &str = "
    INSERT INTO user_products (id, user_id, product_id, starts_at, ends_at, app_url, admin_url, created_at, updated_at)
    SELECT ?1, users.id, products.id, ?4, ?5, ?6, ?7, ?8, ?8 FROM users, products
    WHERE users.id = ?2 AND users.deleted_at IS NULL AND products.id = ?3";

/// Makes a subscription of what a client has. `?1` client's product, `?2` period, `?3` anchor, `?4` begin of the period.
pub const ADD_SUBSCRIPTION: &str = "
    INSERT INTO subscriptions (user_product_id, period, anchor_day, period_start, renewal_price)
    SELECT held.id, ?2, ?3, ?4, products.price FROM user_products AS held JOIN products ON products.id = held.product_id
    WHERE held.id = ?1";

/// What a client has. `?1` client's product.
pub const HOLDING: &str = "
    SELECT held.id, held.user_id, held.starts_at, held.ends_at, held.revoked_at, subscriptions.cancelled_at,
           subscriptions.user_product_id IS NOT NULL AS is_subscription
    FROM user_products AS held LEFT JOIN subscriptions ON subscriptions.user_product_id = held.id
    WHERE held.id = ?1";

/// Takes a product away. `?1` client's product, `?2` now.
pub const REVOKE: &str = "
    UPDATE user_products SET revoked_at = ?2, revoked_for = 'operator', updated_at = ?2 WHERE id = ?1 AND revoked_at IS NULL";

/// Moves the end of a subscription. `?1` client's product, `?2` end, `?3` now.
pub const MOVE_END: &str = "
    UPDATE user_products SET ends_at = ?2, noticed_end_at = NULL, updated_at = ?3
    WHERE id = ?1 AND revoked_at IS NULL AND starts_at <= ?2 AND ends_at <> ?2
      AND EXISTS (SELECT 1 FROM subscriptions WHERE user_product_id = ?1)";

/// The ends that have come and were not put down, the oldest first. `?1` now, `?2` how many.
macro_rules! ended {
    () => {
        "SELECT id, user_id, ends_at FROM user_products
         WHERE noticed_end_at IS NULL AND revoked_at IS NULL AND ends_at <= ?1 ORDER BY ends_at, id LIMIT ?2"
    };
}

/// Puts them down in the log, each at its own time. `?1` and `?2` as above.
pub const RECORD_ENDS: &str = concat!(
    "INSERT INTO audit (event, user_id, actor, at, subject)
     SELECT 'product_ended', user_id, 'system', ends_at, id FROM (",
    ended!(),
    ")"
);

/// Marks them. `?1` and `?2` as above.
pub const MARK_ENDS: &str = concat!(
    "UPDATE user_products SET noticed_end_at = ?1 WHERE id IN (SELECT id FROM (",
    ended!(),
    "))"
);
