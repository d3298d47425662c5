//! Reading `?page=&limit=`, and saying them back.

use serde_json::{Value, json};

use super::failure::{Failure, FieldProblems, Problem};
use super::form::shorten;
use super::messages::Message;
use super::request::Request;
use crate::domain::page::Page;
use crate::domain::payment::PaymentStatus;

/// The page that a request asks for. Each parameter may stand once; any other is refused by name.
pub(super) fn read_page(request: &Request) -> Result<Page, Failure> {
    read(request, &["page", "limit"]).map(|(page, _)| page)
}

/// The page of payments that a request asks for, and the status that they are to have.
pub(super) fn read_payments_page(
    request: &Request,
) -> Result<(Page, Option<PaymentStatus>), Failure> {
    read(request, &["page", "limit", "status"])
}

/// The status that payments are to have, where there are no pages.
pub(super) fn read_status(request: &Request) -> Result<Option<PaymentStatus>, Failure> {
    read(request, &["status"]).map(|(_, status)| status)
}

fn read(request: &Request, known: &[&str]) -> Result<(Page, Option<PaymentStatus>), Failure> {
    let (mut number, mut limit) = (None, None);
    let mut status = None;
    let mut problems = FieldProblems::new();
    for (name, value) in request.query() {
        let (slot, max) = match &*name {
            name if !known.contains(&name) => {
                problems.insert(shorten(name), Message::UnknownParameter);
                continue;
            }
            "status" => {
                // The predecessor's pages send an empty one for all.
                let parsed = match &*value {
                    "" => Some(None),
                    word => word.parse().ok().map(Some),
                };
                if parsed.is_none() || status.is_some() {
                    problems.insert(name.into_owned(), Message::NotAStatus);
                }
                status = parsed;
                continue;
            }
            "page" => (&mut number, Page::MAX_NUMBER),
            _ => (&mut limit, Page::MAX_LIMIT),
        };
        let parsed = value
            .parse::<u32>()
            .ok()
            .filter(|number| (1..=max).contains(number));
        if parsed.is_none() || slot.is_some() {
            problems.insert(name.into_owned(), Message::NotWithin(max));
        }
        *slot = parsed;
    }
    if problems.is_empty()
        && let Ok(page) = Page::new(number.unwrap_or(1), limit.unwrap_or(Page::DEFAULT_LIMIT))
    {
        Ok((page, status.flatten()))
    } else {
        Err(Problem::ValidationFailed(problems).into())
    }
}

/// A list with its place in the whole, in the shape of the contract.
pub(super) fn list(name: &str, rows: Vec<Value>, total: i64, page: Page) -> Value {
    let mut body = json!({
        "success": true, "total": total, "page": page.number(), "limit": page.limit(),
    });
    if let Some(body) = body.as_object_mut() {
        body.insert(name.to_owned(), Value::Array(rows));
    }
    body
}
