//! What the sample clients do with products and payments.

use anyhow::{Context, Result, ensure};
use edge_worker::app::payments::{Incoming, Recorded};
use edge_worker::app::ports::Clock as _;
use edge_worker::domain::audit::Actor;
use edge_worker::domain::identifiers::{OrderId, PaymentId, PaymentMethodId, UserProductId};
use edge_worker::domain::money::Kopecks;
use edge_worker::domain::order::OrderNumber;
use edge_worker::domain::payment::{PaymentSource, PaymentStatus};
use edge_worker::store::SqlValue;
use pollster::block_on;

use crate::stage::{Done as _, Stage, operator};

const ADD_ORDER: &str = "
    INSERT INTO orders (id, number, user_id, product_id, amount, state, customer_name, customer_email, customer_phone, created_at, updated_at)
    SELECT ?1, ?2, users.id, products.id, products.price, ?5, users.name, users.email, users.phone, ?6, ?6
    FROM users, products WHERE users.id = ?3 AND products.slug = ?4";

const ADD_FAILED: &str = "
    INSERT INTO payments (id, order_id, user_id, amount, status, source, failure_reason, created_at, updated_at)
    SELECT ?1, id, user_id, amount, ?3, 'card', ?4, ?5, ?5 FROM orders WHERE id = ?2";

const ADD_RECEIPT: &str = "
    INSERT INTO receipts (id, payment_id, refunded, url, issued_at)
    SELECT ?1, id, refunded, 'https://receipts.example.com/' || ?1, ?3 FROM payments WHERE id = ?2";

const ADD_CARD: &str = "
    INSERT INTO payment_methods (id, user_id, provider, charge_id, pan_mask, expires, card_type, is_default, created_at, updated_at)
    VALUES (?1, ?2, 'tbank', ?1, ?3, ?4, ?5, ?6, ?7, ?7)";

const PAY_BY_CARD: &str =
    "UPDATE subscriptions SET payment_method_id = ?2 WHERE user_product_id = ?1";

const HELD: &str = "
    SELECT held.id AS value FROM user_products AS held JOIN products ON products.id = held.product_id
    WHERE held.user_id = ?1 AND products.slug = ?2 ORDER BY held.created_at DESC LIMIT 1";

/// A card that somebody saved.
pub(crate) struct Card {
    pub(crate) mask: &'static str,
    /// MMYY.
    pub(crate) expires: String,
    pub(crate) system: &'static str,
    pub(crate) is_default: bool,
}

impl Stage {
    /// Somebody orders a product for the first time, pays it and gets a receipt.
    pub(crate) fn buy(&self, name: &str, slug: &str, source: PaymentSource) -> Result<PaymentId> {
        let order = self.order(name, slug, "waiting")?;
        self.pay(order, source)
    }

    /// Somebody pays for the next period of a subscription and gets a receipt.
    pub(crate) fn renew(&self, name: &str, slug: &str, source: PaymentSource) -> Result<PaymentId> {
        let order = self.order_renewal(name, slug)?;
        self.pay(order, source)
    }

    /// Somebody orders the next period of a subscription.
    pub(crate) fn order_renewal(&self, name: &str, slug: &str) -> Result<OrderId> {
        let (caller, held) = (self.caller(name)?, self.held(name, slug)?);
        let ordered = block_on(self.app()?.order_renewal(&caller, held, None));
        Ok(ordered.done("a renewal is ordered")?.id)
    }

    fn order(&self, name: &str, slug: &str, state: &str) -> Result<OrderId> {
        let id = OrderId::from_random(self.dice.bytes());
        let number = OrderNumber::from_random(self.dice.bytes());
        let values: [SqlValue; 6] = [
            id.to_string().into(),
            number.as_str().into(),
            self.id(name)?.number().into(),
            slug.into(),
            state.into(),
            self.clock.now().millis().into(),
        ];
        self.write(ADD_ORDER, values)?;
        Ok(id)
    }

