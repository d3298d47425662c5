//! Products are given, taken away and prolonged by operators, and clients decide about the renewal of theirs.

use super::App;
use super::error::{Error, Refusal};
use super::ports::Store;
use super::ports::access::{Grant, Holding};
use super::ports::cabinet::{ClientProduct, RenewalWish};
use crate::domain::access::{GiftSource, PaidPeriod};
use crate::domain::audit::{Actor, Event, OperatorName};
use crate::domain::calendar::{AnchorDay, Period};
use crate::domain::identifiers::{ProductId, UserId, UserProductId};
use crate::domain::language::Language;
use crate::domain::mail::facts::MailFacts;
use crate::domain::mail::{MailName, NewMail};
use crate::domain::time::Instant;

/// A product that is given to somebody without a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gift {
    /// To whom.
    pub user: UserId,
    /// Which product.
    pub product: ProductId,
    /// Whether it still has to be prepared; subscriptions begin at once.
    pub is_pending: bool,
    /// How long the periods of a subscription are, and where the first ends, if not with the period.
    pub subscription: Option<(Period, Option<Instant>)>,
    /// Where this client uses it.
    pub app_url: Option<String>,
    /// Where this client manages it.
    pub admin_url: Option<String>,
    /// Why it is given.
    pub source: GiftSource,
}

/// In what words a client is told by mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// In which language.
    pub language: Language,
    /// What the product is called in it.
    pub product: String,
}

impl<S: Store> App<'_, S> {
    /// Gives a product to somebody. `None` when there is no such person or product.
    pub async fn grant_product(
        &self,
        operator: &OperatorName,
        gift: Gift,
    ) -> Result<Option<UserProductId>, Error> {
        self.give(operator, gift, None).await
    }

    /// The same, and the client is told by mail. What still has to be prepared is told when it is ready, by whoever prepared it.
    pub async fn grant_product_and_tell(
        &self,
        operator: &OperatorName,
        gift: Gift,
        wording: &Wording,
    ) -> Result<Option<UserProductId>, Error> {
        let wording = Some(wording).filter(|_| !gift.is_pending);
        self.give(operator, gift, wording).await
    }

    async fn give(
        &self,
        operator: &OperatorName,
        gift: Gift,
        wording: Option<&Wording>,
    ) -> Result<Option<UserProductId>, Error> {
        let now = self.now();
        let subscription = gift.subscription.map(|(period, ends_at)| {
            let usual = PaidPeriod::paid_at(now, period, None);
            let first = PaidPeriod {
                end: ends_at.map_or(usual.end, |ends_at| ends_at.max(now)),
                anchor: AnchorDay::of(ends_at.unwrap_or(now)),
                ..usual
            };
            (period, first)
        });
        let is_pending = gift.is_pending && subscription.is_none();
        let grant = Grant {
            id: self.new_user_product_id()?,
            user: gift.user,
            product: gift.product,
            starts_at: (!is_pending).then_some(now),
            subscription,
            app_url: gift.app_url,
            admin_url: gift.admin_url,
            at: now,
        };
        let audit = self
            .audit(Event::ProductGranted, Actor::Operator(operator.clone()))
            .about(gift.user)
            .with_detail(gift.source.as_str())
            .on(grant.id);
        let ends_at = grant.subscription.map(|(_, first)| first.end);
        let notice = wording
            .map(|wording| self.notice_of_product(MailName::AccessGranted, wording, ends_at));
        let is_granted = self.store.grant(&grant, notice.as_ref(), &audit).await?;
        Ok(is_granted.then_some(grant.id))
    }

    /// Takes a product away from somebody; it stays in the history. `None` when nobody has it.
    pub async fn revoke_product(
        &self,
        operator: &OperatorName,
        id: UserProductId,
    ) -> Result<Option<Holding>, Error> {
        let Some(found) = self.store.holding(id).await? else {
            return Ok(None);
        };
        let audit = self
            .audit(Event::ProductRevoked, Actor::Operator(operator.clone()))
            .about(found.user)
            .with_detail("operator")
            .on(id);
        Ok(self.store.revoke(id, &audit).await?)
    }

    /// Moves the end of a subscription to another moment. `None` when nobody has it.
    pub async fn extend_subscription(
        &self,
        operator: &OperatorName,
        id: UserProductId,
        ends_at: Instant,
    ) -> Result<Option<Holding>, Error> {
        let Some(found) = self.store.holding(id).await? else {
            return Ok(None);
        };
        let audit = self
            .audit(
                Event::SubscriptionExtended,
                Actor::Operator(operator.clone()),
            )
            .about(found.user)
            .on(id);
        Ok(self.store.move_end(id, ends_at, &audit).await?)
    }

    /// Asks not to renew a subscription of this client's, who is told by mail that it works until `ends_at`, unless they had asked
    /// for it before.
    pub async fn cancel_subscription_and_tell(
        &self,
        operator: &OperatorName,
        user: UserId,
        id: UserProductId,
        wording: &Wording,
        ends_at: Instant,
    ) -> Result<ClientProduct, Error> {
        let actor = Actor::Operator(operator.clone());
        let name = MailName::SubscriptionCancelled;
        let notice = self.notice_of_product(name, wording, Some(ends_at));
        let (product, _) = self
            .settle_renewal(&actor, user, id, RenewalWish::Cancel, Some(&notice))
            .await?;
        Ok(product)
    }

    fn notice_of_product(
        &self,
        name: MailName,
        wording: &Wording,
        ends_at: Option<Instant>,
    ) -> NewMail {
        NewMail {
            facts: MailFacts {
                product: Some(wording.product.clone()),
                ends_at,
                ..MailFacts::default()
            },
            ..self.new_mail(name, wording.language)
        }
    }

    /// Puts down whether a subscription of this person's is to be renewed, and answers the product as it is then, and when
    /// that is. What is paid works to its end either way, and to ask twice changes nothing. A stranger's is as if it were not
    /// there. The notice goes out if anything has changed.
    pub async fn settle_renewal(
        &self,
        actor: &Actor,
        user: UserId,
        id: UserProductId,
        wish: RenewalWish,
        notice: Option<&NewMail>,
    ) -> Result<(ClientProduct, Instant), Error> {
        let event = match wish {
            RenewalWish::Cancel => Event::SubscriptionCancelled,
            RenewalWish::Resume => Event::SubscriptionResumed,
        };
        let audit = self.audit(event, actor.clone()).about(user).on(id);
        let found = self
            .store
            .wish_renewal(user, id, wish, notice, &audit)
            .await?
            .filter(|product| product.renewal.is_some())
            .ok_or(Refusal::NotFound)?;
        if found.is_open_subscription_at(audit.at) {
            Ok((found, audit.at))
        } else {
            Err(Refusal::SubscriptionNotActive.into())
        }
    }
}
