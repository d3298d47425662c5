//! Turnstile's `siteverify`, asked over HTTPS.

use worker::web_sys::AbortSignal;
use worker::{Fetch, Headers, Method, Request, RequestInit, Result};

use crate::app::ports::guards::{Answer, HumanCheck, HumanQuestion, HumanVerdict};
use crate::providers::turnstile;

/// Nobody waits longer for a verdict. (`worker::Delay` would panic: with today's compatibility date a timer is an object,
/// and it expects a number.)
const PATIENCE_MILLIS: u32 = 5_000;

/// Cloudflare, to be asked.
pub(super) struct Siteverify;

impl HumanCheck for Siteverify {
    fn ask<'a>(&'a self, question: HumanQuestion<'a>) -> Answer<'a, HumanVerdict> {
        Box::pin(async move {
            match post(turnstile::request_body(&question)).await {
                Ok(answer) => turnstile::read_answer(&question, &answer),
                Err(error) => HumanVerdict::Unknown(error.to_string()),
            }
        })
    }
}

/// The text of the answer.
async fn post(body: String) -> Result<String> {
    let headers = Headers::new();
    headers.set("content-type", turnstile::CONTENT_TYPE)?;
    let mut settings = RequestInit::new();
    settings
        .with_method(Method::Post)
        .with_headers(headers)
        .with_body(Some(body.into()));
    let request = Request::new_with_init(turnstile::SITEVERIFY, &settings)?;
    let patience = AbortSignal::timeout_with_u32(PATIENCE_MILLIS).into();
    let mut response = Fetch::Request(request).send_with_signal(&patience).await?;
    response.text().await
}
