//! A request as a value.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// The longest body that is read, in bytes: every request of the API is a small form.
pub const MAX_BODY_BYTES: usize = 64 * 1_024;

/// The body of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// All of it.
    Whole(Vec<u8>),
    /// It was longer than [`MAX_BODY_BYTES`], and the rest was not read.
    TooLarge,
    /// It broke off before its end.
    Broken,
}

impl Body {
    /// A body of at most [`MAX_BODY_BYTES`], or the fact that it was longer.
    #[must_use]
    pub fn limited(bytes: Vec<u8>) -> Self {
        if bytes.len() > MAX_BODY_BYTES {
            Self::TooLarge
        } else {
            Self::Whole(bytes)
        }
    }
}

/// A request.
#[derive(Clone, Debug)]
pub struct Request {
    method: String,
    path: String,
    query: String,
    headers: BTreeMap<String, String>,
    body: Body,
}

impl Request {
    /// A request; `query` is what stands after the question mark, still encoded, and the names of headers are taken without
    /// regard to letter case.
    #[must_use]
    pub fn new(
        method: impl Into<String>,
        path: impl Into<String>,
        query: impl Into<String>,
        headers: impl IntoIterator<Item = (String, String)>,
        body: Body,
    ) -> Self {
        let headers = headers
            .into_iter()
            .map(|(name, value)| (name.to_ascii_lowercase(), value))
            .collect();
        Self {
            method: method.into(),
            path: path.into(),
            query: query.into(),
            headers,
            body,
        }
    }

    /// The method, such as `GET`.
    #[must_use]
    pub fn method(&self) -> &str {
        &self.method
    }

    /// The path as it was asked for.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The parameters after the question mark, decoded, in their order.
    pub fn query(&self) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
        form_urlencoded::parse(self.query.as_bytes())
    }

    /// A header by its lower-case name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    /// The body.
    #[must_use]
    pub const fn body(&self) -> &Body {
        &self.body
    }
}
