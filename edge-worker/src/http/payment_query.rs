//! Reading which payments are wanted: `?status=&from=&to=&sort=`.

use super::failure::Failure;
use super::messages::Message;
use super::paging::read_page_of;
use super::query::Query;
use super::request::Request;
use crate::app::ports::cabinet::{PaymentFilter, PaymentOrder};
use crate::domain::calendar::{day_after, start_of_day};
use crate::domain::page::Page;

/// The page of payments that a request asks for, and of which payments.
pub(super) fn read_payments_page(request: &Request) -> Result<(Page, PaymentFilter), Failure> {
    let known = ["page", "limit", "status", "from", "to", "sort"];
    let mut query = Query::of(request, &known);
    let page = read_page_of(&mut query);
    let filter = read_filter(&mut query);
    query.finish((page, filter))
}

/// Which payments a request asks for, where there are no pages.
pub(super) fn read_payments(request: &Request) -> Result<PaymentFilter, Failure> {
    let mut query = Query::of(request, &["status", "from", "to", "sort"]);
    let filter = read_filter(&mut query);
    query.finish(filter)
}

/// Both days belong to the period.
fn read_filter(query: &mut Query) -> PaymentFilter {
    // The predecessor's pages send an empty status for all.
    let status = |word: &str| match word {
        "" => Some(None),
        word => word.parse().ok().map(Some),
    };
    PaymentFilter {
        status: query.read("status", status, Message::NotAStatus).flatten(),
        since: query.read("from", start_of_day, Message::NotADay),
        before: query.read("to", day_after, Message::NotADay),
        order: query
            .read(
                "sort",
                |word| word.parse::<PaymentOrder>().ok(),
                Message::NotAnOrder,
            )
            .unwrap_or_default(),
    }
}
