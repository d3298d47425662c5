//! SQL of what a client reads in the cabinet, and of the small changes they make there.
//!
//! Every text names the client, so nobody reads or touches rows of somebody else by guessing an id. `tests/api/plans.rs` asks
//! SQLite how it would find the rows of each, and refuses a plan that looks through a table.

/// The newest version of a document, as `store::cabinet::documents` reads it.
macro_rules! document_columns {
    () => {
        "documents.id AS document_id, documents.type AS document_type, documents.slug AS document_slug,
         versions.version AS document_version, versions.title_ru AS document_title_ru, versions.title_en AS document_title_en,
         versions.text_ru AS document_text_ru, versions.text_en AS document_text_en, versions.url AS document_url,
         versions.published_at AS document_published_at"
    };
}

/// A product with its terms, as `store::cabinet::catalogue` reads it.
macro_rules! product_columns {
    () => {
        concat!(
            "products.id AS product_id, products.slug, products.name_ru, products.name_en, products.description_ru,
             products.description_en, products.kind, products.period, products.price,
             products.created_at AS product_created_at, products.updated_at AS product_updated_at,
             products.retired_at AS product_retired_at, products.admin_url AS product_admin_url, ",
            document_columns!()
        )
    };
}

/// The terms of a product.
macro_rules! join_terms {
    () => {
        "
    LEFT JOIN documents ON documents.id = products.terms_id
    LEFT JOIN document_versions AS versions ON versions.document_id = documents.id AND versions.version = (
      SELECT max(latest.version) FROM document_versions AS latest WHERE latest.document_id = documents.id)"
    };
}

/// What a client has, where the condition holds.
macro_rules! client_products {
    ($condition:literal) => {
        concat!(
            "SELECT held.id, held.starts_at, held.ends_at, held.revoked_at, subscriptions.cancelled_at,
             subscriptions.renewal_price, subscriptions.payment_method_id, coalesce(held.app_url, products.app_url) AS app_url,
             held.admin_url, held.created_at, held.updated_at, ",
            product_columns!(),
            "
    FROM user_products AS held
    JOIN products ON products.id = held.product_id
    LEFT JOIN subscriptions ON subscriptions.user_product_id = held.id",
            join_terms!(),
            "
    WHERE held.user_id = ?1",
            $condition
        )
    };
}

/// What a client has and had. `?1` user.
pub const CLIENT_PRODUCTS: &str = client_products!(" ORDER BY held.created_at DESC, held.id DESC");

/// One thing that a client has or had. `?1` user, `?2` client's product.
pub const CLIENT_PRODUCT: &str = client_products!(" AND held.id = ?2");

/// What is sold.
pub const ON_SALE: &str = concat!(
    "SELECT ",
    product_columns!(),
    " FROM products",
    join_terms!(),
    "
    WHERE products.retired_at IS NULL ORDER BY products.created_at DESC, products.id DESC"
);

/// An order, as `store::cabinet::payments` reads it.
macro_rules! order_columns {
    () => {
        "orders.id AS order_id, orders.number AS order_number, orders.amount AS order_amount, orders.state AS order_state,
         orders.customer_name, orders.customer_email, orders.customer_phone, orders.created_at AS order_created_at,
         products.name_ru AS product_ru, products.name_en AS product_en"
    };
}

/// A payment with its order and its receipt, as `store::cabinet::payments` reads it.
macro_rules! payment_columns {
    () => {
        concat!(
            "payments.id, payments.amount, payments.refunded, payments.status, payments.source, payments.period_start,
             payments.period_end, payments.failure_reason, payments.created_at, payments.updated_at,
             receipts.url AS receipt_url, ",
            order_columns!()
        )
    };
}

/// What a payment is told with.
macro_rules! join_order {
    () => {
        "
    JOIN orders ON orders.id = payments.order_id
    JOIN products ON products.id = orders.product_id
    LEFT JOIN receipts ON receipts.payment_id = payments.id AND receipts.refunded = 0"
    };
}

pub mod payment_list;

/// One payment. `?1` user, `?2` payment.
pub const PAYMENT: &str = concat!(
    "SELECT ",
    payment_columns!(),
    " FROM payments",
    join_order!(),
    "
    WHERE payments.user_id = ?1 AND payments.id = ?2"
);

/// A client's order that waits for its payment to prolong a product. `?1` user, `?2` client's product.
pub const WAITING_RENEWAL: &str = concat!(
    "SELECT ",
    order_columns!(),
    " FROM orders JOIN products ON products.id = orders.product_id
    WHERE orders.user_product_id = ?2 AND orders.user_id = ?1 AND orders.state = 'waiting'"
);

