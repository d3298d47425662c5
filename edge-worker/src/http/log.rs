//! What the log says about a request: one line of JSON, without secrets and without personal data.

use serde::Serialize;

/// How much a line matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// All is as it should be.
    Info,
    /// Somebody has to look, perhaps although the request succeeded.
    Error,
}

/// One request in the log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LogLine {
    /// How much it matters.
    pub severity: Severity,
    /// The same id that the client was told.
    pub request_id: String,
    /// The method, cut to a sane length.
    pub method: String,
    /// The route's path; what somebody typed in its place is not logged, it might be anything.
    pub route: &'static str,
    /// The status of the answer.
    pub status: u16,
    /// The code of the failure, if it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'static str>,
    /// How many passwords were hashed: nearly all that a request costs.
    #[serde(skip_serializing_if = "is_zero")]
    pub hashes: u32,
    /// What only operators may know.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub detail: String,
}

impl LogLine {
    /// The line as JSON, in which no text can break out of its field.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self)
            .unwrap_or_else(|error| format!("a log line could not be written: {error}"))
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands out references"
)]
const fn is_zero(count: &u32) -> bool {
    *count == 0
}
