//! What a client reads in the cabinet, and the small changes they make there.

use super::App;
use super::authentication::Caller;
use super::error::{Error, Refusal};
use super::ports::Store;
use super::ports::cabinet::{
    Acceptance, ClientData, ClientOrder, ClientProduct, DocumentWanted, MethodRemoval, NewRenewal,
    PaymentMethod, RenewalWish, Wanted,
};
use crate::domain::audit::{Actor, AuditEntry, Event};
use crate::domain::identifiers::{OrderId, PaymentMethodId, UserProductId};
use crate::domain::order::OrderNumber;
use crate::domain::time::Instant;
use crate::domain::user::ReferralCode;

/// A client's data, and the instant at which it is so: states are worked out from dates.
#[derive(Clone, Debug)]
pub struct Look {
    /// The data.
    pub data: ClientData,
    /// The instant.
    pub at: Instant,
}

impl<S: Store> App<'_, S> {
    /// What is wanted of the caller's data.
    pub async fn look(&self, caller: &Caller, wanted: &Wanted) -> Result<Look, Error> {
        let at = self.now();
        let data = self.store.client_data(caller.user.id, wanted, at).await?;
        Ok(Look { data, at })
    }

    /// Where the site is, such as `https://miniapp.expert`.
    #[must_use]
    pub fn site(&self) -> &str {
        self.settings.mail.site.as_str()
    }

    /// Asks not to renew a subscription, or takes that back. What is paid works to its end either way, and to ask twice changes
    /// nothing.
    pub async fn wish_renewal(
        &self,
        caller: &Caller,
        product: UserProductId,
        wish: RenewalWish,
    ) -> Result<(ClientProduct, Instant), Error> {
        self.settle_renewal(&Actor::Person, caller.user.id, product, wish, None)
            .await
    }

    /// Makes an order for another period of a subscription, or finds the one that waits already: a lost answer asked for again
    /// orders nothing twice. The code of a partner's link binds somebody who is bound to nobody when the order is paid.
    pub async fn order_renewal(
        &self,
        caller: &Caller,
        product: UserProductId,
        came_by: Option<ReferralCode>,
    ) -> Result<ClientOrder, Error> {
        let renewal = NewRenewal {
            id: OrderId::from_random(self.random()?),
            number: OrderNumber::from_random(self.random()?),
            product,
            came_by,
        };
        let audit = self
            .audit_deed(caller, Event::OrderPlaced)
            .on(&renewal.number);
        let (product, order) = self
            .store
            .order_renewal(caller.user.id, &renewal, &audit)
            .await?
            .filter(|(product, _)| product.renewal.is_some())
            .ok_or(Refusal::NotFound)?;
        order
            .filter(|_| product.can_be_renewed_at(audit.at))
            .ok_or_else(|| Refusal::NotRenewable.into())
    }

    /// Makes a way to pay the default one.
    pub async fn choose_method(
        &self,
        caller: &Caller,
        method: PaymentMethodId,
    ) -> Result<(PaymentMethod, Instant), Error> {
        let audit = self
            .audit_deed(caller, Event::PaymentMethodChosen)
            .on(method);
        let chosen = self
            .store
            .choose_method(caller.user.id, method, &audit)
            .await?
            .ok_or(Refusal::NotFound)?;
        Ok((chosen, audit.at))
    }

    /// Removes a way to pay.
    pub async fn remove_method(
        &self,
        caller: &Caller,
        method: PaymentMethodId,
    ) -> Result<(), Error> {
        let audit = self
            .audit_deed(caller, Event::PaymentMethodRemoved)
            .on(method);
        match self
            .store
            .remove_method(caller.user.id, method, &audit)
            .await?
        {
            Some(MethodRemoval::Removed) => Ok(()),
            Some(MethodRemoval::IsDefault) => Err(Refusal::MethodIsDefault.into()),
            None => Err(Refusal::NotFound.into()),
        }
    }

    /// Accepts the newest version of a document, if it is the one that the caller has read.
    pub async fn accept_document(
        &self,
        caller: &Caller,
        wanted: &DocumentWanted,
    ) -> Result<Acceptance, Error> {
        let audit = self
            .audit_deed(caller, Event::DocumentAccepted)
            .with_detail(wanted.kind.as_str());
        let acceptance = self
            .store
            .accept_document(caller.user.id, wanted, &audit)
            .await?
            .ok_or(Refusal::NotFound)?;
        let current = acceptance.document.version;
        if acceptance.accepted.is_none() || wanted.version.is_some_and(|read| read != current) {
            return Err(Refusal::DocumentChanged.into());
        }
        Ok(acceptance)
    }

    fn audit_deed(&self, caller: &Caller, event: Event) -> AuditEntry {
        self.audit(event, Actor::Person).about(caller.user.id)
    }
}
