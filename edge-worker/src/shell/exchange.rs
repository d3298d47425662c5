//! Requests of the platform to requests of ours, and responses back.

use futures_util::StreamExt;
use worker::{Cf, Headers, Request as EdgeRequest, Response as EdgeResponse, Result};

use crate::http::{Body, MAX_BODY_BYTES, Request, Response};

/// The header that tells the country of a client.
const COUNTRY: &str = "cf-ipcountry";

/// Reads a request. What cannot be read arrives as an address that is not there or as a broken body, so that the answer
/// keeps the shape of the contract.
pub(super) async fn read(request: &mut EdgeRequest) -> Request {
    let (path, query) = request.url().map_or_else(
        |_| (String::new(), String::new()),
        |url| {
            (
                url.path().to_owned(),
                url.query().unwrap_or_default().to_owned(),
            )
        },
    );
    let mut headers: Vec<_> = request.headers().entries().collect();
    // Cloudflare writes this header only where a zone is set to; elsewhere it is whatever the client made up. The
    // country beside the request is Cloudflare's own in every zone.
    headers.retain(|(name, _)| !name.eq_ignore_ascii_case(COUNTRY));
    if let Some(country) = request.cf().and_then(Cf::country) {
        headers.push((COUNTRY.to_owned(), country));
    }
    let method = request.inner().method();
    let body = read_body(request).await.unwrap_or(Body::Broken);
    Request::new(method, path, query, headers, body)
}

async fn read_body(request: &mut EdgeRequest) -> Result<Body> {
    if request.inner().body().is_none() {
        return Ok(Body::Whole(Vec::new()));
    }
    let mut stream = request.stream()?;
    let mut bytes = Vec::new();
    // To the end, even when there is too much of it: an answer before the end would reset the connection, and the
    // client would never read why. Of what is too much, nothing is kept.
    while let Some(piece) = stream.next().await {
        let piece = piece?;
        if bytes.len() <= MAX_BODY_BYTES {
            bytes.extend(piece);
        }
    }
    Ok(Body::limited(bytes))
}

/// Writes a response.
pub(super) fn write(response: &Response) -> Result<EdgeResponse> {
    let headers = Headers::new();
    for (name, value) in &response.headers {
        headers.append(name, value)?;
    }
    let body = response.body.clone().into_bytes();
    Ok(EdgeResponse::from_bytes(body)?
        .with_status(response.status)
        .with_headers(headers))
}
