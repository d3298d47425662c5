//! What may become a password.
//!
//! Length and the list of common passwords, nothing else: no rules of composition, no trimming, no change of case
//! (ASVS 5.0 6.2.4, 6.2.5, 6.2.8). Unicode is not normalised either, because Django does not: imported passwords must
//! verify byte by byte.

use super::secret::SecretText;

/// The 5,000 commonest passwords of six characters and more, the commonest first: the head of the list that ships with
/// Django 5.2 (`django/contrib/auth/common-passwords.txt.gz`, BSD licence), lower-cased there.
const COMMON: &str = include_str!("password/common.txt");

/// Why a text may not become a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PasswordRefused {
    /// Nothing at all.
    Empty,
    /// Fewer characters than the policy asks for.
    TooShort {
        /// The fewest characters allowed.
        min_chars: usize,
    },
    /// More than [`NewPassword::MAX_BYTES`]: hashing it would be a gift to an attacker (ASVS 5.0 6.2.9).
    TooLong,
    /// One of those that are tried first.
    Common,
}

/// How strict the choice of a password is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordPolicy {
    /// The fewest characters allowed.
    pub min_chars: usize,
}

impl PasswordPolicy {
    /// No policy may ask for more: 64 characters must always be allowed (ASVS 5.0 6.2.9).
    pub const MAX_MIN_CHARS: usize = 64;
}

impl Default for PasswordPolicy {
    /// Six characters: what the service promises its clients.
    fn default() -> Self {
        Self { min_chars: 6 }
    }
}

/// A password that somebody chooses: it meets today's policy.
#[derive(Clone, Debug)]
pub struct NewPassword(SecretText);

impl NewPassword {
    /// Longest password, in bytes of UTF-8.
    pub const MAX_BYTES: usize = 1_024;

    /// Holds the text against the policy.
    pub fn choose(text: &str, policy: PasswordPolicy) -> Result<Self, PasswordRefused> {
        if text.is_empty() {
            return Err(PasswordRefused::Empty);
        }
        if text.chars().count() < policy.min_chars {
            return Err(PasswordRefused::TooShort {
                min_chars: policy.min_chars,
            });
        }
        if text.len() > Self::MAX_BYTES {
            return Err(PasswordRefused::TooLong);
        }
        if is_common(text) {
            return Err(PasswordRefused::Common);
        }
        Ok(Self(SecretText::new(text.to_owned())))
    }

    /// The password as something to compare a hash with.
    #[must_use]
    pub const fn as_secret(&self) -> &SecretText {
        &self.0
    }
}

/// Letter case and spaces around it do not make a common password rare.
fn is_common(text: &str) -> bool {
    let folded = text.trim().to_lowercase();
    COMMON.lines().any(|common| common == folded)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choose(text: &str) -> Result<(), PasswordRefused> {
        NewPassword::choose(text, PasswordPolicy::default()).map(drop)
    }

    #[test]
    fn any_composition_is_accepted_when_long_and_rare_enough() {
        for text in [
            "корова",
            "      x",
            "🐎🔋📎🏇🐴🪵",
            "correct horse battery staple",
            "aaaaab\u{0}",
        ] {
            assert_eq!(choose(text), Ok(()), "{text:?}");
        }
        assert_eq!(choose(&"д".repeat(512)), Ok(()));
    }

    #[test]
    fn short_long_and_common_passwords_are_refused() {
        for (text, expected) in [
            (String::new(), PasswordRefused::Empty),
            (
                "12ab5".to_owned(),
                PasswordRefused::TooShort { min_chars: 6 },
            ),
            (
                "пятьб".to_owned(),
                PasswordRefused::TooShort { min_chars: 6 },
            ),
            ("x".repeat(1_025), PasswordRefused::TooLong),
            ("123456".to_owned(), PasswordRefused::Common),
            (" QWERTY ".to_owned(), PasswordRefused::Common),
        ] {
            assert_eq!(choose(&text), Err(expected), "{text:?}");
        }
    }

    #[test]
    fn the_list_of_common_passwords_is_whole_and_can_match() {
        assert_eq!(COMMON.lines().count(), 5_000);
        for common in COMMON.lines() {
            assert!(
                common.chars().count() >= 6 && common == common.trim().to_lowercase(),
                "{common:?}"
            );
        }
    }
}
