//! The keys of access tokens: one that signs, and while it takes over from another, that other one.
//!
//! They stand in one secret variable, so that a rotation is one change, made at once:
//!
//! ```text
//! <secret>                                   one key, whose name is drawn from the secret
//! 2027a:<secret>                             one key with a name
//! 2027a:<new secret>,2026b:<old secret>      the first signs, both are believed
//! 2027a:<new secret>,<old secret>            the same, where the old one had no name
//! ```
//!
//! To rotate: put the new key in front of the old one, wait for 24 hours, which is how long a token lives, and take the old one
//! out. Nobody is signed out by it. When a secret has leaked, do not wait: put the new key in its place alone.
//!
//! A secret takes at least 32 random bytes; `openssl rand -hex 32` makes a good one. In the forms with a name it has no comma. A name
//! has up to 32 letters, digits, dots, hyphens and underscores; it stands in every token, so it should say nothing.

mod weakness;

use std::fmt::{self, Write as _};

use sha2::{Digest, Sha256};

use weakness::is_guessable;

/// Why signing keys are refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SigningKeyRefused {
    /// There is none at all.
    Missing,
    /// A secret is shorter than [`SigningKey::MIN_BYTES`].
    TooShort {
        /// Its length in bytes.
        bytes: usize,
    },
    /// A secret is one that everybody could try: an example from a document, a placeholder, a repetition.
    Guessable,
    /// A name is not of the form above.
    BadName,
    /// Two keys have one name or one secret.
    Alike,
    /// There are more than [`SigningKeys::MAX`].
    TooMany,
}

/// A key with its name.
pub struct SigningKey {
    id: String,
    secret: String,
}

impl SigningKey {
    /// A key shorter than the hash's output weakens it (RFC 7518 section 3.2, RFC 8725 section 3.5).
    pub const MIN_BYTES: usize = 32;

    fn new(id: String, secret: &str) -> Result<Self, SigningKeyRefused> {
        if secret.len() < Self::MIN_BYTES {
            return Err(SigningKeyRefused::TooShort {
                bytes: secret.len(),
            });
        }
        if is_guessable(secret) {
            return Err(SigningKeyRefused::Guessable);
        }
        Ok(Self {
            id,
            secret: secret.to_owned(),
        })
    }

    fn named(name: &str, secret: &str) -> Result<Self, SigningKeyRefused> {
        let is_name = (1..=32).contains(&name.len())
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
        if is_name {
            Self::new(name.to_owned(), secret)
        } else {
            Err(SigningKeyRefused::BadName)
        }
    }

    /// A new secret has a new name by itself.
    fn unnamed(secret: &str) -> Result<Self, SigningKeyRefused> {
        let digest = Sha256::new()
            .chain_update("kid:")
            .chain_update(secret)
            .finalize();
        let id = digest.iter().take(4).fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        });
        Self::new(id, secret)
    }

    /// The name, which stands in the header of tokens (`kid`).
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The secret's bytes, for the signing code alone.
    pub(in crate::domain) const fn expose(&self) -> &[u8] {
        self.secret.as_bytes()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SigningKey({})", self.id)
    }
}

/// The key that signs, and perhaps the one that signed before it.
#[derive(Debug)]
pub struct SigningKeys {
    current: SigningKey,
    previous: Option<SigningKey>,
}

impl SigningKeys {
    /// As many as a rotation needs. More would only be keys that somebody forgot to take out.
    pub const MAX: usize = 2;

    /// Takes the keys from a setting, where they may be missing.
    pub fn from_setting(setting: Option<String>) -> Result<Self, SigningKeyRefused> {
        let setting = setting.ok_or(SigningKeyRefused::Missing)?;
        if !setting.contains(':') {
            return Ok(Self {
                current: SigningKey::unnamed(&setting)?,
                previous: None,
            });
        }
        let mut keys = setting.split(',').map(|part| match part.split_once(':') {
            Some((name, secret)) => SigningKey::named(name.trim(), secret.trim()),
            None => SigningKey::unnamed(part.trim()),
        });
        let current = keys.next().ok_or(SigningKeyRefused::Missing)??;
        let previous = keys.next().transpose()?;
        if keys.next().is_some() {
            return Err(SigningKeyRefused::TooMany);
        }
        let is_alike =
            |other: &SigningKey| other.id == current.id || other.secret == current.secret;
        if previous.as_ref().is_some_and(is_alike) {
            return Err(SigningKeyRefused::Alike);
        }
        Ok(Self { current, previous })
    }

