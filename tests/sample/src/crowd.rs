//! A crowd: rows of other people, so that a database is as large as after years.
//!
//! The rows are as the use cases would have left them as far as indexes and invariants go: users with sessions and cards,
//! subscriptions, orders, payments and receipts, every fifth user brought by one of a few partners, and a ledger that adds up.
//! None of it is on sale or asked of everybody, so that nobody else's cabinet has more in it than before.

use edge_worker::domain::time::Instant;

/// How many rows there are to be.
#[derive(Clone, Copy, Debug)]
pub struct Crowd {
    /// How many people.
    pub users: u32,
    /// How many payments each of them has made.
    pub payments: u32,
}

impl Crowd {
    /// SQL that adds the crowd to a database without one, as of an instant. The people's numbers begin at a million.
    #[must_use]
    pub fn sql(self, now: Instant) -> String {
        let partners = (self.users / 20).max(1);
        [PEOPLE, BUYING, EARNING]
            .concat()
            .replace("{now}", &now.millis().to_string())
            .replace("{users}", &self.users.to_string())
            .replace("{payments}", &self.payments.to_string())
            .replace("{partners}", &partners.to_string())
            .replace("{day}", "86400000")
    }
}

/// Users and what lies around them. Codes and ids begin with letters that chance hardly draws.
const PEOPLE: &str = "
    WITH RECURSIVE crowd(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM crowd WHERE i < {users})
    INSERT INTO users (id, email, email_key, password_hash, name, phone, role, email_verified, referral_code, referred_by,
                       created_at, updated_at)
    SELECT 1000000 + i, 'crowd-' || i || '@example.com', 'crowd-' || i || '@example.com', '!', 'Crowd', '+79000000000', 'client', 1,
           printf('FFE%05X', i), iif(i % 5 = 0, 1000001 + (i / 5) % {partners}, NULL), {now} - 400 * {day}, {now} - 400 * {day}
    FROM crowd;

    INSERT INTO sessions (id, user_id, created_at, expires_at, last_seen_at)
    SELECT printf('crowd-%d', id), id, {now} - {day} / 2, {now} + {day} / 2, {now} FROM users WHERE id > 1000000;

    INSERT INTO audit (event, user_id, actor, at)
    SELECT 'sign_in', id, 'person', {now} - moment * {day} - id % 86400000
    FROM users, (SELECT 1 AS moment UNION ALL SELECT 8 UNION ALL SELECT 30) WHERE id > 1000000;

    INSERT INTO outbox (user_id, address, mail, language, created_at, deadline, attempts, next_attempt_at, sent_at)
    SELECT id, email, 'verify-email', 'ru', {now} - id % 29 * {day}, {now}, 1, {now}, {now} - id % 29 * {day}
    FROM users WHERE id > 1000000 AND id % 10 = 0;

    INSERT INTO acceptances (user_id, document_id, version, accepted_at)
    SELECT users.id, documents.id, 1, users.created_at FROM users, documents
    WHERE users.id > 1000000 AND documents.id = (SELECT min(id) FROM documents);

    INSERT INTO payment_methods (id, user_id, provider, charge_id, pan_mask, is_default, created_at, updated_at)
    SELECT printf('%08x-cccc-4000-8000-000000000000', id), id, 'tbank', 'crowd ' || id, '430000******0777', 1, created_at, created_at
    FROM users WHERE id > 1000000 AND id % 2 = 0;
";

