//! Cloudflare Turnstile as values: the keys of an installation, and what a browser brings to show that a person sits there.

use std::fmt;

/// What the person is about to do; a token solved for one form opens no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HumanAction {
    /// Make an account.
    Register,
    /// Sign in, after some passwords were wrong.
    SignIn,
    /// Ask for a reset letter.
    Reset,
}

impl HumanAction {
    /// The word that the page gives to the widget and that comes back with the verdict: at most 32 letters and underscores
    /// (<https://developers.cloudflare.com/turnstile/get-started/client-side-rendering/>).
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::SignIn => "sign_in",
            Self::Reset => "reset",
        }
    }
}

/// The text is no token of Turnstile's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAToken;

/// What the widget gave the browser. Good for one question within five minutes; only Cloudflare can read it.
#[derive(Clone, PartialEq, Eq)]
pub struct HumanToken(String);

impl HumanToken {
    /// Longest token, by Cloudflare's word (<https://developers.cloudflare.com/turnstile/get-started/server-side-validation/>).
    pub const MAX_CHARS: usize = 2_048;

    /// Takes a token as a form brings it.
    pub fn parse(text: &str) -> Result<Self, NotAToken> {
        let is_token = (1..=Self::MAX_CHARS).contains(&text.len())
            && text.chars().all(|character| character.is_ascii_graphic());
        is_token.then(|| Self(text.to_owned())).ok_or(NotAToken)
    }

    /// The token, to ask Cloudflare about it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for HumanToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("HumanToken(…)")
    }
}

/// Why a pair of keys is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TurnstileKeysRefused {
    /// A key has other characters than letters, digits, hyphens and underscores, or is empty.
    Malformed,
    /// One is Cloudflare's key for testing and the other is not: nobody would pass, or everybody.
    HalfForTesting,
}

/// The two keys of a widget.
#[derive(Clone, PartialEq, Eq)]
pub struct TurnstileKeys {
    site_key: String,
    secret: String,
}

impl TurnstileKeys {
    /// The site key and its secret.
    pub fn new(site_key: &str, secret: &str) -> Result<Self, TurnstileKeysRefused> {
        let is_key = |text: &str| {
            !text.is_empty()
                && text.chars().all(|character| {
                    character.is_ascii_alphanumeric() || matches!(character, '-' | '_')
                })
        };
        if !is_key(site_key) || !is_key(secret) {
            return Err(TurnstileKeysRefused::Malformed);
        }
        if is_for_testing(site_key) != is_for_testing(secret) {
            return Err(TurnstileKeysRefused::HalfForTesting);
        }
        Ok(Self {
            site_key: site_key.to_owned(),
            secret: secret.to_owned(),
        })
    }

    /// The public one, for the page.
    #[must_use]
    pub fn site_key(&self) -> &str {
        &self.site_key
    }

    /// The secret one, for the request to Cloudflare alone.
    #[must_use]
    pub fn secret(&self) -> &str {
        &self.secret
    }

    /// Whether these are Cloudflare's keys for testing: they know one token only, and no pages.
    #[must_use]
    pub fn are_for_testing(&self) -> bool {
        is_for_testing(&self.secret)
    }
}

/// Keys for testing begin with `1x`, `2x` or `3x` and zeros, real ones with `0x`
/// (<https://developers.cloudflare.com/turnstile/troubleshooting/testing/>).
fn is_for_testing(key: &str) -> bool {
    ["1x", "2x", "3x"].iter().any(|start| {
        key.strip_prefix(start)
            .is_some_and(|rest| rest.starts_with("00000000000000000000"))
    })
}

impl fmt::Debug for TurnstileKeys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "TurnstileKeys({}, …)", self.site_key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_visible_ascii_of_at_most_2048_characters() {
        for (text, is_token) in [
            ("XXXX.DUMMY.TOKEN.XXXX".to_owned(), true),
            ("0.".to_owned() + &"a".repeat(2_046), true),
            ("a".repeat(2_049), false),
            (String::new(), false),
            ("a b".to_owned(), false),
            ("a\r\nb".to_owned(), false),
            ("жетон".to_owned(), false),
        ] {
            assert_eq!(HumanToken::parse(&text).is_ok(), is_token, "{text:?}");
        }
    }

    #[test]
    fn keys_come_in_pairs_of_which_both_or_neither_are_for_testing() {
        use TurnstileKeysRefused::{HalfForTesting, Malformed};
        let (site, secret) = (
            "0x4AAAAAAADnPIDROrmt1Wwj",
            "0x4AAAAAAADnPIcNhcVLv2tP-_secret",
        );
        let (test_site, test_secret) = (
            "1x00000000000000000000AA",
            "2x0000000000000000000000000000000AA",
        );
        for (site_key, secret_key, expected) in [
            (site, secret, None),
            (test_site, test_secret, None),
            (site, test_secret, Some(HalfForTesting)),
            (test_site, secret, Some(HalfForTesting)),
            ("", secret, Some(Malformed)),
            (site, " ", Some(Malformed)),
            (site, "a&response=b", Some(Malformed)),
            ("<b>", secret, Some(Malformed)),
        ] {
            let keys = TurnstileKeys::new(site_key, secret_key);
            assert_eq!(keys.err(), expected, "{site_key} {secret_key}");
        }
        let keys = TurnstileKeys::new(site, secret).unwrap();
        assert!(!keys.are_for_testing());
        assert!(!format!("{keys:?}").contains(secret));
    }
}
