//! Stored passwords, in the format of Django: `pbkdf2_sha256$<iterations>$<salt>$<base64 of 32 bytes>`.
//!
//! The salt's characters themselves are hashed, not what they might decode to
//! (`django/contrib/auth/hashers.py`, `PBKDF2PasswordHasher`). Hashing is done in Rust, because WebCrypto and node:crypto
//! refuse more than 100,000 iterations in production while the local runtime does not (workerd,
//! `src/workerd/io/limit-enforcer.h`).

use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use key_stretching::{KEY_BYTES, stretch};
use subtle::ConstantTimeEq;

use super::secret::SecretText;

const ALGORITHM: &str = "pbkdf2_sha256";

/// Why a stored text is not a hash that this code can check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HashRefused {
    /// Not of the format above, or of another algorithm.
    UnknownFormat,
    /// No iterations, or more than [`Iterations::MAX`].
    IterationsOutOfRange,
}

/// How often the hash is repeated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Iterations(NonZeroU32);

impl Iterations {
    /// What new hashes get: the floor of OWASP's Password Storage Cheat Sheet, and what Django 4.2 stored.
    pub const TARGET: Self = Self(NonZeroU32::new(600_000).expect("600,000 is not zero"));
    /// More would let a stored number decide how long the Worker computes.
    const MAX: u32 = 2_000_000;

    /// So many iterations.
    pub fn new(count: u32) -> Result<Self, HashRefused> {
        NonZeroU32::new(count)
            .filter(|count| count.get() <= Self::MAX)
            .map(Self)
            .ok_or(HashRefused::IterationsOutOfRange)
    }

    const fn get(self) -> u32 {
        self.0.get()
    }
}

/// The random part of a hash, which makes equal passwords look different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Salt(String);

impl Salt {
    /// 22 letters and digits are the shortest form of 128 bits, and what Django makes.
    const CHARS: usize = 22;

    /// Makes a salt from 16 random bytes.
    #[must_use]
    pub fn from_random(bytes: [u8; 16]) -> Self {
        let mut number = u128::from_be_bytes(bytes);
        let mut text = String::with_capacity(Self::CHARS);
        for _ in 0..Self::CHARS {
            let digit = u32::try_from(number % 62).unwrap_or_default();
            number /= 62;
            text.push(base62_digit(digit));
        }
        Self(text)
    }
}

fn base62_digit(value: u32) -> char {
    let code = match value {
        0..=9 => u32::from('0').saturating_add(value),
        10..=35 => u32::from('a').saturating_add(value.saturating_sub(10)),
        _ => u32::from('A').saturating_add(value.saturating_sub(36)),
    };
    char::from_u32(code).unwrap_or('0')
}

/// A stored password.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash {
    iterations: Iterations,
    salt: Salt,
    digest: [u8; KEY_BYTES],
}

impl PasswordHash {
    /// Hashes a password; with [`Iterations::TARGET`] that takes the better part of a second.
    #[must_use]
    pub fn derive(password: &SecretText, salt: Salt, iterations: Iterations) -> Self {
        let digest = stretch(
            password.expose().as_bytes(),
            salt.0.as_bytes(),
            iterations.0,
        );
        Self {
            iterations,
            salt,
            digest,
        }
    }

    /// A hash that no known password has, to spend the same work on somebody who has no account
    /// (ASVS 5.0 6.3.8).
    #[must_use]
    pub fn of_nobody(salt: Salt, iterations: Iterations) -> Self {
        Self {
            iterations,
            salt,
            digest: [0; KEY_BYTES],
        }
    }

    /// Whether this is the hash of that password.
    #[must_use]
    pub fn verify(&self, password: &SecretText) -> bool {
        let candidate = Self::derive(password, self.salt.clone(), self.iterations);
        candidate.digest.ct_eq(&self.digest).into()
    }
}

impl FromStr for PasswordHash {
    type Err = HashRefused;

    fn from_str(stored: &str) -> Result<Self, HashRefused> {
        let mut parts = stored.splitn(4, '$');
        let (Some(ALGORITHM), Some(iterations), Some(salt), Some(digest)) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(HashRefused::UnknownFormat);
        };
        let iterations = iterations.parse().map_err(|_| HashRefused::UnknownFormat)?;
        let digest = STANDARD
            .decode(digest)
            .map_err(|_| HashRefused::UnknownFormat)?;
        if salt.is_empty() {
            return Err(HashRefused::UnknownFormat);
        }
        Ok(Self {
            iterations: Iterations::new(iterations)?,
            salt: Salt(salt.to_owned()),
            digest: digest.try_into().map_err(|_| HashRefused::UnknownFormat)?,
        })
    }
}

