//! The files of the mails.

use std::collections::{BTreeMap, BTreeSet};

use super::FOLDER;
use super::kinds::Kind;
use crate::diagnostics::Diagnostic;
use crate::language::Language;
use crate::load::CONTENT;
use crate::source::SourceFile;
use crate::suggestion::did_you_mean;

/// A mail in one language.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct MailId {
    /// Which mail.
    pub name: String,
    /// The language.
    pub language: Language,
}

impl MailId {
    /// The source file, below the root of the project.
    #[must_use]
    pub fn source(&self) -> String {
        format!("{CONTENT}/{FOLDER}/{}/{}.md", self.language, self.name)
    }
}

/// The mails among the files of `content/`, and the files of their folder that are none.
#[must_use]
pub fn find(names: &[String]) -> (Vec<MailId>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let mut errors = Vec::new();
    let of_folder = names.iter().filter_map(|name| {
        let rest = name.strip_prefix(FOLDER)?.strip_prefix('/')?;
        Some((name, rest))
    });
    for (name, rest) in of_folder {
        let refuse = |message: String, help: String| {
            Diagnostic::about(format!("{CONTENT}/{name}"), message).help(help)
        };
        let id = rest.split_once('/').and_then(|(folder, file)| {
            let language = Language::from_code(folder)?;
            let name = file.strip_suffix(".md")?.to_owned();
            Some(MailId { name, language })
        });
        match id {
            Some(id) if Kind::find(&id.name).is_some() => found.push(id),
            Some(id) => {
                let known: Vec<_> = Kind::names().collect();
                let help = format!("the mails are: {}", known.join(", "));
                let message = format!("the Worker sends no mail `{}`", id.name);
                let nearest = did_you_mean(&id.name, known);
                errors.push(refuse(message, help).maybe_help(nearest));
            }
            None => errors.push(refuse(
                "the file is not a mail".to_owned(),
                format!(
                    "mails lie in {CONTENT}/{FOLDER}/ru and {CONTENT}/{FOLDER}/en and end in .md"
                ),
            )),
        }
    }
    (found, errors)
}

/// The mails that are missing, once there are any at all: the Worker may send each of them to anybody.
pub(super) fn find_missing(
    mails: &BTreeMap<MailId, SourceFile>,
    languages: &BTreeSet<Language>,
) -> Vec<Diagnostic> {
    if mails.is_empty() {
        return Vec::new();
    }
    Kind::names()
        .flat_map(|name| {
            languages.iter().map(|language| MailId {
                name: name.to_owned(),
                language: *language,
            })
        })
        .filter(|id| !mails.contains_key(id))
        .map(|id| {
            Diagnostic::about(id.source(), "the mail is missing")
                .help("write it; the Worker sends every mail in every language")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_that_are_no_mails_are_named_with_the_cure() {
        let names = [
            "mail/en/new-device.md",
            "mail/ru/new-devise.md",
            "mail/ru/logo.png",
            "mail/de/new-device.md",
            "mail/new-device.md",
            "ru/index.md",
        ]
        .map(str::to_owned);
        let (found, errors) = find(&names);
        let found: Vec<_> = found.iter().map(MailId::source).collect();
        assert_eq!(found, ["content/mail/en/new-device.md"]);
        let errors: Vec<_> = errors.iter().map(ToString::to_string).collect();
        let help = "mails lie in content/mail/ru and content/mail/en and end in .md";
        for (error, (file, message, help)) in errors.iter().zip([
            (
                "ru/new-devise.md",
                "the Worker sends no mail `new-devise`",
                "did you mean \"new-device\"?",
            ),
            ("ru/logo.png", "the file is not a mail", help),
            ("de/new-device.md", "the file is not a mail", help),
            ("new-device.md", "the file is not a mail", help),
        ]) {
            let expected =
                format!("error: {message}\n --> content/mail/{file}\n  = help: {help}\n");
            assert_eq!(*error, expected);
        }
        assert_eq!(errors.len(), 4);
    }
}
