//! Products and documents in the shape of the contract.

use serde_json::{Value, json};

use crate::app::ports::cabinet::{AcceptedVersion, ClientProduct, Document, Product};
use crate::domain::calendar::Period;
use crate::domain::identifiers::UserId;
use crate::domain::language::Language;
use crate::domain::time::Instant;

/// What answers are written for: language, instant, and where the site is.
#[derive(Clone, Copy)]
pub(in crate::http) struct Setting<'a> {
    pub(in crate::http) language: Language,
    pub(in crate::http) now: Instant,
    pub(in crate::http) site: &'a str,
}

/// A product, with every key of the predecessor.
pub(in crate::http) fn product(product: &Product, setting: Setting<'_>) -> Value {
    let language = setting.language;
    // The predecessor's words.
    let period = product.paid_for.period().map(|period| match period {
        Period::Month => "monthly",
        Period::Year => "yearly",
    });
    json!({
        "id": product.id.to_string(),
        "name": product.name_in(language),
        "description": product.description_in(language),
        "slug": product.slug,
        "price": product.price.to_string(),
        "currency": "RUB",
        "product_type": product.paid_for.kind().as_str(),
        "subscription_period": period,
        "subscription_terms": product.terms.as_ref().map(|terms| document(terms, setting)),
        "admin_url": product.admin_url,
        "is_active": product.is_on_sale,
        "created_at": product.created_at.to_string(),
        "updated_at": product.updated_at.to_string(),
    })
}

/// What a client has, with every key of the predecessor; the last ones are new: what the client may do with it now.
pub(in crate::http) fn client_product(
    held: &ClientProduct,
    user: UserId,
    setting: Setting<'_>,
) -> Value {
    let now = setting.now;
    let text = |at: Option<Instant>| at.map(|at| at.to_string());
    json!({
        "id": held.id.to_string(),
        "user": user.number(),
        "product": product(&held.product, setting),
        "status": held.dates.state_at(now).as_str(),
        "start_date": text(held.dates.starts_at),
        "end_date": text(held.dates.ends_at),
        "renewal_price": held.renewal.map(|renewal| renewal.price.to_string()),
        "payment_method_id": held.renewal.and_then(|renewal| renewal.method).map(|id| id.to_string()),
        "app_url": held.app_url,
        "created_at": held.created_at.to_string(),
        "updated_at": held.updated_at.to_string(),
        "cancelled_at": text(held.dates.cancelled_at),
        "revoked_at": text(held.dates.revoked_at),
        "is_usable": held.dates.is_open_at(now),
        "can_cancel": held.can_be_cancelled_at(now),
        "can_resume": held.can_be_resumed_at(now),
        "can_renew": held.can_be_renewed_at(now),
    })
}

/// A document, with every key of the predecessor. The text is Markdown, not HTML: pages show it as text.
pub(in crate::http) fn document(document: &Document, setting: Setting<'_>) -> Value {
    let title = document.title_in(setting.language);
    let url = document
        .url
        .as_deref()
        .map(|url| match url.strip_prefix('/') {
            Some(path) => format!("{}/{path}", setting.site),
            None => url.to_owned(),
        });
    json!({
        "id": document.id,
        "document_type": document.kind.as_str(),
        "title": title,
        "slug": document.slug,
        "content": document.text_in(setting.language),
        "meta_title": title,
        "meta_description": "",
        "updated_at": document.published_at.to_string(),
        "version": document.version,
        "url": url,
    })
}

/// A document, and whether the client has accepted its newest version.
pub(in crate::http) fn document_to_sign(
    shown: &Document,
    accepted: Option<&AcceptedVersion>,
    setting: Setting<'_>,
) -> Value {
    let mut body = document(shown, setting);
    let is_current = accepted.is_some_and(|accepted| accepted.version == shown.version);
    if let Some(body) = body.as_object_mut() {
        body.extend([
            ("is_signed".to_owned(), accepted.is_some().into()),
            (
                "signed_version".to_owned(),
                accepted.map(|accepted| accepted.version).into(),
            ),
            ("current_version".to_owned(), shown.version.into()),
            ("needs_signature".to_owned(), (!is_current).into()),
        ]);
        if let Some(accepted) = accepted {
            body.insert("signed_at".to_owned(), accepted.at.to_string().into());
        }
    }
    body
}
