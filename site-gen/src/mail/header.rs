//! The front matter of a mail: its subject, and nothing else.

use crate::content::read_fields;
use crate::diagnostics::Diagnostic;
use crate::language::Language;
use crate::markdown::typeset;
use crate::source::SourceFile;
use crate::suggestion::did_you_mean;

const SUBJECT: &str = "subject";
const CURE: &str = "begin the file with\n\n    +++\n    subject = \"…\"\n    +++";

/// The subject of a mail, if its front matter is right, and the byte where its text begins.
pub(super) fn read(
    file: &SourceFile,
    language: Language,
) -> (Result<String, Vec<Diagnostic>>, usize) {
    let first = file.text().lines().next().unwrap_or_default();
    if !matches!(first.trim_end(), "+++" | "---") {
        let error = Diagnostic::at(file, 0..first.len(), "the mail has no front matter");
        return (Err(vec![error.help(CURE)]), 0);
    }
    let (fields, start) = read_fields(file);
    let subject = fields.and_then(|fields| {
        let mut subject = None;
        let mut errors = Vec::new();
        for field in fields {
            if field.key == SUBJECT {
                match field.text(file) {
                    Ok(text) => subject = Some(text),
                    Err(error) => errors.push(error),
                }
                continue;
            }
            let message = format!("the front matter of a mail has no key `{}`", field.key);
            errors.push(
                Diagnostic::at(file, field.key_range.clone(), message)
                    .help(format!("the only key is `{SUBJECT}`"))
                    .maybe_help(did_you_mean(&field.key, [SUBJECT])),
            );
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let Some((text, range)) = subject else {
            let error = Diagnostic::at(file, 0..first.len(), "the mail has no `subject`");
            return Err(vec![error.help(CURE)]);
        };
        check(&text)
            .map(|()| typeset(language, &text))
            .map_err(|(message, help)| vec![Diagnostic::at(file, range, message).help(help)])
    });
    (subject, start)
}

/// A subject is one line of plain words: it is shown where nobody sees who else has filled it in.
fn check(subject: &str) -> Result<(), (&'static str, &'static str)> {
    if subject.trim().is_empty() {
        return Err((
            "the subject is empty",
            "say in a few words what the mail is about",
        ));
    }
    if subject.contains(char::is_control) {
        return Err(("the subject is not one line", "take the line break out"));
    }
    if subject.contains("{{") || subject.contains("}}") {
        return Err((
            "the subject holds a placeholder",
            "write it in plain words; values and placeholders belong into the text",
        ));
    }
    Ok(())
}
