//! A cabinet with people who buy and people who brought them, without HTTP.

use edge_worker::app::bookkeeping::Takings;
use edge_worker::app::payments::{Incoming, PaymentRefused, Recorded};
use edge_worker::app::payouts::{OperatorsStep, PayoutRefused, StepRefused, Stepped};
use edge_worker::app::refunds::{RefundRefused, Refunded};
use edge_worker::domain::audit::Actor;
use edge_worker::domain::identifiers::{OrderId, PaymentId, PayoutId, UserId};
use edge_worker::domain::ledger::PartnerBalance;
use edge_worker::domain::money::Kopecks;
use edge_worker::domain::payment::PaymentSource;
use edge_worker::domain::payout_destination::{BankAccount, LegalForm, PayoutDestination, Route};

use crate::backend::Backend;
use crate::engine::Engine;
use crate::native::{Native, operator};
use crate::sqlite::Memory;

/// Seconds.
pub const DAY: i64 = 24 * 60 * 60;
/// Two partners.
pub const PARTNERS: [i64; 2] = [1, 2];
/// Clients: two were brought by the first partner, one by the second, one by nobody.
pub const CLIENTS: [i64; 4] = [3, 4, 5, 6];

/// A cabinet on a database of its own.
pub struct Market<E = Memory> {
    /// The cabinet.
    pub native: Native<E>,
}

impl<E: Engine> Market<E> {
    /// Partners, clients and two products.
    pub fn open() -> Self {
        let native = Native::<E>::fresh();
        native.execute(
            "INSERT INTO users (id, email, email_key, password_hash, name, role, referral_code, referred_by, created_at, updated_at)
             SELECT value, 'p' || value, 'p' || value, '!', 'P', 'client', printf('AAAA%04d', value),
                    CASE value WHEN 3 THEN 1 WHEN 4 THEN 1 WHEN 5 THEN 2 END, 1, 1
             FROM json_each('[1,2,3,4,5,6]');
             INSERT INTO referrals (user_id, partner_id, bound_at)
             SELECT id, referred_by, 1 FROM users WHERE referred_by IS NOT NULL;
             INSERT INTO products (id, slug, name_ru, name_en, kind, period, price, created_at, updated_at) VALUES
               ('00000000-0000-4000-8000-0000000000a1', 'once', 'Раз', 'Once', 'one_time', NULL, 500000, 1, 1),
               ('00000000-0000-4000-8000-0000000000a2', 'monthly', 'Месяц', 'Month', 'subscription', 'month', 300000, 1, 1);",
        );
        Self { native }
    }

    /// An order that waits.
    pub fn order(&self, number: usize, client: i64, product: &str, amount: i64) -> OrderId {
        let id = format!("00000000-0000-4000-8000-{number:012}");
        self.native.execute(&format!(
            "INSERT INTO orders (id, number, user_id, product_id, amount, created_at, updated_at)
             SELECT '{id}', 'ME-{number}', {client}, id, {amount}, 1, 1 FROM products WHERE slug = '{product}'"
        ));
        id.parse().unwrap()
    }

    /// Tells of a payment of an order.
    pub fn record(&self, order: OrderId, amount: i64) -> Result<Recorded, PaymentRefused> {
        let incoming = Incoming {
            order,
            amount: Kopecks::new(amount),
            source: PaymentSource::Invoice,
            reference: Some(format!("invoice of {order}")),
        };
        let actor = Actor::Operator(operator());
        pollster::block_on(self.native.app().record_payment(&actor, &incoming))
    }

    /// An order that is paid at once.
    pub fn pay(&self, number: usize, client: i64, product: &str, amount: i64) -> PaymentId {
        let order = self.order(number, client, product, amount);
        match self.record(order, amount).unwrap() {
            Recorded::Now(payment) => payment,
            Recorded::Before(_) => panic!("the order was paid before"),
        }
    }

    /// Gives back so much of a payment in all.
    pub fn refund(&self, payment: PaymentId, total: i64) -> Result<Refunded, RefundRefused> {
        let (actor, total) = (Actor::Operator(operator()), Kopecks::new(total));
        pollster::block_on(self.native.app().refund_payment(
            &actor,
            payment,
            total,
            Some("по просьбе клиента"),
        ))
    }

