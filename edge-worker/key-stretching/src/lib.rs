//! PBKDF2 with HMAC-SHA-256 (RFC 8018 section 5.2): a password becomes 32 bytes, slowly.
//!
//! The `pbkdf2` crate does the same and is what the tests compare with. It is not used because this loop is
//! faster, and the person who signs in waits for it: HMAC's two states are made once and not for every round, every
//! message is known to fill one block, and nothing is turned into bytes in between. `cargo xtask bench hash` measures
//! both, and OpenSSL beside them.

#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::unreachable
    )
)]

mod blocks;
#[cfg(any(test, target_arch = "wasm32"))]
mod rounds;

use std::num::NonZeroU32;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// Bytes of the result: one block of PBKDF2 with this hash.
pub const KEY_BYTES: usize = 32;
/// Bytes that SHA-256 takes in at a time.
const BLOCK_BYTES: usize = 64;

/// The state of SHA-256, which at the end is the digest.
type State = [u32; 8];

/// SHA-256's state before any message (FIPS 180-4 section 5.3.3).
const INITIAL: State = [
    0x6a09_e667,
    0xbb67_ae85,
    0x3c6e_f372,
    0xa54f_f53a,
    0x510e_527f,
    0x9b05_688c,
    0x1f83_d9ab,
    0x5be0_cd19,
];

/// Hashes a password so many times over.
///
/// In the Worker there are no instructions for SHA-256, and rounds written for 32-bit words beat those of `sha2`;
/// natively there are, and `sha2` knows them.
#[must_use]
pub fn stretch(password: &[u8], salt: &[u8], iterations: NonZeroU32) -> [u8; KEY_BYTES] {
    #[cfg(target_arch = "wasm32")]
    let take_in = rounds::take_in_digest;
    #[cfg(not(target_arch = "wasm32"))]
    let take_in = blocks::take_in_digest;
    stretch_with(take_in, password, salt, iterations)
}

/// `take_in` ends a message that is one block long before, and whose rest is a digest.
#[inline(always)]
#[expect(
    clippy::inline_always,
    reason = "the loop must be compiled for the function that it calls"
)]
fn stretch_with(
    take_in: impl Fn(&State, &State) -> State,
    password: &[u8],
    salt: &[u8],
    iterations: NonZeroU32,
) -> [u8; KEY_BYTES] {
    let (inner, outer) = keyed_states(password);
    let mut link = first_link(password, salt);
    let mut key = link;
    for _ in 1..iterations.get() {
        link = take_in(&outer, &take_in(&inner, &link));
        for (word, other) in key.iter_mut().zip(link) {
            *word ^= other;
        }
    }
    to_bytes(key)
}

/// HMAC's states after the key, which every round begins with (RFC 2104 section 4).
fn keyed_states(password: &[u8]) -> (State, State) {
    let mut key = [0; BLOCK_BYTES];
    if password.len() > BLOCK_BYTES {
        let digest = Sha256::digest(password);
        key.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
    } else {
        let bytes = password.iter().copied();
        key.iter_mut().zip(bytes).for_each(|(to, from)| *to = from);
    }
    let after = |pad: u8| blocks::take_in(&INITIAL, &key.map(|byte| byte ^ pad));
    (after(0x36), after(0x5c))
}

/// The first round, whose message is the salt and may have any length. There is only one block of output, number 1.
fn first_link(password: &[u8], salt: &[u8]) -> State {
    let Ok(mac) = Hmac::<Sha256>::new_from_slice(password) else {
        // HMAC takes keys of any length: there is no such case.
        return INITIAL;
    };
    let digest = mac
        .chain_update(salt)
        .chain_update(1_u32.to_be_bytes())
        .finalize();
    let mut words = [0; 8];
    let (chunks, _none_left) = digest.as_bytes().as_chunks();
    for (word, chunk) in words.iter_mut().zip(chunks) {
        *word = u32::from_be_bytes(*chunk);
    }
    words
}

fn to_bytes(words: State) -> [u8; KEY_BYTES] {
    let mut bytes = [0; KEY_BYTES];
    let (chunks, _none_left) = bytes.as_chunks_mut();
    for (chunk, word) in chunks.iter_mut().zip(words) {
        *chunk = word.to_be_bytes();
    }
    bytes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The two ways to run the rounds, each of which some machine relies on.
    fn both_ways(password: &[u8], salt: &[u8], count: u32) -> [[u8; KEY_BYTES]; 2] {
        let iterations = NonZeroU32::new(count).unwrap();
        [
            stretch_with(blocks::take_in_digest, password, salt, iterations),
            stretch_with(rounds::take_in_digest, password, salt, iterations),
        ]
    }

    fn reference(password: &[u8], salt: &[u8], count: u32) -> [u8; KEY_BYTES] {
        let mut key = [0; KEY_BYTES];
        pbkdf2::pbkdf2_hmac::<Sha256>(password, salt, count, &mut key);
        key
    }

    /// RFC 7914 section 11, the first 32 bytes of each.
    #[test]
    fn the_vectors_of_the_rfc_come_out() {
        for (password, salt, count, expected) in [
            (
                "passwd",
                "salt",
                1,
                "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc",
            ),
            (
                "Password",
                "NaCl",
                80_000,
                "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56",
            ),
        ] {
            for key in both_ways(password.as_bytes(), salt.as_bytes(), count) {
                let hex = key
                    .iter()
                    .fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
                assert_eq!(hex, expected, "{password}");
            }
        }
    }

    /// Around the sizes at which a key is hashed first, and at which a message needs another block.
    #[test]
    fn every_length_of_password_and_salt_agrees_with_the_crate() {
        let text = [0xa5_u8; 200];
        for length in (0..=140).chain([199, 200]) {
            for (password, salt) in [(&text[..length], &text[..7]), (&text[..7], &text[..length])] {
                let expected = reference(password, salt, 2);
                assert_eq!(both_ways(password, salt, 2), [expected; 2], "{length}");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn the_crate_and_both_ways_agree(
            password in prop::collection::vec(any::<u8>(), 0..180),
            salt in prop::collection::vec(any::<u8>(), 0..180),
            count in 1_u32..300,
        ) {
            prop_assert_eq!(both_ways(&password, &salt, count), [reference(&password, &salt, count); 2]);
        }
    }
}
