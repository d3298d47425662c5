//! Cloudflare Turnstile: the question of `siteverify` and its answer
//! (<https://developers.cloudflare.com/turnstile/get-started/server-side-validation/>).

use serde::Deserialize;

use crate::app::ports::guards::{HumanQuestion, HumanVerdict};

/// Where the question goes, by POST.
pub const SITEVERIFY: &str = "https://challenges.cloudflare.com/turnstile/v0/siteverify";

/// The content type of [`request_body`].
pub const CONTENT_TYPE: &str = "application/x-www-form-urlencoded";

/// The question.
#[must_use]
pub fn request_body(question: &HumanQuestion<'_>) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("secret", question.keys.secret());
    form.append_pair("response", question.token.as_str());
    if let Some(address) = question.address {
        form.append_pair("remoteip", &address.to_string());
    }
    form.finish()
}

#[derive(Deserialize)]
struct Siteverify {
    success: bool,
    #[serde(default, rename = "error-codes")]
    error_codes: Vec<String>,
    action: Option<String>,
}

/// The verdict in an answer.
///
/// A token is good for the form that it was solved for and for no other, hence the action is compared. On which pages a
/// widget works at all is set in Cloudflare's dashboard. Keys for testing know neither.
#[must_use]
pub fn read_answer(question: &HumanQuestion<'_>, text: &str) -> HumanVerdict {
    let Ok(answer) = serde_json::from_str::<Siteverify>(text) else {
        return HumanVerdict::Unknown("siteverify did not answer with its JSON".to_owned());
    };
    let codes = || {
        // They are Cloudflare's own words, but they came over the wire.
        const MAX_CHARS: usize = 200;
        answer
            .error_codes
            .join(", ")
            .chars()
            .take(MAX_CHARS)
            .collect()
    };
    let is_our_fault = answer.error_codes.iter().any(|code| {
        matches!(
            code.as_str(),
            "missing-input-secret" | "invalid-input-secret" | "bad-request" | "internal-error"
        )
    });
    if !answer.success {
        return if is_our_fault {
            HumanVerdict::Unknown(codes())
        } else {
            HumanVerdict::NotHuman(codes())
        };
    }
    let is_for_this = answer.action.as_deref() == Some(question.action.as_str());
    if is_for_this || question.keys.are_for_testing() {
        HumanVerdict::Human
    } else {
        HumanVerdict::NotHuman("the token is for another form".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::human_check::{HumanAction, HumanToken, TurnstileKeys};

    fn with_question<T>(keys: [&str; 2], ask: impl FnOnce(&HumanQuestion<'_>) -> T) -> T {
        let keys = TurnstileKeys::new(keys[0], keys[1]).unwrap();
        let token = HumanToken::parse("0.a&b=c+d").unwrap();
        ask(&HumanQuestion {
            keys: &keys,
            token: &token,
            action: HumanAction::Register,
            address: "2001:db8::7".parse().ok(),
        })
    }

    const REAL: [&str; 2] = ["0x4AAAAAAAsite", "0x4AAAAAAAsecret"];
    const TESTING: [&str; 2] = [
        "1x00000000000000000000AA",
        "1x0000000000000000000000000000000AA",
    ];

    #[test]
    fn the_question_names_secret_token_and_address_and_nothing_breaks_out_of_its_field() {
        assert_eq!(
            with_question(REAL, request_body),
            "secret=0x4AAAAAAAsecret&response=0.a%26b%3Dc%2Bd&remoteip=2001%3Adb8%3A%3A7"
        );
    }

    #[test]
    fn only_a_token_solved_for_this_form_shows_a_person() {
        use HumanVerdict::{Human, NotHuman, Unknown};
        let human = |text: &str| NotHuman(text.to_owned());
        let unknown = |text: &str| Unknown(text.to_owned());
        for (keys, answer, expected) in [
            (
                REAL,
                r#"{"success": true, "error-codes": [], "challenge_ts": "2026-11-23T10:00:00Z",
                    "hostname": "miniapp.expert", "action": "register", "cdata": "",
                    "metadata": {"interactive": false}}"#,
                Human,
            ),
            (
                REAL,
                r#"{"success": true, "action": "sign_in"}"#,
                human("the token is for another form"),
            ),
            (
                REAL,
                r#"{"success": true}"#,
                human("the token is for another form"),
            ),
            (TESTING, r#"{"success": true}"#, Human),
            (
                REAL,
                r#"{"success": false, "error-codes": ["timeout-or-duplicate"]}"#,
                human("timeout-or-duplicate"),
            ),
            (
                REAL,
                r#"{"success": false, "error-codes": ["invalid-input-response"], "action": "register"}"#,
                human("invalid-input-response"),
            ),
            (
                REAL,
                r#"{"success": false, "error-codes": ["invalid-input-secret"]}"#,
                unknown("invalid-input-secret"),
            ),
            (
                REAL,
                r#"{"success": false, "error-codes": ["internal-error"]}"#,
                unknown("internal-error"),
            ),
            (
                REAL,
                r#"{"success": "yes"}"#,
                unknown("siteverify did not answer with its JSON"),
            ),
            (
                REAL,
                "<html>",
                unknown("siteverify did not answer with its JSON"),
            ),
            (REAL, "", unknown("siteverify did not answer with its JSON")),
        ] {
            let verdict = with_question(keys, |question| read_answer(question, answer));
            assert_eq!(verdict, expected, "{answer}");
        }
    }
}