    fn pay(&self, order: OrderId, source: PaymentSource) -> Result<PaymentId> {
        let amount = self.ask(
            "SELECT amount AS value FROM orders WHERE id = ?1",
            [order.to_string().into()],
        )?;
        let incoming = Incoming {
            order,
            amount: Kopecks::new(amount.as_i64().context("an amount is a number")?),
            source,
            reference: Some(format!("sample {order}")),
        };
        let app = self.app()?;
        let actor = Actor::Operator(operator());
        let recorded = block_on(app.record_payment(&actor, &incoming)).done("a payment comes")?;
        let (Recorded::Now(payment) | Recorded::Before(payment)) = recorded;
        self.issue_receipt(payment)?;
        Ok(payment)
    }

    fn issue_receipt(&self, payment: PaymentId) -> Result<()> {
        let id = PaymentId::from_random(self.dice.bytes());
        let now = self.clock.now().millis();
        let values: [SqlValue; 3] = [
            id.to_string().into(),
            payment.to_string().into(),
            now.into(),
        ];
        self.write(ADD_RECEIPT, values)
    }

    /// Somebody tries to pay by card, and the money does not come, or not yet.
    pub(crate) fn try_to_pay(
        &self,
        name: &str,
        slug: &str,
        status: PaymentStatus,
        reason: Option<&str>,
    ) -> Result<()> {
        let state = match status {
            PaymentStatus::Cancelled => "cancelled",
            _ => "waiting",
        };
        let order = self.order(name, slug, state)?;
        let values: [SqlValue; 5] = [
            PaymentId::from_random(self.dice.bytes()).to_string().into(),
            order.to_string().into(),
            status.as_str().into(),
            reason.map(str::to_owned).into(),
            self.clock.now().millis().into(),
        ];
        self.write(ADD_FAILED, values)
    }

    /// A payment is given back, until so many per cent of it are given back in all.
    pub(crate) fn refund(&self, payment: PaymentId, percent: i64, reason: &str) -> Result<()> {
        let app = self.app()?;
        let found = block_on(app.find_payment(payment)).done("a payment")?;
        let amount = found.context("there is no such payment")?.amount.number();
        let total = Kopecks::new(amount.saturating_mul(percent).saturating_div(100));
        let actor = Actor::Operator(operator());
        let refunded = block_on(app.refund_payment(&actor, payment, total, Some(reason)));
        refunded.map(drop).done("money goes back")?;
        self.issue_receipt(payment)
    }

    /// The last payment that came from somebody for a product.
    pub(crate) fn last_payment(&self, name: &str, slug: &str) -> Result<PaymentId> {
        let held = self.held(name, slug)?.to_string();
        let id = self.ask(
            "SELECT id AS value FROM payments WHERE user_product_id = ?1 AND status = 'success'
             ORDER BY created_at DESC LIMIT 1",
            [held.into()],
        )?;
        id.as_str().unwrap_or_default().parse().done("an id")
    }

    /// What somebody has of a product, or had last.
    pub(crate) fn held(&self, name: &str, slug: &str) -> Result<UserProductId> {
        let id = self.ask(HELD, [self.id(name)?.number().into(), slug.into()])?;
        id.as_str().unwrap_or_default().parse().done("an id")
    }

    /// Somebody saves a card; subscriptions that they name are paid by it.
    pub(crate) fn save_card(&self, name: &str, card: &Card, slugs: &[&str]) -> Result<()> {
        ensure!(card.expires.len() == 4, "a card expires in a month");
        let id = PaymentMethodId::from_random(self.dice.bytes()).to_string();
        let values: [SqlValue; 7] = [
            id.as_str().into(),
            self.id(name)?.number().into(),
            card.mask.into(),
            card.expires.as_str().into(),
            card.system.into(),
            card.is_default.into(),
            self.clock.now().millis().into(),
        ];
        self.write(ADD_CARD, values)?;
        for slug in slugs {
            let held = self.held(name, slug)?.to_string();
            self.write(PAY_BY_CARD, [held.into(), id.as_str().into()])?;
        }
        Ok(())
    }
}
