//! How often something may be tried, and how long one waits after that.
//!
//! Every attempt takes a slot of its counter **before** the work it asks for begins, in one statement of the database: so of
//! fifty attempts at the same instant no more get through than have a slot. When the free slots are used up the counter shuts,
//! for longer with every attempt, and opens again by itself; nothing here ever needs an operator.
//!
//! What the counters are keyed by is never written down. A row's key is a digest under a key of the installation
//! ([`CounterKey`]), because a plain digest of an IPv4 address is found again in a second: who reads the table learns neither
//! who tried nor whose address was tried. A new signing secret makes other digests, so all counters begin anew with it.
//!
//! Rules: ASVS 5.0 6.1.1, 6.3.1, 2.4.1. The use case and its reasons are in `app/attempts.rs`.

use std::fmt;
use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::email::Email;
use super::identifiers::UserId;
use super::origin::Network;

/// How many attempts are free, and what the next ones cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BackOff {
    /// So many attempts get through without a pause between them.
    pub free: u32,
    /// The pause after the last free attempt; it doubles with each attempt after it.
    pub first_pause: Duration,
    /// No pause is longer.
    pub longest_pause: Duration,
    /// So long after its first attempt the counter begins anew, be it as busy as it may. A pause that began before is
    /// waited for. Never shorter than the longest pause.
    pub forgotten_after: Duration,
}

impl BackOff {
    /// How long the counter stays shut after its `count`-th attempt, the first being 1.
    #[must_use]
    pub fn pause_after(&self, count: u32) -> Duration {
        match count.checked_sub(self.free) {
            None => Duration::ZERO,
            Some(doublings) => 2_u32
                .checked_pow(doublings)
                .and_then(|factor| self.first_pause.checked_mul(factor))
                .map_or(self.longest_pause, |pause| pause.min(self.longest_pause)),
        }
    }

    /// The pauses after the first attempt, the second and so on, up to the one that stays the same from there on.
    pub fn pauses(&self) -> impl Iterator<Item = Duration> {
        let longest = self.longest_pause;
        let mut is_longest = false;
        (1..)
            .map(|count| self.pause_after(count))
            .take_while(move |pause| !std::mem::replace(&mut is_longest, *pause >= longest))
    }
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AttemptKind {
    /// Passwords tried on one address from networks where nobody has signed in to it lately.
    SignIn,
    /// Passwords tried on one address from one network where somebody has: a stranger who shuts [`Self::SignIn`] does not
    /// lock the owner out at home.
    SignInAtHome,
    /// Hashes for nothing, by which a shut counter looks like an open one.
    SignInDecoy,
    /// Passwords tried from one network, on whatever address. One that was right is given back.
    SignInFrom,
    /// Accounts made from one network.
    RegisterFrom,
    /// Reset letters asked for one address.
    ResetOf,
    /// Reset letters asked from one network.
    ResetFrom,
    /// Links of letters used from one network.
    LinkFrom,
    /// Letters that somebody who is signed in asked for: to confirm their address, or to change it.
    LettersBy,
    /// Passwords that somebody who is signed in was asked for: to change it, the address, or to leave.
    PasswordOf,
    /// Changes of the password of one person, the right ones too: each sends a letter.
    PasswordChangesBy,
}

const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_mins(1);
const DAY: Duration = Duration::from_hours(24);
const HOUR: Duration = Duration::from_hours(1);
/// A longer one would make the lock a weapon against those whom it protects.
const LONGEST_PAUSE: Duration = Duration::from_mins(15);
/// As long as a reset link works: whoever is shut out has a letter that opens the door.
const LONGEST_PAUSE_OF_LETTERS: Duration = HOUR;

impl AttemptKind {
    /// Every kind.
    pub const ALL: [Self; 11] = [
        Self::SignIn,
        Self::SignInAtHome,
        Self::SignInDecoy,
        Self::SignInFrom,
        Self::RegisterFrom,
        Self::ResetOf,
        Self::ResetFrom,
        Self::LinkFrom,
        Self::LettersBy,
        Self::PasswordOf,
        Self::PasswordChangesBy,
    ];

