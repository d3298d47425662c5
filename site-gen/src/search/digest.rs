//! Names of shards, and the dice that decide where a shard ends.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// How many hexadecimal digits a name has; the manifest writes the names without separators.
pub(super) const NAME_LENGTH: usize = 10;

/// The name of a shard: the beginning of its SHA-256.
pub(super) fn name(content: &[u8]) -> String {
    let digest = Sha256::digest(content);
    let mut name = String::with_capacity(NAME_LENGTH);
    for byte in digest.iter().take(NAME_LENGTH / 2) {
        // Writing into a string cannot fail.
        let _ = write!(name, "{byte:02x}");
    }
    name
}

/// A number that looks random but belongs to the text: FNV-1a of 32 bits.
pub(super) fn dice(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash: u32, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}
