//! HTTP as values: a request comes in, a response and a line for the log go out.
//!
//! One table ([`routes::ROUTES`]) says what there is and who may call it; the router, the access check and the tests all
//! read it.

mod credentials;
mod csv;
mod failure;
mod form;
mod handlers;
mod language;
pub mod log;
mod messages;
pub mod openapi;
mod origin;
mod paging;
mod payment_query;
mod query;
pub mod request;
pub mod response;
pub mod router;
pub mod routes;
mod views;
mod waiting;

pub use request::{Body, MAX_BODY_BYTES, Request};
pub use response::{Content, Response};
pub use router::{Exchange, Installation, Platform, respond};
