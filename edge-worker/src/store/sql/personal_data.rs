//! SQL of everything that is kept about a person.

/// The person. `?1` user.
pub const EXPORT_PROFILE: &str = "
    SELECT id, email, name, phone, role, is_active, telegram_id, email_verified, referral_code, referred_by,
           terms_accepted_at, offer_accepted_at, created_at, updated_at
    FROM users WHERE id = ?1";

/// Where the person is or was lately signed in. `?1` user.
pub const EXPORT_SESSIONS: &str = "
    SELECT device, country, created_at, last_seen_at, expires_at FROM sessions WHERE user_id = ?1
    ORDER BY created_at DESC, id";

/// What happened to the account. The newest ten thousand: an account under attack for a year has more, and the rest can
/// be read page by page. `?1` user.
pub const EXPORT_EVENTS: &str = "
    SELECT event, actor AS \"by\", detail, subject, at, times, network, country, device FROM audit WHERE user_id = ?1
    ORDER BY at DESC, id DESC LIMIT 10000";

/// The links that were mailed to the person. `?1` user.
pub const EXPORT_LINKS: &str = "
    SELECT purpose, address, created_at, expires_at, used_at FROM links WHERE user_id = ?1 ORDER BY created_at DESC";

/// The person's number in the system before this one. `?1` user.
pub const EXPORT_IMPORTED: &str =
    "SELECT predecessor_id, imported_at FROM imported_users WHERE user_id = ?1";

/// What the person has agreed to. `?1` user.
pub const EXPORT_ACCEPTANCES: &str = "
    SELECT document_id, version, accepted_at, network, country, device FROM acceptances WHERE user_id = ?1
    ORDER BY accepted_at DESC";

/// How the person pays. `?1` user.
pub const EXPORT_PAYMENT_METHODS: &str = "
    SELECT id, provider, pan_mask, expires, card_type, is_default, created_at, updated_at, revoked_at
    FROM payment_methods WHERE user_id = ?1 ORDER BY created_at DESC";

/// What the person has or had. `?1` user.
pub const EXPORT_PRODUCTS: &str = "
    SELECT id, product_id, starts_at, ends_at, revoked_at, revoked_for, app_url, admin_url, created_at, updated_at
    FROM user_products WHERE user_id = ?1 ORDER BY created_at DESC";

/// What of it is paid again and again. `?1` user.
pub const EXPORT_SUBSCRIPTIONS: &str = "
    SELECT subscriptions.user_product_id, subscriptions.period, subscriptions.anchor_day,
           subscriptions.period_start AS period_starts_at, subscriptions.renewal_price, subscriptions.cancelled_at,
           subscriptions.payment_method_id
    FROM user_products JOIN subscriptions ON subscriptions.user_product_id = user_products.id
    WHERE user_products.user_id = ?1 ORDER BY user_products.created_at DESC";

/// What the person ordered. `?1` user.
pub const EXPORT_ORDERS: &str = "
    SELECT id, number, product_id, user_product_id, amount, state, customer_name, customer_email, customer_phone,
           referral_code, created_at, updated_at
    FROM orders WHERE user_id = ?1 ORDER BY created_at DESC";

/// What the person paid. `?1` user.
pub const EXPORT_PAYMENTS: &str = "
    SELECT id, order_id, user_product_id, amount, refunded, status, source, period_start AS period_starts_at,
           period_end AS period_ends_at, failure_reason, created_at, updated_at
    FROM payments WHERE user_id = ?1 ORDER BY created_at DESC";

/// What was given back. `?1` user.
pub const EXPORT_REFUNDS: &str = "
    SELECT refunds.payment_id, refunds.total, refunds.amount, refunds.reason, refunds.created_at
    FROM payments JOIN refunds ON refunds.payment_id = payments.id WHERE payments.user_id = ?1
    ORDER BY refunds.created_at DESC";

/// The receipts. `?1` user.
pub const EXPORT_RECEIPTS: &str = "
    SELECT receipts.id, receipts.payment_id, receipts.refunded, receipts.url, receipts.issued_at
    FROM payments JOIN receipts ON receipts.payment_id = payments.id WHERE payments.user_id = ?1
    ORDER BY receipts.issued_at DESC";

/// Who brought the person. `?1` user.
pub const EXPORT_REFERRAL: &str = "SELECT partner_id, bound_at FROM referrals WHERE user_id = ?1";

/// What the person earned as a partner. `?1` user.
pub const EXPORT_COMMISSIONS: &str = "
    SELECT rate_bp, base, amount, taken_back, edition, created_at, held_until AS held_until_at, matured_at
    FROM commissions WHERE partner_id = ?1 ORDER BY created_at DESC";

