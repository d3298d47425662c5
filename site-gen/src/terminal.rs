//! What the commands say to the person at the terminal.

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

use site_gen::BuildError;
use site_gen::diagnostics::Diagnostics;

/// Whoever reads us may have gone away; that is no reason to fall over.
pub(crate) fn say(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}

/// Says it on the error stream.
pub(crate) fn complain(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}

/// Says why a command did not do its work, and ends it.
pub(crate) fn refuse(error: &impl Display) -> ExitCode {
    complain(error.to_string().trim_end());
    ExitCode::FAILURE
}

/// Says why there is no new site, and ends the command.
pub(crate) fn fail(error: &BuildError) -> ExitCode {
    match error {
        BuildError::Content(errors) => tell_mistakes(errors, "nothing was written"),
        BuildError::Write(_) => complain(error.to_string().trim_end()),
    }
    ExitCode::FAILURE
}

/// Shows the mistakes, how many there are, and what follows from them.
pub(crate) fn tell_mistakes(errors: &Diagnostics, consequence: &str) {
    complain(errors.to_string().trim_end());
    complain(&format!(
        "\n{}; {consequence}",
        counted(errors.error_count(), "mistake")
    ));
}

/// Shows what may be wrong, if anything may.
pub(crate) fn tell_warnings(warnings: &Diagnostics) {
    if !warnings.is_empty() {
        complain(warnings.to_string().trim_end());
    }
}

/// `, 2 warnings`, or nothing.
pub(crate) fn count_warnings(diagnostics: &Diagnostics) -> String {
    match diagnostics.warning_count() {
        0 => String::new(),
        count => format!(", {}", counted(count, "warning")),
    }
}

/// `1 file`, `2 files`.
pub(crate) fn counted(count: usize, word: &str) -> String {
    let ending = if count == 1 { "" } else { "s" };
    format!("{count} {word}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use site_gen::diagnostics::Diagnostic;

    #[test]
    fn warnings_are_counted_only_if_there_are_any() {
        let warning = |file: &str| Diagnostic::about(file, "old").as_warning();
        for (diagnostics, expected) in [
            (vec![], ""),
            (vec![Diagnostic::about("a", "wrong")], ""),
            (vec![warning("a")], ", 1 warning"),
            (vec![warning("a"), warning("b")], ", 2 warnings"),
        ] {
            assert_eq!(count_warnings(&Diagnostics::new(diagnostics)), expected);
        }
    }
}
