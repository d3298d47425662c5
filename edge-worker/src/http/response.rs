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
    pub body: Value,
}

/// Carried by every answer of the API. The site's own `_headers` file does not reach the Worker's answers.
const HEADERS: [(&str, &str); 5] = [
    ("content-type", "application/json; charset=utf-8"),
    ("cache-control", "no-store"),
    ("x-content-type-options", "nosniff"),
    // The answers are data: nothing of theirs may run or be framed, should a browser ever show one as a page.
    (
        "content-security-policy",
        "default-src 'none'; frame-ancestors 'none'",
    ),
    ("strict-transport-security", "max-age=31536000"),
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
            body,
        }
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