/// What the person has as a partner. `?1` user.
pub const EXPORT_ACCOUNTS: &str = "
    SELECT kind, balance FROM accounts WHERE partner_id = ?1 ORDER BY kind";

/// What the person was paid out, or asked for. `?1` user.
pub const EXPORT_PAYOUTS: &str = "
    SELECT id, amount, state, legal_form, recipient, inn, method, bik, account, phone, bank_ref, reason, requested_at,
           updated_at, settled_at
    FROM payouts WHERE partner_id = ?1 ORDER BY requested_at DESC";

/// The mails to the person that are still known. `?1` user.
pub const EXPORT_MAILS: &str = "
    SELECT mail, language, address, name, device, country, about_address, created_at, deadline AS deadline_at, attempts,
           next_attempt_at, sent_at, given_up_at, last_error, product, amount, ends_at, reason
    FROM outbox WHERE user_id = ?1 ORDER BY id DESC";

/// Forgets the mails to a user. `?1` user.
pub const FORGET_MAILS: &str = "DELETE FROM outbox WHERE user_id = ?1";

/// Forgets the links of a user. `?1` user.
pub const FORGET_LINKS: &str = "DELETE FROM links WHERE user_id = ?1";

/// Forgets which number of the predecessor's a user had; that the number was imported stays, so that a second import
/// does not bring the person back. `?1` user.
pub const FORGET_IMPORT: &str = "UPDATE imported_users SET user_id = NULL WHERE user_id = ?1";

/// Leaves a user's row without the person. What stands in for the address, its key and the code can be typed by nobody
/// and is unlike every other. Who brought the person stays: the partner's earnings refer to it. `?1` user, `?2` now.
pub const EMPTY_USER: &str = "
    UPDATE users SET email = '', email_key = 'deleted ' || id, password_hash = '', name = '', phone = NULL,
      role = 'client', is_active = 0, telegram_id = NULL, email_verified = 0, referral_code = 'deleted ' || id,
      terms_accepted_at = NULL, offer_accepted_at = NULL, updated_at = ?2, deleted_at = ?2
    WHERE id = ?1";

/// Forgets from where a user did what they did. `?1` user.
pub const FORGET_ORIGINS: &str =
    "UPDATE audit SET network = NULL, country = NULL, device = NULL WHERE user_id = ?1";

/// Forgets from where a user agreed to what. `?1` user.
pub const FORGET_ACCEPTING: &str =
    "UPDATE acceptances SET network = NULL, country = NULL, device = NULL WHERE user_id = ?1";

/// Forgets how a user paid; nothing can be charged any more. `?1` user, `?2` now.
pub const FORGET_PAYMENT_METHODS: &str = "
    UPDATE payment_methods SET charge_id = 'deleted ' || id, pan_mask = '', expires = NULL, card_type = NULL, is_default = 0,
      revoked_at = coalesce(revoked_at, ?2), updated_at = ?2
    WHERE user_id = ?1";

/// Forgets where a user's products are. `?1` user, `?2` now.
pub const FORGET_PRODUCTS: &str =
    "UPDATE user_products SET app_url = NULL, admin_url = NULL, updated_at = ?2 WHERE user_id = ?1";

/// Renews nothing of a user's any more. `?1` user, `?2` now.
pub const END_RENEWALS: &str = "
    UPDATE subscriptions SET cancelled_at = coalesce(cancelled_at, ?2), payment_method_id = NULL
    WHERE user_product_id IN (SELECT id FROM user_products WHERE user_id = ?1)";

/// Forgets who ordered; what was not paid is not to be paid any more. `?1` user, `?2` now.
pub const FORGET_ORDERS: &str = "
    UPDATE orders SET customer_name = NULL, customer_email = NULL, customer_phone = NULL, referral_code = NULL,
      state = iif(state = 'waiting', 'cancelled', state), updated_at = ?2
    WHERE user_id = ?1";

/// Forgets where a user's payouts went; the bank's name of each stays, by which a bookkeeper finds the rest. One that is still
/// open keeps what is needed to pay it, and loses it when it is settled. `?1` user.
pub const FORGET_PAYOUT_DETAILS: &str = "
    UPDATE payouts SET recipient = '', inn = '', bik = iif(bik IS NULL, NULL, ''), account = iif(account IS NULL, NULL, ''),
      phone = iif(phone IS NULL, NULL, '')
    WHERE partner_id = ?1 AND settled_at IS NOT NULL";
