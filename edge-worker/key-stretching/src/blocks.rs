//! SHA-256 by whole blocks, as `sha2` does them: with the processor's own instructions where it has some.

use sha2::block_api::compress256;

use super::{BLOCK_BYTES, State};

/// The state after one more block.
pub(super) fn take_in(state: &State, block: &[u8; BLOCK_BYTES]) -> State {
    let mut state = *state;
    compress256(&mut state, &[*block]);
    state
}

/// The digest of one block, which led to `state`, and of a digest behind it.
#[cfg_attr(
    target_arch = "wasm32",
    expect(dead_code, reason = "the Worker has rounds of its own")
)]
#[inline]
pub(super) fn take_in_digest(state: &State, digest: &State) -> State {
    take_in(state, &padded(digest))
}

/// The last block of a message of one block and a digest: the digest, the bit that ends it, and its length of 768 bits
/// (FIPS 180-4 section 5.1.1).
#[inline]
fn padded(digest: &State) -> [u8; BLOCK_BYTES] {
    let mut block = [0; BLOCK_BYTES];
    let (words, _none_left) = block.as_chunks_mut();
    let ending = [0x8000_0000, 0, 0, 0, 0, 0, 0, 768];
    for (word, value) in words.iter_mut().zip(digest.iter().chain(&ending)) {
        *word = value.to_be_bytes();
    }
    block
}