    /// The kind's word in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SignIn => "sign_in",
            Self::SignInAtHome => "sign_in_at_home",
            Self::SignInDecoy => "sign_in_decoy",
            Self::SignInFrom => "sign_in_from",
            Self::RegisterFrom => "register_from",
            Self::ResetOf => "reset_of",
            Self::ResetFrom => "reset_from",
            Self::LinkFrom => "link_from",
            Self::LettersBy => "letters_by",
            Self::PasswordOf => "password_of",
            Self::PasswordChangesBy => "password_changes_by",
        }
    }

    /// The rule for the kind. Networks have more free attempts than addresses and begin anew sooner, because whole offices
    /// and the customers of a mobile operator share one.
    #[must_use]
    pub const fn back_off(self) -> BackOff {
        let half_minute = SECOND.saturating_mul(30);
        let (free, first_pause, longest_pause, forgotten_after) = match self {
            Self::SignIn | Self::PasswordOf => (5, half_minute, LONGEST_PAUSE, DAY),
            Self::SignInAtHome => (5, half_minute, LONGEST_PAUSE, DAY.saturating_mul(30)),
            Self::SignInDecoy => (5, MINUTE, MINUTE, MINUTE),
            Self::SignInFrom => (50, half_minute, LONGEST_PAUSE, HOUR),
            Self::RegisterFrom => (10, MINUTE, LONGEST_PAUSE, HOUR.saturating_mul(6)),
            Self::ResetOf | Self::LettersBy => (3, MINUTE, LONGEST_PAUSE_OF_LETTERS, DAY),
            Self::PasswordChangesBy => (5, MINUTE, LONGEST_PAUSE_OF_LETTERS, DAY),
            Self::ResetFrom => (10, MINUTE, LONGEST_PAUSE, HOUR),
            Self::LinkFrom => (20, MINUTE, LONGEST_PAUSE, HOUR),
        };
        BackOff {
            free,
            first_pause,
            longest_pause,
            forgotten_after,
        }
    }
}

/// The key under which counters are digested; made of the installation's secret, and good for nothing else.
pub struct CounterKey([u8; 32]);

impl CounterKey {
    /// Derives the key from the secret of the installation.
    #[must_use]
    pub fn derive(secret: &[u8]) -> Self {
        Self(digest(secret, &["attempts, version 1"]))
    }

    fn counter(&self, kind: AttemptKind, parts: &[&str]) -> Counter {
        const KEPT_BYTES: usize = 16;
        let texts: Vec<&str> = std::iter::once(kind.as_str())
            .chain(parts.iter().copied())
            .collect();
        let key = digest(&self.0, &texts)
            .iter()
            .take(KEPT_BYTES)
            .fold(String::with_capacity(2 * KEPT_BYTES), |hex, byte| {
                hex + &format!("{byte:02x}")
            });
        Counter { kind, key }
    }

    /// What is counted by an address, whether or not anybody has it.
    #[must_use]
    pub fn of_address(&self, kind: AttemptKind, email: &Email) -> Counter {
        self.counter(kind, &[email.key()])
    }

    /// What is counted by a network. Requests whose network is unknown share one counter: they are limited too.
    #[must_use]
    pub fn of_network(&self, kind: AttemptKind, network: Option<Network>) -> Counter {
        self.counter(kind, &[&show(network)])
    }

    /// What is counted by an address and a network together.
    #[must_use]
    pub fn of_address_in(
        &self,
        kind: AttemptKind,
        email: &Email,
        network: Option<Network>,
    ) -> Counter {
        self.counter(kind, &[email.key(), &show(network)])
    }

    /// What is counted by a user.
    #[must_use]
    pub fn of_user(&self, kind: AttemptKind, user: UserId) -> Counter {
        self.counter(kind, &[&user.to_string()])
    }
}

impl fmt::Debug for CounterKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("CounterKey(…)")
    }
}

fn show(network: Option<Network>) -> String {
    network.map_or_else(String::new, |network| network.to_string())
}

/// HMAC-SHA-256 over texts of which none contains a zero byte.
fn digest(key: &[u8], texts: &[&str]) -> [u8; 32] {
    // HMAC takes keys of any length (RFC 2104 section 2), so the other arm is never walked.
    Hmac::<Sha256>::new_from_slice(key).map_or([0; 32], |mut mac| {
        for text in texts {
            mac.update(text.as_bytes());
            mac.update(&[0]);
        }
        mac.finalize().into_bytes().into()
    })
}

/// One counter: what is counted, by a digest of what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counter {
    /// What is counted.
    pub kind: AttemptKind,
    /// 32 hexadecimal digits.
    pub key: String,
}

#[cfg(test)]
mod tests;
