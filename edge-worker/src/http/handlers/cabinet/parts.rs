//! The lists that answers are put together from, each from what one look at the database has found.

use serde_json::{Value, json};

use crate::app::authentication::Caller;
use crate::app::cabinet::Look;
use crate::app::ports::cabinet::Document;
use crate::http::views::catalogue::Setting;
use crate::http::views::{catalogue, partner, payments};

pub(super) fn client_products(look: &Look, caller: &Caller, setting: Setting<'_>) -> Vec<Value> {
    let products = look.data.products.iter();
    products
        .map(|held| catalogue::client_product(held, caller.user.id, setting))
        .collect()
}

pub(super) fn on_sale(look: &Look, setting: Setting<'_>) -> Vec<Value> {
    let products = look.data.on_sale.iter();
    products
        .map(|product| catalogue::product(product, setting))
        .collect()
}

pub(super) fn shown_payments(look: &Look, caller: &Caller, setting: Setting<'_>) -> Vec<Value> {
    let shown = look.data.payments.iter();
    shown
        .map(|payment| payments::payment(payment, &caller.user, setting))
        .collect()
}

pub(super) fn methods(look: &Look, caller: &Caller) -> Vec<Value> {
    let methods = look.data.methods.iter();
    methods
        .map(|method| payments::method(method, &caller.user, look.at))
        .collect()
}

pub(super) fn invited(look: &Look, caller: &Caller) -> Value {
    let people = look.data.invited.iter();
    people
        .map(|person| partner::invited(person, caller.user.id))
        .collect()
}

pub(super) fn commissions(look: &Look, caller: &Caller, setting: Setting<'_>) -> Vec<Value> {
    let commissions = look.data.commissions.iter();
    commissions
        .map(|commission| partner::commission(commission, caller.user.id, setting))
        .collect()
}

pub(super) fn payouts(look: &Look, caller: &Caller) -> Vec<Value> {
    let payouts = look.data.payouts.iter();
    payouts
        .map(|payout| partner::payout(payout, &caller.user))
        .collect()
}

/// Documents that everybody accepts, and the terms of subscriptions that work now; those whose newest version is accepted, and
/// those that wait for it.
pub(super) fn documents_parts(look: &Look, setting: Setting<'_>) -> Value {
    let data = &look.data;
    let mut shown: Vec<&Document> = data.documents.iter().collect();
    let terms = data
        .products
        .iter()
        .filter(|held| held.is_open_subscription_at(look.at))
        .filter_map(|held| held.product.terms.as_ref());
    for document in terms {
        if shown.iter().all(|known| known.id != document.id) {
            shown.push(document);
        }
    }
    let (mut signed, mut to_sign) = (Vec::new(), Vec::new());
    for document in shown {
        let accepted = data
            .accepted
            .iter()
            .find(|accepted| accepted.document == document.id);
        let is_current = accepted.is_some_and(|accepted| accepted.version == document.version);
        let view = catalogue::document_to_sign(document, accepted, setting);
        if is_current {
            signed.push(view);
        } else {
            to_sign.push(view);
        }
    }
    json!({"signed_documents": signed, "documents_to_sign": to_sign})
}