/// Payments that went through, and refunds, as one list. `?1` user, `?2` how many, `?3` after how many.
pub const TRANSACTIONS: &str = concat!(
    "WITH moved AS (
       SELECT id AS payment_id, NULL AS refunded_by_then, amount AS moved_amount, created_at AS moved_at
       FROM payments WHERE user_id = ?1 AND status IN ('success', 'refunded')
       UNION ALL
       SELECT refunds.payment_id, refunds.total, refunds.amount, refunds.created_at
       FROM payments JOIN refunds ON refunds.payment_id = payments.id
       WHERE payments.user_id = ?1 AND payments.status IN ('success', 'refunded')
       ORDER BY moved_at DESC, payment_id DESC, refunded_by_then DESC LIMIT ?2 OFFSET ?3)
     SELECT moved.refunded_by_then, moved.moved_amount, moved.moved_at, ",
    payment_columns!(),
    " FROM moved JOIN payments ON payments.id = moved.payment_id",
    join_order!(),
    " ORDER BY moved.moved_at DESC, moved.payment_id DESC, moved.refunded_by_then DESC"
);

/// How many there are. `?1` user.
pub const COUNT_TRANSACTIONS: &str = "
    SELECT count(*) + coalesce(sum(
      (SELECT count(*) FROM refunds WHERE refunds.payment_id = payments.id)), 0) AS total
    FROM payments WHERE user_id = ?1 AND status IN ('success', 'refunded')";

/// A way to pay, as `store::cabinet::payments` reads it.
macro_rules! method_columns {
    () => {
        "SELECT id, provider, pan_mask, expires, card_type, is_default, created_at, updated_at FROM payment_methods
    WHERE user_id = ?1 AND revoked_at IS NULL"
    };
}

/// A client's ways to pay. `?1` user.
pub const METHODS: &str = concat!(
    method_columns!(),
    " ORDER BY is_default DESC, created_at DESC, id DESC"
);

/// One way to pay. `?1` user, `?2` method.
pub const METHOD: &str = concat!(method_columns!(), " AND id = ?2");

/// The documents that everybody accepts, the newest of each type first.
pub const DOCUMENTS: &str = concat!(
    "SELECT ",
    document_columns!(),
    " FROM documents
    JOIN document_versions AS versions ON versions.document_id = documents.id AND versions.version = (
      SELECT max(latest.version) FROM document_versions AS latest WHERE latest.document_id = documents.id)
    WHERE documents.type IN ('privacy', 'cabinet_terms', 'affiliate_terms') AND documents.retired_at IS NULL
    ORDER BY documents.created_at DESC, documents.id DESC"
);

/// The latest version of each document that a client has accepted. `?1` user.
pub const ACCEPTED: &str = "
    SELECT document_id, max(version) AS version, accepted_at FROM acceptances WHERE user_id = ?1 GROUP BY document_id";

/// The figures of the partner programme. `?1` user, `?2` now.
pub const EARNINGS: &str = "
    SELECT
      (SELECT count(*) FROM referrals WHERE partner_id = ?1) AS invited,
      (SELECT count(*) FROM referrals WHERE partner_id = ?1 AND EXISTS (
        SELECT 1 FROM commissions WHERE commissions.user_id = referrals.user_id AND commissions.amount > commissions.taken_back)) AS paying,
      (SELECT coalesce(sum(amount - taken_back), 0) FROM commissions WHERE partner_id = ?1) AS earned,
      (SELECT coalesce(sum(amount - taken_back), 0) FROM commissions
       WHERE partner_id = ?1 AND matured_at IS NULL AND held_until <= ?2) AS due,
      (SELECT coalesce(sum(amount), 0) FROM payouts WHERE partner_id = ?1 AND state = 'paid') AS paid,
      (SELECT coalesce(sum(balance), 0) FROM accounts WHERE partner_id = ?1 AND kind = 'pending') AS pending,
      (SELECT coalesce(sum(balance), 0) FROM accounts WHERE partner_id = ?1 AND kind = 'available') AS available,
      (SELECT coalesce(sum(balance), 0) FROM accounts WHERE partner_id = ?1 AND kind = 'reserved') AS reserved,
      (SELECT coalesce(sum(balance), 0) FROM accounts WHERE partner_id = ?1 AND kind = 'debt') AS debt";