    /// Money without an order, of which the bookkeeper says so.
    pub fn take(
        &self,
        client: i64,
        product: u8,
        amount: i64,
        reference: &str,
    ) -> Result<Recorded, PaymentRefused> {
        let takings = Takings {
            user: UserId::new(client),
            product: format!("00000000-0000-4000-8000-0000000000a{product}")
                .parse()
                .unwrap(),
            amount: Kopecks::new(amount),
            source: PaymentSource::Invoice,
            reference: Some(reference.to_owned()),
            came_at: None,
        };
        let actor = Actor::Operator(operator());
        pollster::block_on(self.native.app().record_takings(&actor, &takings))
    }

    /// A part of a payment, under a name.
    pub fn refund_part(
        &self,
        payment: PaymentId,
        part: i64,
        reference: &str,
    ) -> Result<Refunded, RefundRefused> {
        let (actor, part) = (Actor::Operator(operator()), Kopecks::new(part));
        pollster::block_on(
            self.native
                .app()
                .refund_part(&actor, payment, part, reference, None),
        )
    }

    /// What the operator's `doctor` finds.
    pub fn assert_sound(&self) {
        let examined = pollster::block_on(self.native.app().examine()).unwrap();
        let broken: Vec<_> = examined
            .iter()
            .filter(|rule| !rule.findings.is_empty())
            .collect();
        assert!(broken.is_empty(), "{broken:?}");
    }

    /// A partner asks for a payout.
    pub fn request(&self, partner: i64, amount: i64) -> Result<PayoutId, PayoutRefused> {
        let (partner, amount) = (UserId::new(partner), Kopecks::new(amount));
        pollster::block_on(
            self.native
                .app()
                .request_payout(partner, amount, destination()),
        )
    }

    /// An operator goes on with a payout.
    pub fn step(&self, payout: PayoutId, step: &OperatorsStep) -> Result<Stepped, StepRefused> {
        pollster::block_on(self.native.app().step_payout(&operator(), payout, step))
    }

    /// What a partner has.
    pub fn balance(&self, partner: i64) -> PartnerBalance {
        pollster::block_on(self.native.app().partner_balance(UserId::new(partner))).unwrap()
    }

    /// Pending, available, reserved, owed.
    pub fn amounts(&self, partner: i64) -> [i64; 4] {
        let balance = self.balance(partner);
        [
            balance.pending.number(),
            balance.available.number(),
            balance.reserved.number(),
            balance.owed.number(),
        ]
    }

    /// What the clock does; nothing may fail.
    pub fn upkeep(&self) {
        assert_eq!(self.native.upkeep().failures, [""; 0]);
    }

    /// Every row that money touches, for comparing before and after.
    pub fn books(&self) -> String {
        let queries = [
            "SELECT concat_ws(' ', id, balance) FROM accounts ORDER BY id",
            "SELECT concat_ws(' ', id, debit, credit, amount) FROM transfers ORDER BY id",
            "SELECT concat_ws(' ', payment_id, amount, taken_back, matured_at) FROM commissions ORDER BY payment_id",
            "SELECT concat_ws(' ', id, amount, state, bank_ref, reason) FROM payouts ORDER BY id",
            "SELECT concat_ws(' ', id, state) FROM orders ORDER BY id",
            "SELECT concat_ws(' ', id, amount, refunded, status, period_start, period_end) FROM payments ORDER BY id",
            "SELECT concat_ws(' ', payment_id, total, amount) FROM refunds ORDER BY payment_id, total",
            "SELECT concat_ws(' ', id, starts_at, ends_at, revoked_at, noticed_end_at) FROM user_products ORDER BY id",
            "SELECT concat_ws(' ', user_product_id, period_start, anchor_day, cancelled_at) FROM subscriptions ORDER BY user_product_id",
            "SELECT concat_ws(' ', user_id, partner_id) FROM referrals ORDER BY user_id",
            "SELECT concat_ws(' ', event, user_id, subject) FROM audit ORDER BY id",
        ]
        .map(|rows| {
            let inner = rows.replacen(") FROM", ") AS line FROM", 1);
            format!("SELECT ifnull(group_concat(line, char(10)), '') FROM ({inner})")
        });
        let queries: Vec<_> = queries.iter().map(String::as_str).collect();
        self.native.ask_each(&queries).join("\n--\n")
    }

