//! Values that must not be seen: they can be neither printed nor serialised, only used.

use std::fmt;

/// Why a signing key is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SigningKeyRefused {
    /// There is none at all.
    Missing,
    /// It is shorter than [`SigningKey::MIN_BYTES`].
    TooShort {
        /// Its length in bytes.
        bytes: usize,
    },
}

/// The key that signs access tokens.
pub struct SigningKey(Vec<u8>);

impl SigningKey {
    /// A key shorter than the hash's output weakens it (RFC 7518 section 3.2, RFC 8725 section 3.5).
    pub const MIN_BYTES: usize = 32;

    /// Takes the key from a setting, where it may be missing.
    pub fn from_setting(setting: Option<String>) -> Result<Self, SigningKeyRefused> {
        let bytes = setting.ok_or(SigningKeyRefused::Missing)?.into_bytes();
        if bytes.len() < Self::MIN_BYTES {
            return Err(SigningKeyRefused::TooShort { bytes: bytes.len() });
        }
        Ok(Self(bytes))
    }

    /// The bytes, for the signing code alone.
    pub(in crate::domain) fn expose(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SigningKey(…)")
    }
}

/// A text that only a person and the hash may know.
#[derive(Clone)]
pub struct SecretText(String);

impl SecretText {
    /// Hides the text from here on.
    #[must_use]
    pub const fn new(text: String) -> Self {
        Self(text)
    }

    /// The text itself, for the rules of this layer alone.
    pub(in crate::domain) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SecretText(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_shorter_than_32_bytes_is_refused() {
        for (setting, expected) in [
            (None, Some(SigningKeyRefused::Missing)),
            (Some(""), Some(SigningKeyRefused::TooShort { bytes: 0 })),
            (
                Some("0123456789012345678901234567890"),
                Some(SigningKeyRefused::TooShort { bytes: 31 }),
            ),
            (Some("01234567890123456789012345678901"), None),
        ] {
            let key = SigningKey::from_setting(setting.map(str::to_owned));
            assert_eq!(key.err(), expected, "{setting:?}");
        }
    }

    #[test]
    fn secrets_do_not_print() {
        let key = SigningKey::from_setting(Some("k".repeat(32))).unwrap();
        let password = SecretText::new("correct horse".to_owned());
        assert_eq!(
            format!("{key:?} {password:?}"),
            "SigningKey(…) SecretText(…)"
        );
    }
}
