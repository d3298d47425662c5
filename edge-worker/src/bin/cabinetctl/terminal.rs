//! What the operator reads and types.

use std::io::{self, BufRead, IsTerminal, Write};

use anyhow::{Context, Result};

/// Prints a line of the answer.
pub(crate) fn say(line: &str) {
    // A closed pipe (`cabinetctl … | head`) is no failure.
    let _ = writeln!(io::stdout(), "{line}");
}

/// Prints why it did not work.
pub(crate) fn complain(error: &anyhow::Error) {
    let _ = writeln!(io::stderr(), "cabinetctl: {error:#}");
}

/// Asks for a password without showing it; from a script, reads the first line of the input.
pub(crate) fn ask_password() -> Result<String> {
    if io::stdin().is_terminal() {
        return rpassword::prompt_password("Password: ").context("the password could not be read");
    }
    let mut line = String::new();
    io::stdin()
        .lock()
        .read_line(&mut line)
        .context("the password could not be read from the input")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