    /// The invariants that a database can be asked about; each query counts what breaks one.
    pub fn assert_invariants(&self) {
        let invariants = [
            ("1: all balances are nothing", "SELECT sum(balance) FROM accounts"),
            (
                "2: each balance is the sum of its transfers",
                "SELECT count(*) FROM accounts WHERE balance <>
                   (SELECT coalesce(sum(amount), 0) FROM transfers WHERE credit = accounts.id)
                   - (SELECT coalesce(sum(amount), 0) FROM transfers WHERE debit = accounts.id)",
            ),
            (
                "3: nothing is overdrawn",
                "SELECT count(*) FROM accounts WHERE (kind IN ('pending', 'available', 'reserved') AND balance < 0)
                   OR (kind = 'debt' AND balance > 0)",
            ),
            (
                "4: reserved is what is open",
                "SELECT count(*) FROM accounts WHERE kind = 'reserved' AND balance <>
                   (SELECT coalesce(sum(amount), 0) FROM payouts
                    WHERE payouts.partner_id = accounts.partner_id AND state IN ('requested', 'processing'))",
            ),
            (
                "5: the bank has what was paid",
                "SELECT (SELECT balance FROM accounts WHERE kind = 'bank')
                   - (SELECT coalesce(sum(amount), 0) FROM payouts WHERE state = 'paid')",
            ),
            (
                "6: one accrual a payment",
                "SELECT (SELECT count(*) FROM transfers WHERE code = 'accrue') - (SELECT count(*) FROM commissions)",
            ),
            (
                "7: one open payout a partner",
                "SELECT count(*) FROM (SELECT 1 FROM payouts WHERE state IN ('requested', 'processing')
                   GROUP BY partner_id HAVING count(*) > 1)",
            ),
            (
                "9: what is left is the share of what is kept",
                "SELECT count(*) FROM commissions JOIN payments ON payments.id = commissions.payment_id
                 WHERE commissions.amount - taken_back <> (payments.amount - refunded) * rate_bp / 10000",
            ),
            (
                "13: pending is what is held",
                "SELECT count(*) FROM accounts WHERE kind = 'pending' AND balance <>
                   (SELECT coalesce(sum(amount - taken_back), 0) FROM commissions
                    WHERE commissions.partner_id = accounts.partner_id AND matured_at IS NULL)",
            ),
            (
                "14: nobody has a debt and something available",
                "SELECT count(*) FROM accounts AS debts JOIN accounts AS others ON others.partner_id = debts.partner_id
                 WHERE debts.kind = 'debt' AND debts.balance < 0 AND others.kind = 'available' AND others.balance > 0",
            ),
            (
                "refunds add up",
                "SELECT count(*) FROM payments WHERE refunded <>
                   (SELECT coalesce(sum(amount), 0) FROM refunds WHERE payment_id = payments.id)",
            ),
            (
                "an order is paid by one payment",
                "SELECT count(*) FROM orders WHERE (state = 'paid') <>
                   (SELECT count(*) FROM payments WHERE order_id = orders.id AND status IN ('success', 'refunded'))",
            ),
            (
                "bindings agree",
                "SELECT count(*) FROM users LEFT JOIN referrals ON referrals.user_id = users.id
                 WHERE users.referred_by IS NOT referrals.partner_id",
            ),
            ("foreign keys hold", "SELECT count(*) FROM pragma_foreign_key_check"),
        ];
        let answers = self.native.ask_each(&invariants.map(|(_, query)| query));
        for ((invariant, _), answer) in invariants.iter().zip(answers) {
            assert_eq!(answer, "0", "{invariant}");
        }
    }
}

/// Where a partner wants their money.
pub fn destination() -> PayoutDestination {
    let account = BankAccount::parse("044525225", "40702810200000000001").unwrap();
    PayoutDestination::new(
        LegalForm::SoleTrader,
        "ИП Каренина",
        "500100732259",
        Route::Account(account),
    )
    .unwrap()
}