impl fmt::Display for PasswordHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digest = STANDARD.encode(self.digest);
        write!(
            formatter,
            "{ALGORITHM}${}${}${digest}",
            self.iterations.get(),
            self.salt.0
        )
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PasswordHash(…)")
    }
}

/// A password as the database holds it, which may be of no format that this code can check: accounts that came from
/// elsewhere can have an empty text, or another algorithm's.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredPassword(String);

impl StoredPassword {
    /// The text of the database.
    #[must_use]
    pub const fn new(text: String) -> Self {
        Self(text)
    }

    /// The hash, if it is one that can be checked.
    #[must_use]
    pub fn hash(&self) -> Option<PasswordHash> {
        self.0.parse().ok()
    }

    /// The text, to say in the database which password is meant.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&PasswordHash> for StoredPassword {
    fn from(hash: &PasswordHash) -> Self {
        Self(hash.to_string())
    }
}

impl fmt::Debug for StoredPassword {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("StoredPassword(…)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// `tests/auth_tests/test_hashers.py` of Django 4.2.16.
    const DJANGO: &str =
        "pbkdf2_sha256$600000$seasalt$OAXyhAQ/4ZDA9V5RMExt3C1OwQdUpLZ99vm1McFlLRA=";

    fn secret(text: &str) -> SecretText {
        SecretText::new(text.to_owned())
    }

    #[test]
    fn a_hash_made_by_django_verifies_and_is_written_back_alike() {
        let hash: PasswordHash = DJANGO.parse().unwrap();
        assert!(hash.verify(&secret("lètmein")));
        assert!(!hash.verify(&secret("letmein")));
        assert_eq!(hash.to_string(), DJANGO);
    }

    #[test]
    fn new_hashes_are_made_as_django_makes_them() {
        let hash = PasswordHash::derive(
            &secret("lètmein"),
            Salt("seasalt".to_owned()),
            Iterations::TARGET,
        );
        assert_eq!(hash.to_string(), DJANGO);
    }

    #[test]
    fn salts_are_22_letters_and_digits_and_differ_with_their_bytes() {
        let salt = Salt::from_random([0xff; 16]);
        assert_eq!(salt.0.len(), 22);
        assert!(
            salt.0
                .chars()
                .all(|character| character.is_ascii_alphanumeric())
        );
        assert_ne!(salt, Salt::from_random([0xfe; 16]));
        assert_eq!(Salt::from_random([0; 16]).0, "0".repeat(22));
    }

    #[test]
    fn what_is_no_hash_of_ours_is_refused() {
        use HashRefused::{IterationsOutOfRange, UnknownFormat};
        let digest = "OAXyhAQ/4ZDA9V5RMExt3C1OwQdUpLZ99vm1McFlLRA=";
        for (stored, expected) in [
            (String::new(), UnknownFormat),
            ("!unusable".to_owned(), UnknownFormat),
            (format!("pbkdf2_sha1$1000$salt${digest}"), UnknownFormat),
            (format!("pbkdf2_sha256$many$salt${digest}"), UnknownFormat),
            (format!("pbkdf2_sha256$-1$salt${digest}"), UnknownFormat),
            (format!("pbkdf2_sha256$1000$${digest}"), UnknownFormat),
            ("pbkdf2_sha256$1000$salt$AAAA".to_owned(), UnknownFormat),
            ("pbkdf2_sha256$1000$salt$%%%".to_owned(), UnknownFormat),
            (
                format!("pbkdf2_sha256$0$salt${digest}"),
                IterationsOutOfRange,
            ),
            (
                format!("pbkdf2_sha256$2000001$salt${digest}"),
                IterationsOutOfRange,
            ),
        ] {
            assert_eq!(stored.parse::<PasswordHash>(), Err(expected), "{stored}");
        }
    }

    #[test]
    fn nobody_has_the_hash_of_nobody() {
        let hash = PasswordHash::of_nobody(Salt::from_random([7; 16]), Iterations::new(1).unwrap());
        assert!(!hash.verify(&secret("")));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn every_password_opens_its_own_hash_and_no_other(
            password in "\\PC{0,40}", other in "\\PC{0,40}", bytes: [u8; 16], count in 1_u32..50,
        ) {
            let iterations = Iterations::new(count).unwrap();
            let hash = PasswordHash::derive(&secret(&password), Salt::from_random(bytes), iterations);
            let stored: PasswordHash = hash.to_string().parse().unwrap();
            prop_assert!(stored.verify(&secret(&password)));
            prop_assert_eq!(stored.verify(&secret(&other)), password == other);
        }
    }
}
