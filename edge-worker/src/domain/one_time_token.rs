//! The token in a mailed link: whoever knows it has read the mail.
//!
//! It is 256 random bits, so it can be looked up by its plain SHA-256: there is nothing to guess and nothing to salt.
//! What is stored is the digest alone (ASVS 5.0 6.5.2, 11.4.1).

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use super::secret::SecretText;

/// The text cannot be a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAToken;

/// A token as the link carries it: 43 characters of base64url (RFC 4648 section 5), without padding.
#[derive(Clone)]
pub struct OneTimeToken(SecretText);

impl OneTimeToken {
    /// How many random bytes a token has.
    pub const BYTES: usize = 32;

    /// Makes a token.
    #[must_use]
    pub fn from_random(bytes: [u8; Self::BYTES]) -> Self {
        Self(SecretText::new(URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// Reads a token out of a request. Only the one spelling that [`Self::from_random`] writes is a token.
    pub fn parse(text: &str) -> Result<Self, NotAToken> {
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| NotAToken)?;
        if bytes.len() != Self::BYTES {
            return Err(NotAToken);
        }
        Ok(Self(SecretText::new(text.to_owned())))
    }

    /// What is stored of the token.
    #[must_use]
    pub fn digest(&self) -> TokenDigest {
        TokenDigest(URL_SAFE_NO_PAD.encode(Sha256::digest(self.0.expose())))
    }

    /// The token itself, for the mail that carries it and for nothing else.
    #[must_use]
    pub fn reveal(&self) -> &str {
        self.0.expose()
    }
}

impl fmt::Debug for OneTimeToken {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("OneTimeToken(…)")
    }
}

/// The SHA-256 of a token, in base64url.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenDigest(String);

impl TokenDigest {
    /// The digest as the database holds it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_digest_is_the_sha_256_of_the_text_in_the_link() {
        let token = OneTimeToken::from_random([0; 32]);
        assert_eq!(token.reveal(), "A".repeat(43));
        // `printf 'A%.0s' {1..43} | sha256sum | xxd -r -p | basenc --base64url`
        assert_eq!(
            token.digest().as_str(),
            "DwBzhbb51LfusnSGBa_hqYSgo7-j8BTQnip4TOnlzRo"
        );
        assert_ne!(token.digest(), OneTimeToken::from_random([1; 32]).digest());
    }

    #[test]
    fn only_the_one_spelling_of_32_bytes_is_a_token() {
        let longest = "A".repeat(43);
        assert!(OneTimeToken::parse(&longest).is_ok());
        for text in [
            "",
            "A",
            &"A".repeat(42),
            &"A".repeat(44),
            &format!("{longest}="),
            &format!(" {longest}"),
            &format!("{}B", "A".repeat(42)), // the last character has bits that no byte has
            &format!("{}+", "A".repeat(42)),
            &"я".repeat(43),
        ] {
            assert_eq!(OneTimeToken::parse(text).err(), Some(NotAToken), "{text}");
        }
    }

    #[test]
    fn a_token_does_not_print() {
        let token = OneTimeToken::from_random([7; 32]);
        assert_eq!(format!("{token:?}"), "OneTimeToken(…)");
    }

    proptest! {
        #[test]
        fn a_token_survives_its_link(bytes: [u8; 32]) {
            let token = OneTimeToken::from_random(bytes);
            let read = OneTimeToken::parse(token.reveal()).unwrap();
            prop_assert_eq!(read.digest(), token.digest());
        }

        #[test]
        fn any_text_is_read_without_panic(text in "\\PC{0,60}") {
            let _read = OneTimeToken::parse(&text);
        }
    }
}
