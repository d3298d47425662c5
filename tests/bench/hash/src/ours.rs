//! Our own loop.

use std::num::NonZeroU32;
use std::process::ExitCode;

use hash_bench::{PASSWORD, SALT, run};

fn main() -> ExitCode {
    run(|iterations| {
        let iterations = NonZeroU32::new(iterations).unwrap_or(NonZeroU32::MIN);
        key_stretching::stretch(PASSWORD.as_bytes(), SALT.as_bytes(), iterations)
    })
}
