//! Cloudflare's e-mail service: what its binding is given, and what its refusals mean.
//!
//! The binding takes sender, recipient, subject and both bodies as fields and makes the message itself: MIME, the encoding of
//! the subject, `Date`, `Message-ID` and DKIM are its own (Cloudflare docs, "Email Service: Email headers"). So there is
//! no header that a text of ours could break out of.

use crate::app::ports::SendFailure;

/// The binding in `wrangler.toml`.
pub const BINDING: &str = "EMAIL";

/// Keeps holiday replies of Exchange away from an address that nobody reads (Microsoft, \[MS-OXCMAIL\] 2.1.3.2.20). RFC 3834's
/// `Auto-Submitted` is not among the headers that the service lets through; those that begin with `X-` are.
pub const HEADERS: [(&str, &str); 1] = [("X-Auto-Response-Suppress", "All")];

/// What trying again cannot change: the recipient's mailbox bounced or complained before.
const FINAL_CODES: [&str; 1] = ["E_RECIPIENT_SUPPRESSED"];

/// What a refusal with this code means. A limit ends, and a wrong set-up may be mended within the day.
#[must_use]
pub fn failure(code: Option<&str>) -> SendFailure {
    // The code goes to the log and the outbox: only something that looks like one may.
    let code = code
        .filter(|code| {
            (1..=64).contains(&code.len())
                && code
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        })
        .unwrap_or("unknown");
    SendFailure {
        is_final: FINAL_CODES.contains(&code),
        code: code.to_owned(),
    }
}

/// The binding is missing.
#[must_use]
pub fn not_bound() -> SendFailure {
    SendFailure {
        code: "not_bound".to_owned(),
        is_final: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_cannot_change_is_final_and_only_codes_are_kept() {
        for (code, kept, is_final) in [
            (
                Some("E_RECIPIENT_SUPPRESSED"),
                "E_RECIPIENT_SUPPRESSED",
                true,
            ),
            (
                Some("E_RATE_LIMIT_EXCEEDED"),
                "E_RATE_LIMIT_EXCEEDED",
                false,
            ),
            (
                Some("E_SENDER_NOT_VERIFIED"),
                "E_SENDER_NOT_VERIFIED",
                false,
            ),
            (Some("mail to anna@example.com failed"), "unknown", false),
            (Some(""), "unknown", false),
            (None, "unknown", false),
        ] {
            let failure = failure(code);
            assert_eq!((failure.code.as_str(), failure.is_final), (kept, is_final));
        }
    }
}
