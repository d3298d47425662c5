//! Randomness from `crypto.getRandomValues`.

use crate::app::ports::Entropy;

/// The randomness of the runtime.
pub(super) struct WebEntropy;

impl Entropy for WebEntropy {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the randomness that everybody else is given"
    )]
    fn fill(&self, buffer: &mut [u8]) -> Result<(), String> {
        getrandom::getrandom(buffer).map_err(|error| error.to_string())
    }
}
