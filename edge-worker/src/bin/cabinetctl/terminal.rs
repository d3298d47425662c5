//! What the operator reads and types.

use std::io::{self, BufRead, IsTerminal, Write};

use anyhow::{Context, Result, bail};

/// Prints an answer of one or more lines.
pub(crate) fn say(text: &str) {
    // A closed pipe (`cabinetctl … | head`) is no failure.
    let _ = writeln!(io::stdout(), "{}", without_controls(text));
}

/// Prints why it did not work.
pub(crate) fn complain(error: &anyhow::Error) {
    let text = format!("cabinetctl: {error:#}");
    let _ = writeln!(io::stderr(), "{}", without_controls(&text));
}

/// Asks before what cannot be undone. `is_agreed` is the answer that was given in advance, by `--yes`.
pub(crate) fn confirm(question: &str, is_agreed: bool) -> Result<()> {
    if is_agreed {
        return Ok(());
    }
    if !io::stdin().is_terminal() {
        bail!("{question} There is nobody to ask here: say --yes if so");
    }
    let _ = write!(io::stderr(), "{} [y/N] ", without_controls(question));
    let mut answer = String::new();
    io::stdin()
        .lock()
        .read_line(&mut answer)
        .context("the answer could not be read")?;
    if !["y", "yes"].contains(&answer.trim().to_lowercase().as_str()) {
        bail!("nothing was changed");
    }
    Ok(())
}

/// Asks for a new password, twice and without showing it; from a script, reads the first line of the input.
pub(crate) fn ask_new_password() -> Result<String> {
    if io::stdin().is_terminal() {
        let ask =
            |prompt| rpassword::prompt_password(prompt).context("the password could not be read");
        let password = ask("New password: ")?;
        if ask("Once more: ")? != password {
            bail!("the two passwords differ: nothing was changed");
        }
        return Ok(password);
    }
    let mut line = String::new();
    io::stdin()
        .lock()
        .read_line(&mut line)
        .context("the password could not be read from the input")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

/// What people wrote must not command the operator's terminal: an escape sequence could hide lines or rename windows.
fn without_controls(text: &str) -> String {
    text.chars()
        .map(|character| match character {
            '\n' => '\n',
            control if control.is_control() => '\u{fffd}',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_people_wrote_commands_the_terminal() {
        assert_eq!(
            without_controls("Анна\n\u{1b}[2J\r\u{9b}1A\u{7}"),
            "Анна\n\u{fffd}[2J\u{fffd}\u{fffd}1A\u{fffd}"
        );
    }
}