/// What a partner earned in each of the last twelve months of Moscow's calendar in which there was something, less what was taken
/// back since. `?1` user, `?2` now.
pub const EARNED_BY_MONTH: &str = "
    SELECT strftime('%Y-%m', created_at / 1000, 'unixepoch', '+3 hours') AS month, sum(amount - taken_back) AS earned
    FROM commissions
    WHERE partner_id = ?1
      AND created_at >= 1000 * unixepoch(?2 / 1000, 'unixepoch', '+3 hours', 'start of month', '-11 months', '-3 hours')
    GROUP BY month ORDER BY month";

/// Who came by a client's link. `?1` user, `?2` how many, `?3` after how many.
pub const INVITED: &str = "
    SELECT referrals.user_id, users.email, users.name, referrals.bound_at,
           (SELECT coalesce(sum(commissions.amount - commissions.taken_back), 0) FROM commissions
            WHERE commissions.user_id = referrals.user_id) AS earned
    FROM referrals JOIN users ON users.id = referrals.user_id
    WHERE referrals.partner_id = ?1
    ORDER BY referrals.bound_at DESC, referrals.user_id DESC LIMIT ?2 OFFSET ?3";

/// What payments brought to a partner. `?1` user, `?2` how many, `?3` after how many.
pub const COMMISSIONS: &str = "
    SELECT commissions.payment_id, commissions.user_id, users.email, users.name, referrals.bound_at, commissions.base,
           commissions.rate_bp, commissions.amount, commissions.taken_back, commissions.held_until, commissions.created_at,
           orders.created_at AS ordered_at, products.name_ru AS product_ru, products.name_en AS product_en
    FROM commissions
    JOIN users ON users.id = commissions.user_id
    JOIN referrals ON referrals.user_id = commissions.user_id
    JOIN payments ON payments.id = commissions.payment_id
    JOIN orders ON orders.id = payments.order_id
    JOIN products ON products.id = orders.product_id
    WHERE commissions.partner_id = ?1
    ORDER BY commissions.created_at DESC, commissions.payment_id DESC LIMIT ?2 OFFSET ?3";

/// How many there are. `?1` user.
pub const COUNT_COMMISSIONS: &str =
    "SELECT count(*) AS total FROM commissions WHERE partner_id = ?1";

/// A partner's payouts. `?1` user, `?2` how many, `?3` after how many.
pub const PAYOUTS: &str = "
    SELECT id, amount, state, method, bank_ref, reason, requested_at, updated_at, settled_at FROM payouts
    WHERE partner_id = ?1 ORDER BY requested_at DESC, id DESC LIMIT ?2 OFFSET ?3";

/// How many there are. `?1` user.
pub const COUNT_PAYOUTS: &str = "SELECT count(*) AS total FROM payouts WHERE partner_id = ?1";

/// The client's subscription works. `?1` user, `?2` client's product, `?3` now.
macro_rules! is_open {
    () => {
        "EXISTS (
      SELECT 1 FROM user_products AS held WHERE held.id = ?2 AND held.user_id = ?1 AND held.revoked_at IS NULL
        AND held.starts_at <= ?3 AND (held.ends_at IS NULL OR held.ends_at > ?3))"
    };
}

/// Asks not to renew a subscription. `?1` user, `?2` client's product, `?3` now.
pub const CANCEL_RENEWAL: &str = concat!(
    "UPDATE subscriptions SET cancelled_at = ?3 WHERE user_product_id = ?2 AND cancelled_at IS NULL AND ",
    is_open!()
);

/// Takes that back. `?1` user, `?2` client's product, `?3` now.
pub const RESUME_RENEWAL: &str = concat!(
    "UPDATE subscriptions SET cancelled_at = NULL WHERE user_product_id = ?2 AND cancelled_at IS NOT NULL AND ",
    is_open!()
);

/// Orders another period of a subscription, unless an order for one waits. `?1` user, `?2` client's product, `?3` now, `?4` id,
/// `?5` number.
pub const ORDER_RENEWAL: &str = "
    INSERT INTO orders (id, number, user_id, product_id, user_product_id, amount, customer_name, customer_email,
                        customer_phone, referral_code, created_at, updated_at)
    SELECT ?4, ?5, users.id, held.product_id, held.id, subscriptions.renewal_price, users.name, users.email, users.phone, ?6, ?3, ?3
    FROM user_products AS held
    JOIN subscriptions ON subscriptions.user_product_id = held.id
    JOIN users ON users.id = held.user_id AND users.is_active = 1
    WHERE held.id = ?2 AND held.user_id = ?1 AND held.revoked_at IS NULL AND held.starts_at <= ?3
      AND subscriptions.renewal_price > 0
    ON CONFLICT DO NOTHING";

