//! The whole database, table by table: how each is read, and how it is filled again.
//!
//! Both texts of a table are made of one list of its columns; a test compares the lists with the schema. The tables stand in
//! the order in which they can be filled: what is referred to stands first.

/// A table of the archive.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its columns.
    pub columns: &'static [&'static str],
    /// Reads rows in the order of the key. `?1` how many, `?2` after how many.
    pub read: &'static str,
    /// Adds rows. `?1` an array of objects, one a row.
    pub fill: &'static str,
    /// Tells whether there is a row.
    pub is_filled: &'static str,
}

/// Declares a table with its key and its columns. What follows the columns is done with rows that a new database has already.
macro_rules! table {
    ($name:literal, $key:literal, [$first:literal $(, $column:literal)* $(,)?]) => {
        table!($name, $key, [$first $(, $column)*], "", "")
    };
    ($name:literal, $key:literal, [$first:literal $(, $column:literal)* $(,)?], $there:literal, $on_conflict:literal) => {
        Table {
            name: $name,
            columns: &[$first $(, $column)*],
            read: concat!(
                "SELECT \"", $first, "\"", $(", \"", $column, "\"",)* " FROM ", $name, " ORDER BY ", $key,
                " LIMIT ?1 OFFSET ?2"
            ),
            fill: concat!(
                "INSERT INTO ", $name, " (\"", $first, "\"", $(", \"", $column, "\"",)* ") SELECT value ->> '", $first, "'",
                $(", value ->> '", $column, "'",)* " FROM json_each(?1) WHERE true", $on_conflict
            ),
            is_filled: concat!("SELECT EXISTS (SELECT 1 FROM ", $name, $there, ") AS is_filled"),
        }
    };
}

