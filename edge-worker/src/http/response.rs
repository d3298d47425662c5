//! A response as a value, and the headers that every one of them carries.

use serde_json::Value;

/// A response: a status, headers and a body of JSON.
#[derive(Clone, Debug)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// The headers.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Content,
}

/// A body.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// JSON.
    Json(Value),
    /// A text of another type, which the headers name.
    Text(String),
}

impl Content {
    /// The body as it goes over the wire.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        match self {
            Self::Json(value) => value.to_string().into_bytes(),
            Self::Text(text) => text.into_bytes(),
        }
    }
}

/// Carried by every answer of the API. The site's own `_headers` file does not reach the Worker's answers.
///
/// The answers are data: nothing of theirs may run, be framed or be read by another site, should a browser ever show one
/// as a page (ASVS 5.0 3.2.1, 3.4.1 to 3.4.8, 3.5.8).
const HEADERS: [(&str, &str); 11] = [
    ("content-type", "application/json; charset=utf-8"),
    ("cache-control", "no-store"),
    ("x-content-type-options", "nosniff"),
    (
        "content-security-policy",
        // What `default-src` does not cover is closed by name.
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    (
        "strict-transport-security",
        "max-age=31536000; includeSubDomains",
    ),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-embedder-policy", "require-corp"),
    ("x-permitted-cross-domain-policies", "none"),
];

impl Response {
    /// An answer with this body.
    #[must_use]
    pub fn new(status: u16, body: Value) -> Self {
        let headers = HEADERS
            .iter()
            .map(|&(name, value)| (name, value.to_owned()))
            .collect();
        Self {
            status,
            headers,
            body: Content::Json(body),
        }
    }

    /// A table for spreadsheets, to be kept as a file of this name (RFC 4180, RFC 7111; RFC 8187 for the letters of the name).
    #[must_use]
    pub fn csv(table: String, file_name: &str) -> Self {
        let name: String = form_urlencoded::byte_serialize(file_name.as_bytes()).collect();
        let mut response = Self::new(200, Value::Null).with_header(
            "content-disposition",
            format!("attachment; filename*=UTF-8''{name}"),
        );
        for (header, value) in &mut response.headers {
            if *header == "content-type" {
                "text/csv; charset=utf-8; header=present".clone_into(value);
            }
        }
        response.body = Content::Text(table);
        response
    }

    /// The answer with one more header.
    #[must_use]
    pub fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// A header by its lower-case name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(header, _)| *header == name)
            .map(|(_, value)| value.as_str())
    }
}
