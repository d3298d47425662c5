//! The `pbkdf2` crate as it comes.

use std::process::ExitCode;

use hash_bench::{PASSWORD, SALT, run};
use sha2::Sha256;

fn main() -> ExitCode {
    run(|iterations| {
        let mut key = [0; 32];
        let (password, salt) = (PASSWORD.as_bytes(), SALT.as_bytes());
        pbkdf2::pbkdf2_hmac::<Sha256>(password, salt, iterations, &mut key);
        key
    })
}
