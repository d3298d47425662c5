//! What may become a password.
//!
//! Four rules and no more, the same at registration, at every change and in the operator's tool:
//!
//! 1. at least as many characters as the policy asks for (6, or more by a setting);
//! 2. at most 1,024 bytes;
//! 3. not one of the common ones ([`common`]), without regard to letter case, spaces around it and keyboard layout;
//! 4. not only what is known of its owner or of the service ([`repetition`]).
//!
//! There are no rules of composition, no trimming and no change of case (ASVS 5.0 6.2.4, 6.2.5, 6.2.8). Unicode is not
//! normalised either, because Django does not: imported passwords must verify byte by byte. A page that hints at the
//! strength of a password while it is typed can check the first two rules by itself and should leave the others to
//! the answer of the API.

mod common;
mod keyboard;
mod repetition;

use super::secret::SecretText;
use common::is_common;
use keyboard::keys_of;

pub use repetition::{About, Known};

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
    /// Hardly more than what is known of its owner or of the service.
    Repeats(Known),
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

    /// Holds the text against the policy and what is known of its owner.
    ///
    /// ```
    /// use edge_worker::domain::password::{About, NewPassword, PasswordPolicy};
    ///
    /// let anna = About { email: Some("anna@example.com"), ..About::default() };
    /// let policy = PasswordPolicy::default();
    /// assert!(NewPassword::choose("anna1990", policy, &anna).is_err());
    /// assert!(NewPassword::choose("early train", policy, &anna).is_ok());
    /// ```
    pub fn choose(
        text: &str,
        policy: PasswordPolicy,
        about: &About<'_>,
    ) -> Result<Self, PasswordRefused> {
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
        if is_common(&keys_of(text)) {
            return Err(PasswordRefused::Common);
        }
        if let Some(known) = repetition::find(text, about) {
            return Err(PasswordRefused::Repeats(known));
        }
        Ok(Self(SecretText::new(text.to_owned())))
    }

    /// The password as something to compare a hash with.
    #[must_use]
    pub const fn as_secret(&self) -> &SecretText {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn choose(text: &str) -> Result<(), PasswordRefused> {
        let anna = About {
            email: Some("anna@example.com"),
            ..About::default()
        };
        NewPassword::choose(text, PasswordPolicy::default(), &anna).map(drop)
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
            ("ЙЦУКЕН".to_owned(), PasswordRefused::Common),
            ("anna77".to_owned(), PasswordRefused::Repeats(Known::Email)),
            (
                "miniapp7".to_owned(),
                PasswordRefused::Repeats(Known::Brand),
            ),
        ] {
            assert_eq!(choose(&text), Err(expected), "{text:?}");
        }
    }
}
