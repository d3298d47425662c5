//! Stored passwords, in the format of Django: `pbkdf2_sha256$<iterations>$<salt>$<base64 of 32 bytes>`.
//!
//! The salt's characters themselves are hashed, not what they might decode to
//! (`django/contrib/auth/hashers.py`, `PBKDF2PasswordHasher`). Hashing is done in Rust, because WebCrypto and node:crypto
//! refuse more than 100,000 iterations in production while the local runtime does not (workerd,
//! `src/workerd/io/limit-enforcer.h`).

use std::fmt;
use std::hint::black_box;
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

    /// How many more the target has; `None` when there is nothing to make up for.
    fn missing_to(self, target: Self) -> Option<Self> {
        let missing = target.get().checked_sub(self.get())?;
        NonZeroU32::new(missing).map(Self)
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

    /// Whether the password should be hashed anew: with more iterations, never with fewer. Django compares with `!=` and
    /// would weaken hashes when its setting is lowered.
    #[must_use]
    pub fn needs_renewal(&self, target: Iterations) -> bool {
        self.iterations < target
    }

    /// Spends what [`Self::verify`] needed less than the target, so that the time of a refusal does not tell which accounts
    /// have old hashes (as `harden_runtime` in Django's hashers).
    pub fn make_up_for_missing_work(&self, password: &SecretText, target: Iterations) {
        if let Some(missing) = self.iterations.missing_to(target) {
            // What is computed for nothing must not be optimised away.
            black_box(Self::derive(password, self.salt.clone(), missing));
        }
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

    /// Whether nobody can sign in with it, whatever they type, so that its owner has to choose another one by mail. The
    /// person is told so only where the mail has proved who they are.
    #[must_use]
    pub fn needs_reset(&self) -> bool {
        self.hash().is_none()
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
    fn only_fewer_iterations_ask_for_a_renewal() {
        let hash = |count| {
            let salt = Salt::from_random([7; 16]);
            PasswordHash::of_nobody(salt, Iterations::new(count).unwrap())
        };
        for (count, expected) in [
            (1, true),
            (599_999, true),
            (600_000, false),
            (1_000_000, false),
        ] {
            assert_eq!(
                hash(count).needs_renewal(Iterations::TARGET),
                expected,
                "{count}"
            );
        }
    }

    #[test]
    fn what_is_missing_is_made_up_for_to_the_iteration() {
        let iterations = |count| Iterations::new(count).unwrap();
        for (stored, expected) in [
            (1, Some(iterations(599_999))),
            (599_999, Some(iterations(1))),
            (600_000, None),
            (600_001, None),
        ] {
            assert_eq!(
                iterations(stored).missing_to(Iterations::TARGET),
                expected,
                "{stored}"
            );
        }
    }

    #[test]
    fn passwords_that_nobody_can_type_need_a_reset() {
        for (stored, expected) in [
            (DJANGO, false),
            ("", true),
            ("!Tq0sU6wVbFzQmYgJxKpLrNdHcXeAi7o2B4C9D1E", true),
            (
                "pbkdf2_sha1$600000$seasalt2$2CLsaL1MZhq6JOG6QOHtVbiopHE=",
                true,
            ),
            ("argon2$argon2id$v=19$m=102400,t=2,p=8$c2FsdA$aGFzaA", true),
            (
                "bcrypt_sha256$$2b$12$C6UzMDM.H6dfI/f/IKcEeO7ZcLv1o1r4E2JkzS3p8xQz5n3nK2m2y",
                true,
            ),
            ("md5$salt$5d41402abc4b2a76b9719d911017c592", true),
        ] {
            let stored_password = StoredPassword::new(stored.to_owned());
            assert_eq!(stored_password.needs_reset(), expected, "{stored}");
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

        #[test]
        fn any_text_is_read_or_refused_and_what_is_read_is_written_back_alike(
            stored in prop_oneof![
                any::<String>(),
                "(pbkdf2_sha256|pbkdf2_sha1|md5)[$]?-?[0-9]{0,12}[$]?[ -~]{0,30}[$]?[A-Za-z0-9+/=]{0,60}",
                "pbkdf2_sha256[$][0-9]{1,7}[$][!-#%-~]{1,22}[$][A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=",
            ],
        ) {
            match stored.parse::<PasswordHash>() {
                Ok(hash) => prop_assert_eq!(hash.to_string().parse(), Ok(hash)),
                Err(_) => prop_assert!(StoredPassword::new(stored).needs_reset()),
            }
        }

        #[test]
        fn any_bytes_that_happen_to_be_text_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..120)) {
            let stored = String::from_utf8_lossy(&bytes);
            let _read_or_refused = stored.parse::<PasswordHash>();
        }
    }
}