/// Every table that holds something of its own.
pub const TABLES: &[Table] = &[
    table!(
        "users",
        "id",
        [
            "id",
            "email",
            "email_key",
            "password_hash",
            "name",
            "phone",
            "role",
            "is_active",
            "telegram_id",
            "email_verified",
            "referral_code",
            "referred_by",
            "terms_accepted_at",
            "offer_accepted_at",
            "created_at",
            "updated_at",
            "deleted_at",
        ]
    ),
    table!(
        "sessions",
        "id",
        [
            "id",
            "user_id",
            "created_at",
            "expires_at",
            "last_seen_at",
            "device",
            "country",
        ]
    ),
    table!(
        "audit",
        "id",
        [
            "id",
            "event",
            "user_id",
            "actor",
            "actor_name",
            "detail",
            "at",
            "network",
            "country",
            "device",
            "fold_key",
            "times",
            "subject",
        ]
    ),
    table!(
        "links",
        "token_hash",
        [
            "token_hash",
            "purpose",
            "user_id",
            "address",
            "session_id",
            "created_at",
            "expires_at",
            "used_at",
        ]
    ),
    table!(
        "outbox",
        "id",
        [
            "id",
            "user_id",
            "address",
            "mail",
            "language",
            "token",
            "name",
            "device",
            "country",
            "about_address",
            "created_at",
            "deadline",
            "attempts",
            "next_attempt_at",
            "sent_at",
            "given_up_at",
            "last_error",
            "product",
            "amount",
            "ends_at",
            "reason",
        ]
    ),
    table!(
        "attempts",
        "kind, key",
        ["kind", "key", "count", "shut_until", "forgotten_at"]
    ),
    table!(
        "imported_users",
        "predecessor_id",
        ["predecessor_id", "user_id", "imported_at"]
    ),
    table!(
        "documents",
        "id",
        ["id", "slug", "type", "created_at", "retired_at"]
    ),
    table!(
        "document_versions",
        "document_id, version",
        [
            "document_id",
            "version",
            "title_ru",
            "title_en",
            "text_ru",
            "text_en",
            "url",
            "published_at",
        ]
    ),
    table!(
        "acceptances",
        "user_id, document_id, version",
        [
            "user_id",
            "document_id",
            "version",
            "accepted_at",
            "network",
            "country",
            "device",
        ]
    ),
    table!(
        "products",
        "id",
        [
            "id",
            "slug",
            "name_ru",
            "name_en",
            "description_ru",
            "description_en",
            "kind",
            "period",
            "price",
            "app_url",
            "admin_url",
            "terms_id",
            "created_at",
            "updated_at",
            "retired_at",
        ]
    ),
    table!(
        "payment_methods",
        "id",
        [
            "id",
            "user_id",
            "provider",
            "charge_id",
            "pan_mask",
            "expires",
            "card_type",
            "is_default",
            "created_at",
            "updated_at",
            "revoked_at",
        ]
    ),
    table!(
        "user_products",
        "id",
        [
            "id",
            "user_id",
            "product_id",
            "starts_at",
            "ends_at",
            "revoked_at",
            "revoked_for",
            "app_url",
            "admin_url",
            "created_at",
            "updated_at",
            "noticed_end_at",
        ]
    ),
    table!(
        "subscriptions",
        "user_product_id",
        [
            "user_product_id",
            "period",
            "anchor_day",
            "period_start",
            "renewal_price",
            "cancelled_at",
            "payment_method_id",
        ]
    ),
    table!(
        "orders",
        "id",
        [
            "id",
            "number",
            "user_id",
            "product_id",
            "user_product_id",
            "amount",
            "state",
            "customer_name",
            "customer_email",
            "customer_phone",
            "referral_code",
            "created_at",
            "updated_at",
        ]
    ),
    table!(
        "payments",
        "id",
        [
            "id",
            "order_id",
            "user_id",
            "user_product_id",
            "amount",
            "refunded",
            "status",
            "source",
            "period_start",
            "period_end",
            "provider_ref",
            "failure_reason",
            "created_at",
            "updated_at",
        ]
    ),
    table!(
        "refunds",
        "payment_id, total",
        [
            "payment_id",
            "total",
            "amount",
            "reason",
            "created_at",
            "reference"
        ]
    ),
    table!(
        "receipts",
        "id",
        ["id", "payment_id", "refunded", "url", "issued_at"]
    ),
    table!(
        "referrals",
        "user_id",
        ["user_id", "partner_id", "bound_at"]
    ),
    table!(
        "commissions",
        "payment_id",
        [
            "payment_id",
            "partner_id",
            "user_id",
            "rate_bp",
            "base",
            "amount",
            "taken_back",
            "edition",
            "created_at",
            "held_until",
            "matured_at",
        ]
    ),
    table!(
        "accounts",
        "id",
        ["id", "partner_id", "kind", "floor", "balance"],
        " WHERE partner_id IS NOT NULL OR balance <> 0",
        " ON CONFLICT (id) DO UPDATE SET balance = excluded.balance"
    ),
    table!(
        "transfers",
        "id",
        [
            "id",
            "operation",
            "debit",
            "credit",
            "amount",
            "code",
            "created_at",
        ]
    ),
    table!(
        "payouts",
        "id",
        [
            "id",
            "partner_id",
            "amount",
            "state",
            "legal_form",
            "recipient",
            "inn",
            "method",
            "bik",
            "account",
            "phone",
            "bank_ref",
            "reason",
            "requested_at",
            "updated_at",
            "settled_at",
        ]
    ),
];

/// What changes whenever something of consequence does: equal before and after, nothing came between.
pub const STAMP: &str = "
    SELECT concat_ws('/', (SELECT max(id) FROM audit), (SELECT sum(times) FROM audit), (SELECT count(*) FROM transfers),
                     (SELECT max(updated_at) FROM users), (SELECT count(*) FROM sessions)) AS stamp";

/// Numbers of tables that never give a number twice.
pub const SEQUENCES: &str =
    "SELECT name, seq FROM sqlite_sequence WHERE name IN ('users', 'outbox') ORDER BY name";

/// Forgets a sequence. `?1` table.
pub const FORGET_SEQUENCE: &str = "DELETE FROM sqlite_sequence WHERE name = ?1";

/// Goes on with a sequence. D1 binds numbers as doubles, and this table of SQLite's own would keep them so. `?1` table, `?2` the
/// last number.
pub const CONTINUE_SEQUENCE: &str =
    "INSERT INTO sqlite_sequence (name, seq) VALUES (?1, CAST(?2 AS INTEGER))";

/// Users may refer to users that come later.
pub const DEFER_FOREIGN_KEYS: &str = "PRAGMA defer_foreign_keys = on";

/// Undoes the transaction unless nobody and nothing is there.
pub const GUARD_EMPTY: &str = "
    SELECT CASE WHEN EXISTS (SELECT 1 FROM users) OR EXISTS (SELECT 1 FROM audit) OR EXISTS (SELECT 1 FROM products)
                  OR EXISTS (SELECT 1 FROM documents)
    THEN json('not empty') ELSE 1 END AS guard";
