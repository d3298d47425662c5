//! The work that both programs do, natively and in WebAssembly, and how they prove that they did it.

use std::env;
use std::process::ExitCode;

/// The password and the salt of a test of Django's.
pub const PASSWORD: &str = "lètmein";
/// See [`PASSWORD`].
pub const SALT: &str = "seasalt";
/// How the hash of 600,000 iterations begins (`tests/auth_tests/test_hashers.py` of Django 4.2.16).
const EXPECTED: [u8; 8] = [0x38, 0x05, 0xf2, 0x84, 0x04, 0x3f, 0xe1, 0x90];
const ITERATIONS: u32 = 600_000;

/// Hashes as often as the first argument says, in WebAssembly, which has no arguments, as often as production does.
/// A wrong result is a failure.
#[must_use]
pub fn run(hash: impl Fn(u32) -> [u8; 32]) -> ExitCode {
    let asked = env::args().nth(1).and_then(|number| number.parse().ok());
    let iterations = asked.unwrap_or(ITERATIONS);
    let key = hash(iterations);
    if iterations == ITERATIONS && !key.starts_with(&EXPECTED) {
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