    /// The key that signs.
    pub(in crate::domain) const fn current(&self) -> &SigningKey {
        &self.current
    }

    /// The keys whose signatures are believed.
    pub(in crate::domain) fn believed(&self) -> impl Iterator<Item = &SigningKey> {
        std::iter::once(&self.current).chain(&self.previous)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEW: &str = "f3b1c5d7e9a2048617293a4b5c6d7e8f";
    const OLD: &str = "0a9b8c7d6e5f40312233445566778899";

    fn read(setting: &str) -> Result<Vec<(String, String)>, SigningKeyRefused> {
        let keys = SigningKeys::from_setting(Some(setting.to_owned()))?;
        let pair = |key: &SigningKey| (key.id.clone(), key.secret.clone());
        Ok(keys.believed().map(pair).collect())
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        let owned = |(id, secret): &(&str, &str)| ((*id).to_owned(), (*secret).to_owned());
        pairs.iter().map(owned).collect()
    }

    #[test]
    fn one_key_or_two_are_read_and_the_first_one_signs() {
        for (setting, expected) in [
            (NEW.to_owned(), pairs(&[("1c343e5e", NEW)])),
            (format!("2027a:{NEW}"), pairs(&[("2027a", NEW)])),
            (
                format!("2027a:{NEW},2026.b_-:{OLD}"),
                pairs(&[("2027a", NEW), ("2026.b_-", OLD)]),
            ),
            (
                format!(" 2027a : {NEW} ,\n2026b:{OLD}\n"),
                pairs(&[("2027a", NEW), ("2026b", OLD)]),
            ),
            (
                format!("2027a:{OLD},{NEW}"),
                pairs(&[("2027a", OLD), ("1c343e5e", NEW)]),
            ),
        ] {
            assert_eq!(read(&setting), Ok(expected), "{setting}");
        }
        let keys = SigningKeys::from_setting(Some(format!("a:{NEW},b:{OLD}"))).unwrap();
        assert_eq!(keys.current().id(), "a");
    }

    #[test]
    fn keys_that_protect_nothing_or_confuse_are_refused() {
        use SigningKeyRefused::{Alike, BadName, Guessable, TooMany, TooShort};
        for (setting, expected) in [
            (String::new(), TooShort { bytes: 0 }),
            (NEW[1..].to_owned(), TooShort { bytes: 31 }),
            (format!("a:{}", &NEW[1..]), TooShort { bytes: 31 }),
            (format!("a:{NEW},"), TooShort { bytes: 0 }),
            (format!("a:{NEW},b:{}", &OLD[2..]), TooShort { bytes: 30 }),
            ("k".repeat(64), Guessable),
            (format!("a:{NEW},b:{}", "secret".repeat(8)), Guessable),
            (format!(":{NEW}"), BadName),
            (format!("a b:{NEW}"), BadName),
            (format!("ключ:{NEW}"), BadName),
            (format!("../dev/null:{NEW}"), BadName),
            (format!("{}:{NEW}", "a".repeat(33)), BadName),
            (format!("a:{NEW},a:{OLD}"), Alike),
            (format!("a:{NEW},b:{NEW}"), Alike),
            (format!("1c343e5e:{OLD},{NEW}"), Alike),
            (format!("a:{NEW},b:{OLD},c:{NEW}{OLD}"), TooMany),
        ] {
            assert_eq!(read(&setting), Err(expected), "{setting}");
        }
        assert_eq!(
            SigningKeys::from_setting(None).err(),
            Some(SigningKeyRefused::Missing)
        );
    }

    #[test]
    fn keys_do_not_print_their_secrets() {
        let keys = SigningKeys::from_setting(Some(format!("a:{NEW},b:{OLD}"))).unwrap();
        let printed = format!("{keys:?}");
        assert!(
            !printed.contains(NEW) && !printed.contains(OLD),
            "{printed}"
        );
    }
}
