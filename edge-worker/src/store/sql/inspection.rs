//! The SQL of those who look whether everything is as it should be. It reads whole tables: somebody waits for it who asked.
//!
//! A check answers a row for each thing that is wrong: `subject`, what it is, and `detail`, what is wrong with it. Amounts are in
//! kopecks.

/// A check.
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// Its name.
    pub name: &'static str,
    /// What always holds, in words.
    pub rule: &'static str,
    /// Finds where it does not. `?1` now, where it matters.
    pub sql: &'static str,
}

/// What hangs longer than that, in milliseconds, waits for a clock that does not go.
macro_rules! an_hour {
    () => {
        "3600000"
    };
}

macro_rules! a_day {
    () => {
        "86400000"
    };
}

/// Every check. The numbers are those of `domain/ledger.rs`.
pub const CHECKS: &[Check] = &[
    Check {
        name: "ledger-is-balanced",
        rule: "all balances together are nothing (1)",
        sql: "SELECT 'ledger' AS subject, 'all balances together are ' || sum(balance) AS detail FROM accounts
              HAVING sum(balance) <> 0",
    },
    Check {
        name: "balances-follow-from-transfers",
        rule: "each balance is the sum of what moved (2)",
        sql: "SELECT accounts.id AS subject, 'has ' || balance || ', what moved says ' || coalesce(moved.amount, 0) AS detail
              FROM accounts LEFT JOIN (
                SELECT account, sum(amount) AS amount FROM (
                  SELECT credit AS account, amount FROM transfers UNION ALL SELECT debit, -amount FROM transfers)
                GROUP BY account) AS moved ON moved.account = accounts.id
              WHERE balance <> coalesce(moved.amount, 0)",
    },
    Check {
        name: "accounts-stay-in-bounds",
        rule: "pending, available and reserved are never negative, a debt never positive (3)",
        sql: "SELECT id AS subject, 'has ' || balance AS detail FROM accounts
              WHERE ((kind IN ('pending', 'available', 'reserved') AND balance < 0) OR (kind = 'debt' AND balance > 0))",
    },
    Check {
        name: "reserved-is-asked-for",
        rule: "what is reserved is the sum of the partner's open payouts (4)",
        sql: "SELECT 'partner:' || partners.id AS subject,
                     'has ' || reserved || ' reserved, open payouts say ' || asked AS detail
              FROM (SELECT users.id,
                           coalesce((SELECT balance FROM accounts WHERE id = 'partner:' || users.id || ':reserved'), 0) AS reserved,
                           coalesce((SELECT sum(amount) FROM payouts
                                     WHERE partner_id = users.id AND state IN ('requested', 'processing')), 0) AS asked
                    FROM users WHERE id IN (SELECT partner_id FROM accounts UNION SELECT partner_id FROM payouts)) AS partners
              WHERE reserved <> asked",
    },
    Check {
        name: "bank-has-what-was-paid",
        rule: "what went to the bank is the sum of the payouts that were paid (5)",
        sql: "SELECT 'service:bank' AS subject, 'has ' || balance || ', paid payouts say ' || paid AS detail
              FROM (SELECT balance, coalesce((SELECT sum(amount) FROM payouts WHERE state = 'paid'), 0) AS paid
                    FROM accounts WHERE id = 'service:bank')
              WHERE balance <> paid",
    },
    Check {
        name: "commissions-are-booked-once",
        rule: "every commission is booked once, and nothing is booked without one (6)",
        sql: "SELECT payment_id AS subject, 'the commission of ' || commissions.amount || ' is booked as ' || coalesce(booked.amount, 0) AS detail
              FROM commissions LEFT JOIN transfers AS booked ON booked.id = 'accrue:' || payment_id
              WHERE commissions.amount IS NOT booked.amount
              UNION ALL
              SELECT transfers.id, 'there is no such commission' FROM transfers
              WHERE code = 'accrue' AND NOT EXISTS (SELECT 1 FROM commissions WHERE 'accrue:' || payment_id = transfers.id)",
    },
    Check {
        name: "one-payout-is-open",
        rule: "a partner has one open payout at most (7)",
        sql: "SELECT 'partner:' || partner_id AS subject, 'has ' || count(*) || ' open payouts' AS detail FROM payouts
              WHERE state IN ('requested', 'processing') GROUP BY partner_id HAVING count(*) > 1",
    },
    Check {
        name: "payouts-are-booked",
        rule: "a payout is booked as its state says (8)",
        sql: "SELECT payouts.id AS subject, 'is ' || state || ', and booked as ' || coalesce(booked, 'nothing') AS detail
              FROM (SELECT id, state, amount,
                           (SELECT group_concat(code, '+') FROM (
                              SELECT code FROM transfers
                              WHERE transfers.id IN ('reserve:' || payouts.id, 'pay:' || payouts.id, 'release:' || payouts.id)
                                AND transfers.amount = payouts.amount
                              ORDER BY code DESC)) AS booked
                    FROM payouts) AS payouts
              WHERE booked IS NOT CASE state WHEN 'paid' THEN 'reserve+pay' WHEN 'rejected' THEN 'reserve+release'
                                  WHEN 'failed' THEN 'reserve+release' ELSE 'reserve' END",
    },
    Check {
        name: "commissions-follow-the-rule",
        rule: "what a payment brought, less what was taken back, is the share of what is kept (9)",
        sql: "SELECT payments.id AS subject,
                     'brings ' || (commissions.amount - taken_back) || ', and '
                       || ((payments.amount - refunded) * rate_bp / 10000) || ' is due' AS detail
              FROM commissions JOIN payments ON payments.id = commissions.payment_id
              WHERE (base <> payments.amount OR commissions.amount - taken_back <> (payments.amount - refunded) * rate_bp / 10000)",
    },
    Check {
        name: "taken-back-is-booked",
        rule: "what was taken back of commissions is what was booked so (9)",
        sql: "SELECT 'partner:' || users.id AS subject, 'gave back ' || gone || ', and ' || booked || ' is booked' AS detail
              FROM (SELECT users.id,
                           coalesce((SELECT sum(taken_back) FROM commissions WHERE partner_id = users.id), 0) AS gone,
                           coalesce((SELECT sum(amount) FROM transfers
                                     WHERE code IN ('reverse', 'clawback', 'owe')
                                       AND debit IN ('partner:' || users.id || ':pending', 'partner:' || users.id || ':available',
                                                     'partner:' || users.id || ':debt')), 0) AS booked
                    FROM users WHERE id IN (SELECT partner_id FROM commissions)) AS users
              WHERE gone <> booked",
    },
    Check {
        name: "pending-is-held",
        rule: "what is pending is the sum of the held commissions (13)",
        sql: "SELECT 'partner:' || partners.id AS subject, 'has ' || pending || ' pending, held commissions say ' || held AS detail
              FROM (SELECT users.id,
                           coalesce((SELECT balance FROM accounts WHERE id = 'partner:' || users.id || ':pending'), 0) AS pending,
                           coalesce((SELECT sum(amount - taken_back) FROM commissions
                                     WHERE partner_id = users.id AND matured_at IS NULL), 0) AS held
                    FROM users WHERE id IN (SELECT partner_id FROM accounts UNION SELECT partner_id FROM commissions)) AS partners
              WHERE pending <> held",
    },
    Check {
        name: "debts-are-repaid-first",
        rule: "nobody has both a debt and something available (14)",
        sql: "SELECT 'partner:' || owing.partner_id AS subject,
                     'owes ' || -owing.balance || ' and has ' || available.balance AS detail
              FROM accounts AS owing JOIN accounts AS available
                ON available.partner_id = owing.partner_id AND available.kind = 'available'
              WHERE owing.kind = 'debt' AND owing.balance < 0 AND available.balance > 0",
    },
    Check {
        name: "refunds-add-up",
        rule: "what was given back of a payment is the sum of its refunds",
        sql: "SELECT payments.id AS subject, 'says ' || refunded || ', its refunds say ' || coalesce(given.amount, 0) AS detail
              FROM payments LEFT JOIN (SELECT payment_id, sum(amount) AS amount FROM refunds GROUP BY payment_id) AS given
                ON given.payment_id = payments.id
              WHERE refunded <> coalesce(given.amount, 0)",
    },
    Check {
        name: "orders-are-paid-by-payments",
        rule: "an order is paid exactly when a payment of its amount came",
        sql: "SELECT orders.id AS subject, 'is ' || state || ', its payment is ' || coalesce(settled.amount, 'missing') AS detail
              FROM orders LEFT JOIN payments AS settled
                ON settled.order_id = orders.id AND settled.status IN ('success', 'refunded')
              WHERE iif(state = 'paid', orders.amount, NULL) IS NOT settled.amount",
    },
    Check {
        name: "payments-belong-to-payers",
        rule: "order, payment and what was bought are of one person",
        sql: "SELECT payments.id AS subject, 'is of ' || payments.user_id || ', its order of ' || coalesce(orders.user_id, 'nobody')
                       || ', what it bought of ' || coalesce(held.user_id, 'nobody') AS detail
              FROM payments JOIN orders ON orders.id = payments.order_id
              LEFT JOIN user_products AS held ON held.id = payments.user_product_id
              WHERE (orders.user_id IS NOT payments.user_id OR held.user_id <> payments.user_id)",
    },
    Check {
        name: "bindings-are-what-accounts-say",
        rule: "whoever was brought by somebody is bound to them",
        sql: "SELECT 'user:' || users.id AS subject, 'was brought by ' || referred_by || ', and is bound to nobody' AS detail
              FROM users LEFT JOIN referrals ON referrals.user_id = users.id
              WHERE referred_by IS NOT NULL AND referrals.partner_id IS NOT referred_by",
    },
    Check {
        name: "subscriptions-are-of-subscriptions",
        rule: "a client's product has periods exactly when the product is a subscription",
        sql: "SELECT held.id AS subject, 'is of a product of the kind ' || kind AS detail
              FROM user_products AS held JOIN products ON products.id = held.product_id
              LEFT JOIN subscriptions ON subscriptions.user_product_id = held.id
              WHERE ((kind = 'one_time' AND (subscriptions.user_product_id IS NOT NULL OR held.ends_at IS NOT NULL))
                     OR (kind = 'subscription' AND held.starts_at IS NOT NULL
                         AND (subscriptions.user_product_id IS NULL OR held.ends_at IS NULL)))",
    },
    Check {
        name: "commissions-mature",
        rule: "no commission waits long after its hold: the clock goes",
        sql: concat!(
            "SELECT payment_id AS subject, 'could have matured ' || ((?1 - held_until) / 60000) || ' minutes ago' AS detail
             FROM commissions WHERE matured_at IS NULL AND held_until <= ?1 - ",
            an_hour!()
        ),
    },
    Check {
        name: "ends-are-noticed",
        rule: "no end waits long to be put down: the clock goes",
        sql: concat!(
            "SELECT id AS subject, 'ended ' || ((?1 - ends_at) / 60000) || ' minutes ago' AS detail FROM user_products
             WHERE noticed_end_at IS NULL AND revoked_at IS NULL AND ends_at <= ?1 - ",
            an_hour!()
        ),
    },
    Check {
        name: "mail-leaves",
        rule: "no mail waits long after it was due, and none was given up",
        sql: concat!(
            "SELECT 'mail:' || id AS subject, iif(given_up_at IS NULL, 'is due for long', 'was given up') || coalesce(': ' || last_error, '') AS detail
             FROM outbox
             WHERE (sent_at IS NULL AND given_up_at IS NULL AND next_attempt_at <= ?1 - ",
            an_hour!(),
            ") OR (given_up_at > ?1 - ",
            a_day!(),
            ")"
        ),
    },
    Check {
        name: "old-rows-go",
        rule: "sessions that are over go away: the clock goes",
        sql: concat!(
            "SELECT 'sessions' AS subject, count(*) || ' were over a day ago' AS detail FROM sessions
             WHERE expires_at <= ?1 - ",
            a_day!(),
            " HAVING count(*) > 0"
        ),
    },
    Check {
        name: "payments-end",
        rule: "no payment hangs for more than a day",
        sql: concat!(
            "SELECT id AS subject, 'is ' || status || ' since ' || ((?1 - updated_at) / 3600000) || ' hours' AS detail
             FROM payments WHERE status IN ('pending', 'processing') AND updated_at <= ?1 - ",
            a_day!()
        ),
    },
    Check {
        name: "payouts-end",
        rule: "no payout waits for more than ten days",
        sql: "SELECT id AS subject, 'is ' || state || ' since ' || ((?1 - updated_at) / 86400000) || ' days' AS detail
              FROM payouts WHERE state IN ('requested', 'processing') AND updated_at <= ?1 - 864000000",
    },
];

/// Rows that refer to what is not there.
pub const BROKEN_REFERENCES: &str = "PRAGMA foreign_key_check";

/// A number that is counted.
#[derive(Clone, Copy, Debug)]
pub struct Count {
    /// Its name.
    pub name: &'static str,
    /// Counts. `?1` now, `?2` the beginning of the last 30 days, where they matter.
    pub sql: &'static str,
}

/// What there is. Each number is a statement of its own: D1 takes no more than five `SELECT`s in one by `UNION`.
pub const FIGURES: &[Count] = &[
    Count {
        name: "users.total",
        sql: "SELECT count(*) AS value FROM users WHERE deleted_at IS NULL",
    },
    Count {
        name: "users.active",
        sql: "SELECT count(*) AS value FROM users WHERE is_active = 1",
    },
    Count {
        name: "users.confirmed",
        sql: "SELECT count(*) AS value FROM users WHERE deleted_at IS NULL AND email_verified = 1",
    },
    Count {
        name: "users.new_in_30_days",
        sql: "SELECT count(*) AS value FROM users WHERE deleted_at IS NULL AND created_at > ?2",
    },
    Count {
        name: "users.seen_in_30_days",
        sql: "SELECT count(DISTINCT user_id) AS value FROM audit WHERE event = 'sign_in' AND at > ?2",
    },
    Count {
        name: "users.signed_in",
        sql: "SELECT count(DISTINCT user_id) AS value FROM sessions WHERE expires_at > ?1",
    },
    Count {
        name: "products.on_sale",
        sql: "SELECT count(*) AS value FROM products WHERE retired_at IS NULL",
    },
    Count {
        name: "products.in_use",
        sql: "SELECT count(*) AS value
              FROM user_products WHERE revoked_at IS NULL AND starts_at <= ?1 AND (ends_at IS NULL OR ends_at > ?1)",
    },
    Count {
        name: "subscriptions.running",
        sql: "SELECT count(*) AS value
              FROM subscriptions JOIN user_products ON id = user_product_id
              WHERE revoked_at IS NULL AND starts_at <= ?1 AND ends_at > ?1",
    },
    Count {
        name: "subscriptions.not_to_be_renewed",
        sql: "SELECT count(*) AS value
              FROM subscriptions JOIN user_products ON id = user_product_id
              WHERE revoked_at IS NULL AND starts_at <= ?1 AND ends_at > ?1 AND cancelled_at IS NOT NULL",
    },
    Count {
        name: "subscriptions.end_in_7_days",
        sql: "SELECT count(*) AS value
              FROM subscriptions JOIN user_products ON id = user_product_id
              WHERE revoked_at IS NULL AND ends_at > ?1 AND ends_at <= ?1 + 604800000",
    },
    Count {
        name: "orders.waiting",
        sql: "SELECT count(*) AS value FROM orders WHERE state = 'waiting'",
    },
    Count {
        name: "payments.successful",
        sql: "SELECT count(*) AS value FROM payments WHERE status IN ('success', 'refunded')",
    },
    Count {
        name: "payments.failed_in_30_days",
        sql: "SELECT count(*) AS value FROM payments WHERE status = 'failed' AND created_at > ?2",
    },
    Count {
        name: "kopecks.received",
        sql: "SELECT coalesce(sum(amount), 0) AS value FROM payments WHERE status IN ('success', 'refunded')",
    },
    Count {
        name: "kopecks.refunded",
        sql: "SELECT coalesce(sum(refunded), 0) AS value FROM payments",
    },
    Count {
        name: "kopecks.received_in_30_days",
        sql: "SELECT coalesce(sum(amount), 0) AS value
              FROM payments WHERE status IN ('success', 'refunded') AND created_at > ?2",
    },
    Count {
        name: "kopecks.refunded_in_30_days",
        sql: "SELECT coalesce(sum(amount), 0) AS value FROM refunds WHERE created_at > ?2",
    },
    Count {
        name: "partners.with_referrals",
        sql: "SELECT count(DISTINCT partner_id) AS value FROM referrals",
    },
    Count {
        name: "partners.referrals",
        sql: "SELECT count(*) AS value FROM referrals",
    },
    Count {
        name: "kopecks.partners_pending",
        sql: "SELECT coalesce(sum(balance), 0) AS value FROM accounts WHERE kind = 'pending'",
    },
    Count {
        name: "kopecks.partners_available",
        sql: "SELECT coalesce(sum(balance), 0) AS value FROM accounts WHERE kind = 'available'",
    },
    Count {
        name: "kopecks.partners_asked_for",
        sql: "SELECT coalesce(sum(balance), 0) AS value FROM accounts WHERE kind = 'reserved'",
    },
    Count {
        name: "kopecks.partners_owe",
        sql: "SELECT coalesce(-sum(balance), 0) AS value FROM accounts WHERE kind = 'debt'",
    },
    Count {
        name: "kopecks.partners_paid",
        sql: "SELECT coalesce(sum(balance), 0) AS value FROM accounts WHERE kind = 'bank'",
    },
    Count {
        name: "payouts.open",
        sql: "SELECT count(*) AS value FROM payouts WHERE state IN ('requested', 'processing')",
    },
    Count {
        name: "mail.waiting",
        sql: "SELECT count(*) AS value FROM outbox WHERE sent_at IS NULL AND given_up_at IS NULL",
    },
    Count {
        name: "mail.sent_in_30_days",
        sql: "SELECT count(*) AS value FROM outbox WHERE sent_at > ?2",
    },
    Count {
        name: "mail.given_up_in_30_days",
        sql: "SELECT count(*) AS value FROM outbox WHERE given_up_at > ?2",
    },
];
