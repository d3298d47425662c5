//! Reading `?page=&limit=`, and saying them back.

use serde_json::{Value, json};

use super::failure::Failure;
use super::messages::Message;
use super::query::Query;
use super::request::Request;
use crate::domain::page::Page;

/// The page that a request asks for. Each parameter may stand once; any other is refused by name.
pub(super) fn read_page(request: &Request) -> Result<Page, Failure> {
    let mut query = Query::of(request, &["page", "limit"]);
    let page = read_page_of(&mut query);
    query.finish(page)
}

/// The page among other parameters; the first one where it is not given.
pub(super) fn read_page_of(query: &mut Query) -> Page {
    let mut read = |name, max| {
        let within = |text: &str| {
            text.parse()
                .ok()
                .filter(|number| (1..=max).contains(number))
        };
        query.read(name, within, Message::NotWithin(max))
    };
    let number = read("page", Page::MAX_NUMBER).unwrap_or(1);
    let limit = read("limit", Page::MAX_LIMIT).unwrap_or(Page::DEFAULT_LIMIT);
    Page::new(number, limit).unwrap_or_default()
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
