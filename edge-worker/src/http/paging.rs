//! Reading `?page=&limit=`, and saying them back.

use serde_json::{Value, json};

use super::failure::{Failure, FieldProblems, Problem};
use super::form::shorten;
use super::messages::Message;
use super::request::Request;
use crate::domain::page::Page;

/// The page that a request asks for. Each parameter may stand once; any other is refused by name.
pub(super) fn read_page(request: &Request) -> Result<Page, Failure> {
    let (mut number, mut limit) = (None, None);
    let mut problems = FieldProblems::new();
    for (name, value) in request.query() {
        let (slot, max) = match &*name {
            "page" => (&mut number, Page::MAX_NUMBER),
            "limit" => (&mut limit, Page::MAX_LIMIT),
            _ => {
                problems.insert(shorten(&name), Message::UnknownParameter);
                continue;
            }
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
        Ok(page)
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