/// Everybody pays for a subscription, month by month; nine payments of ten come, and nine subscriptions of ten run.
const BUYING: &str = "
    INSERT INTO products (id, slug, name_ru, name_en, kind, period, price, created_at, updated_at, retired_at)
    VALUES ('cccccccc-cccc-4000-8000-000000000000', 'crowd', 'Толпа', 'Crowd', 'subscription', 'month', 300000,
            {now} - 400 * {day}, {now} - 400 * {day}, {now} - 399 * {day});

    INSERT INTO user_products (id, user_id, product_id, starts_at, ends_at, noticed_end_at, created_at, updated_at)
    SELECT printf('%08x-aaaa-4000-8000-000000000000', id), id, 'cccccccc-cccc-4000-8000-000000000000', {now} - 390 * {day},
           iif(id % 10, {now} + (1 + id % 25) * {day}, {now} - 10 * {day}), iif(id % 10, NULL, {now} - 10 * {day}),
           {now} - 390 * {day}, {now} - 390 * {day}
    FROM users WHERE id > 1000000;

    INSERT INTO subscriptions (user_product_id, period, anchor_day, period_start, renewal_price)
    SELECT id, 'month', 1, starts_at, 300000 FROM user_products WHERE user_id > 1000000;

    WITH RECURSIVE paid(j) AS (SELECT 1 UNION ALL SELECT j + 1 FROM paid WHERE j < {payments})
    INSERT INTO orders (id, number, user_id, product_id, user_product_id, amount, state, created_at, updated_at)
    SELECT printf('%08x-%04x-4000-8000-000000000000', id, j), printf('CROWD-%d-%d', id, j), id,
           'cccccccc-cccc-4000-8000-000000000000', printf('%08x-aaaa-4000-8000-000000000000', id), 300000,
           iif(j % 10, 'paid', 'cancelled'),
           {now} - ({payments} - j + 1) * 30 * {day} - id * 7919 % (30 * {day}),
           {now} - ({payments} - j + 1) * 30 * {day} - id * 7919 % (30 * {day})
    FROM users CROSS JOIN paid WHERE id > 1000000;

    INSERT INTO payments (id, order_id, user_id, user_product_id, amount, status, source, provider_ref, created_at, updated_at)
    SELECT id, id, user_id, iif(state = 'paid', user_product_id, NULL), amount, iif(state = 'paid', 'success', 'failed'), 'mit', id,
           created_at, created_at
    FROM orders WHERE user_id > 1000000;

    INSERT INTO receipts (id, payment_id, url, issued_at)
    SELECT id, id, 'https://receipts.example.com/' || id, created_at FROM payments WHERE user_id > 1000000 AND status = 'success';
";

/// Partners earn a fifth; what was held for a month is available, and a part of it was paid out.
const EARNING: &str = "
    INSERT INTO referrals (user_id, partner_id, bound_at)
    SELECT id, referred_by, created_at FROM users WHERE id > 1000000 AND referred_by IS NOT NULL;

    INSERT INTO commissions (payment_id, partner_id, user_id, rate_bp, base, amount, edition, created_at, held_until, matured_at)
    SELECT payments.id, partner_id, payments.user_id, 2000, amount, amount / 5, 1, created_at, created_at + 30 * {day},
           iif(created_at + 30 * {day} <= {now}, created_at + 30 * {day}, NULL)
    FROM payments JOIN referrals ON referrals.user_id = payments.user_id
    WHERE payments.user_id > 1000000 AND status = 'success';

    INSERT INTO accounts (id, partner_id, kind, floor)
    SELECT 'partner:' || partner_id || ':' || kind, partner_id, kind, floor
    FROM (SELECT DISTINCT partner_id FROM referrals WHERE partner_id > 1000000),
         (SELECT 'pending' AS kind, 0 AS floor UNION ALL SELECT 'available', 0 UNION ALL SELECT 'reserved', 0
          UNION ALL SELECT 'debt', NULL);

    INSERT INTO payouts (id, partner_id, amount, state, legal_form, recipient, inn, method, phone, bank_ref, requested_at, updated_at,
                         settled_at)
    SELECT printf('%08x-bbbb-4000-8000-000000000000', partner_id), partner_id, 100000, 'paid', 'self_employed', 'Crowd',
           '500100732259', 'sbp', '+79000000000', 'crowd', {now} - 50 * {day}, {now} - 49 * {day}, {now} - 49 * {day}
    FROM accounts WHERE kind = 'available' AND partner_id > 1000000;

    INSERT INTO transfers (id, operation, debit, credit, amount, code, created_at)
    SELECT 'accrue:' || payment_id, payment_id, 'service:expense', 'partner:' || partner_id || ':pending', amount, 'accrue', created_at
    FROM commissions WHERE partner_id > 1000000;

    INSERT INTO transfers (id, operation, debit, credit, amount, code, created_at)
    SELECT 'mature:' || payment_id, 'm' || payment_id, 'partner:' || partner_id || ':pending',
           'partner:' || partner_id || ':available', amount, 'mature', matured_at
    FROM commissions WHERE partner_id > 1000000 AND matured_at IS NOT NULL;

    INSERT INTO transfers (id, operation, debit, credit, amount, code, created_at)
    SELECT 'reserve:' || id, 'r' || id, 'partner:' || partner_id || ':available', 'partner:' || partner_id || ':reserved', amount,
           'reserve', requested_at
    FROM payouts WHERE partner_id > 1000000;

    INSERT INTO transfers (id, operation, debit, credit, amount, code, created_at)
    SELECT 'pay:' || id, 'p' || id, 'partner:' || partner_id || ':reserved', 'service:bank', amount, 'pay', settled_at
    FROM payouts WHERE partner_id > 1000000;

    UPDATE accounts SET balance = moved.amount
    FROM (SELECT account, sum(amount) AS amount
          FROM (SELECT credit AS account, amount FROM transfers UNION ALL SELECT debit, -amount FROM transfers)
          GROUP BY account) AS moved
    WHERE moved.account = accounts.id;
";
