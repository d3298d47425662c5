//! The small changes that a client makes in the cabinet.

use serde_json::json;

use super::cabinet::success;
use super::{done, partner_link};
use crate::app::App;
use crate::app::authentication::Caller;
use crate::app::contact::support_email;
use crate::app::ports::Store;
use crate::app::ports::cabinet::{DocumentWanted, RenewalWish};
use crate::domain::catalogue::DocumentType;
use crate::domain::handle::Handle;
use crate::http::failure::{Failure, Problem};
use crate::http::form::Form;
use crate::http::language::Language;
use crate::http::messages::Message;
use crate::http::request::Request;
use crate::http::response::Response;
use crate::http::routes::PathId;
use crate::http::views::catalogue::Setting;
use crate::http::views::{catalogue, payments};

pub(in crate::http) async fn wish_renewal<S: Store>(
    app: &App<'_, S>,
    request: &Request,
    caller: &Caller,
    (id, wish): (PathId<'_>, RenewalWish),
    language: Language,
) -> Result<Response, Failure> {
    let id = id.parse()?;
    Form::read(request)?.finish(Some(()))?;

    let (product, now) = app.wish_renewal(caller, id, wish).await?;
    let message = match wish {
        RenewalWish::Cancel => Message::SubscriptionCancelled,
        RenewalWish::Resume => Message::SubscriptionResumed,
    };
    let setting = Setting {
        language,
        now,
        site: app.site(),
    };
    Ok(success(json!({
        "message": message.text(language),
        "product": catalogue::client_product(&product, caller.user.id, setting),
    })))
}

/// Until payments are taken online, an order is paid by an invoice, which the support writes.
pub(in crate::http) async fn order_renewal<S: Store>(
    app: &App<'_, S>,
    request: &Request,
    caller: &Caller,
    id: PathId<'_>,
    language: Language,
) -> Result<Response, Failure> {
    let id = id.parse()?;
    let mut form = Form::read(request)?;
    let came_by = partner_link(&mut form);
    form.finish(Some(()))?;

    let order = app.order_renewal(caller, id, came_by).await?;
    let setting = Setting {
        language,
        now: order.created_at,
        site: app.site(),
    };
    Ok(success(json!({
        "message": Message::RenewalOrdered.text(language),
        "order": payments::order(&order, &caller.user, setting),
        "payment": {
            "method": "invoice",
            "write_to": support_email(),
            "order_id": order.number,
            "amount": order.amount.to_string(),
            "currency": "RUB",
        },
    })))
}

pub(in crate::http) async fn choose_method<S: Store>(
    app: &App<'_, S>,
    request: &Request,
    caller: &Caller,
    id: PathId<'_>,
    language: Language,
) -> Result<Response, Failure> {
    let id = id.parse()?;
    let mut form = Form::read(request)?;
    let is_default = form.optional_flag("is_default");
    form.finish(Some(()))?;
    if is_default != Some(true) {
        return Err(Problem::field("is_default", Message::NotTrue).into());
    }

    let (method, now) = app.choose_method(caller, id).await?;
    Ok(success(json!({
        "message": Message::MethodChosen.text(language),
        "method": payments::method(&method, &caller.user, now),
    })))
}

pub(in crate::http) async fn remove_method<S: Store>(
    app: &App<'_, S>,
    request: &Request,
    caller: &Caller,
    id: PathId<'_>,
    language: Language,
) -> Result<Response, Failure> {
    let id = id.parse()?;
    Form::read(request)?.finish(Some(()))?;

    app.remove_method(caller, id).await?;
    Ok(done(Message::MethodRemoved, language))
}

/// Who sends the `version` that they have shown cannot accept another by accident.
pub(in crate::http) async fn accept_document<S: Store>(
    app: &App<'_, S>,
    request: &Request,
    caller: &Caller,
    kind: PathId<'_>,
    language: Language,
) -> Result<Response, Failure> {
    let kind: DocumentType = kind.parse()?;
    let mut form = Form::read(request)?;
    let id = form.optional_number("document_id");
    let version = form.optional_number("version");
    form.finish(Some(()))?;

    let wanted = DocumentWanted { kind, id, version };
    let acceptance = app.accept_document(caller, &wanted).await?;
    let (document, user) = (&acceptance.document, caller.user.id);
    let (at, network) = acceptance.accepted.ok_or(Problem::Internal)?;
    let setting = Setting {
        language,
        now: at,
        site: app.site(),
    };
    Ok(success(json!({
        "message": Message::DocumentAccepted.text(language),
        "acceptance": {
            "id": Handle::of_acceptance(user, document.id, document.version).to_string(),
            "user": user.number(),
            "document": catalogue::document(document, setting),
            "version": document.version,
            "accepted_at": at.to_string(),
            "ip_address": network,
        },
    })))
}