/// Takes the first place from the way to pay that has it, if there is another to give it to. `?1` user, `?2` method, `?3` now.
pub const LEAVE_FIRST_PLACE: &str = "
    UPDATE payment_methods SET is_default = 0, updated_at = ?3
    WHERE user_id = ?1 AND is_default = 1 AND id <> ?2 AND EXISTS (
      SELECT 1 FROM payment_methods AS chosen WHERE chosen.id = ?2 AND chosen.user_id = ?1 AND chosen.revoked_at IS NULL)";

/// Gives it to another. `?1` user, `?2` method, `?3` now.
pub const TAKE_FIRST_PLACE: &str = "
    UPDATE payment_methods SET is_default = 1, updated_at = ?3
    WHERE id = ?2 AND user_id = ?1 AND revoked_at IS NULL AND is_default = 0";

/// Removes a way to pay and forgets by what name the bank charges it. The default one stays as long as there are others. `?1` user,
/// `?2` method, `?3` now.
pub const REMOVE_METHOD: &str = "
    UPDATE payment_methods SET revoked_at = ?3, is_default = 0, charge_id = 'removed ' || id, updated_at = ?3
    WHERE id = ?2 AND user_id = ?1 AND revoked_at IS NULL AND (is_default = 0 OR NOT EXISTS (
      SELECT 1 FROM payment_methods AS other WHERE other.user_id = ?1 AND other.revoked_at IS NULL AND other.id <> ?2))";

/// Renews nothing by a way to pay that was removed. `?1` user, `?2` method.
pub const LEAVE_METHOD: &str = "
    UPDATE subscriptions SET payment_method_id = NULL WHERE payment_method_id = ?2 AND EXISTS (
      SELECT 1 FROM payment_methods WHERE id = ?2 AND user_id = ?1 AND revoked_at IS NOT NULL)";

/// What became of a way to pay. `?1` user, `?2` method.
pub const METHOD_REMOVED: &str =
    "SELECT revoked_at FROM payment_methods WHERE id = ?2 AND user_id = ?1";

/// The newest document of a type, or the one with a number if it is of the type. `?2` type, `?3` number or nothing.
macro_rules! chosen_document {
    () => {
        " FROM documents
    JOIN document_versions AS versions ON versions.document_id = documents.id AND versions.version = (
      SELECT max(latest.version) FROM document_versions AS latest WHERE latest.document_id = documents.id)
    WHERE documents.type = ?2 AND documents.retired_at IS NULL AND (?3 IS NULL OR documents.id = ?3)
    ORDER BY documents.created_at DESC, documents.id DESC LIMIT 1"
    };
}

/// Accepts the newest version of a document, unless the client has read another. `?1` user, `?2` type, `?3` number or nothing,
/// `?4` version that was read, or nothing, `?5` now, `?6` network, `?7` country, `?8` device.
pub const ACCEPT: &str = concat!(
    "INSERT INTO acceptances (user_id, document_id, version, accepted_at, network, country, device)
     SELECT users.id, chosen.id, chosen.version, ?5, ?6, ?7, ?8
     FROM users JOIN (SELECT documents.id, versions.version",
    chosen_document!(),
    ") AS chosen
     WHERE users.id = ?1 AND users.deleted_at IS NULL AND (?4 IS NULL OR chosen.version = ?4)
     ON CONFLICT DO NOTHING"
);

/// Notes on the account that the terms of the partner programme were accepted just now. `?1` user, `?2` now.
pub const NOTE_OFFER: &str = "
    UPDATE users SET offer_accepted_at = ?2, updated_at = ?2
    WHERE id = ?1 AND EXISTS (
      SELECT 1 FROM acceptances JOIN documents ON documents.id = acceptances.document_id
      WHERE acceptances.user_id = ?1 AND acceptances.accepted_at = ?2 AND documents.type = 'affiliate_terms')";

/// A document, and when the client accepted its newest version. `?1` user, `?2` type, `?3` number or nothing.
pub const DOCUMENT_ACCEPTED: &str = concat!(
    "SELECT chosen.*, acceptances.accepted_at, acceptances.network FROM (SELECT ",
    document_columns!(),
    chosen_document!(),
    ") AS chosen
    LEFT JOIN acceptances ON acceptances.user_id = ?1 AND acceptances.document_id = chosen.document_id
      AND acceptances.version = chosen.document_version"
);
