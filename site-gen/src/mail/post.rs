//! Mails from their sources to the file that the Worker takes in.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::header;
use super::kinds::{Kind, LINK, written};
use super::sources::{MailId, find_missing};
use super::{FILE, Letter, Letters, is_delivered, to_json};
use crate::catalog::Catalog;
use crate::diagnostics::Diagnostic;
use crate::markdown::{Expressions, LetterText, Surroundings, parse_letter};
use crate::output::WriteError;
use crate::parse::Commons;
use crate::render::Renderer;
use crate::source::SourceFile;

/// What mails are made with.
#[derive(Debug, Clone, Copy)]
pub struct PostOffice<'a> {
    /// The words and values.
    pub commons: &'a Commons,
    /// The templates.
    pub renderer: &'a Renderer,
    /// The pages, for links to the site.
    pub catalog: &'a Catalog,
}

impl PostOffice<'_> {
    /// Makes all mails.
    #[must_use]
    pub fn make(&self, mails: &BTreeMap<MailId, SourceFile>) -> (Letters, Vec<Diagnostic>) {
        let languages: BTreeSet<_> = self.commons.messages.keys().copied().collect();
        let mut errors = find_missing(mails, &languages);
        let mut letters = Letters::new();
        for (id, file) in mails {
            match self.make_one(id, file) {
                Ok(letter) => {
                    let of_name = letters.entry(id.name.clone()).or_default();
                    of_name.insert(id.language.code().to_owned(), letter);
                }
                Err(faults) => errors.extend(faults),
            }
        }
        (letters, errors)
    }

    fn make_one(&self, id: &MailId, file: &SourceFile) -> Result<Letter, Vec<Diagnostic>> {
        let (Some(kind), Some(surroundings)) =
            (Kind::find(&id.name), self.commons.surroundings(id.language))
        else {
            let error = Diagnostic::about(file.path(), "the language has no pages");
            return Err(vec![error.help("write content/<language>/index.md first")]);
        };
        let placeholders = kind.placeholders();
        let expressions =
            Expressions::with_placeholders(id.language, &self.commons.values, &placeholders);
        let surroundings = Surroundings {
            expressions: &expressions,
            parts: &BTreeMap::new(),
            ..surroundings
        };
        let (subject, start) = header::read(file, id.language);
        let (text, mut errors) = parse_letter(file, start, &surroundings);
        if errors.is_empty() {
            errors.extend(self.check_links(file, &text));
        }
        if errors.is_empty()
            && kind.has_link
            && !text.links.iter().any(|link| link.target == written(LINK))
        {
            let message = format!("the mail does not have its link, `{{{{ {LINK} }}}}`");
            let help = format!("add a paragraph: [what is confirmed](button:{{{{ {LINK} }}}})");
            errors.push(Diagnostic::at(file, start..start, message).help(help));
        }
        let subject = subject.map_err(|faults| errors.extend(faults));
        let Ok(subject) = subject else {
            return Err(errors);
        };
        if !errors.is_empty() {
            return Err(errors);
        }
        let (html, text) = self
            .renderer
            .render_mail(id.language, &subject, &text)
            .map_err(|fault| vec![fault])?;
        for made in [&html, &text] {
            if has_stray_braces(made, &placeholders) {
                let message = "the finished mail holds `{{` or `}}` that is no placeholder";
                let error = Diagnostic::about(file.path(), message);
                return Err(vec![
                    error.help("placeholders stand alone, without filters"),
                ]);
            }
        }
        Ok(Letter {
            subject,
            html,
            text,
        })
    }

    /// A letter is read far from the site: its links are whole addresses, and those of the site lead to pages.
    fn check_links(&self, file: &SourceFile, text: &LetterText) -> Vec<Diagnostic> {
        let base = self.commons.settings.base_url();
        let addresses = self.catalog.addresses();
        let is_good = |target: &str| {
            if let Some(rest) = target.strip_prefix(base) {
                let address = rest.split('#').next().unwrap_or(rest);
                return addresses.contains(address);
            }
            target == written(LINK)
                || target.starts_with("mailto:")
                || target.starts_with("https://")
        };
        let wrong = text.links.iter().filter(|link| !is_good(&link.target));
        wrong
            .map(|link| {
                let message = if link.target.starts_with(base) {
                    "there is no such page of the site"
                } else {
                    "a link of a mail is a whole address"
                };
                Diagnostic::at(file, link.range.clone(), message).help(
                    "write {{ link }}, mailto:…, https://…, or {{ site.base_url }}/… for a page",
                )
            })
            .collect()
    }
}

/// Writes the mails where the Worker takes them in, if they are others than before; true if they were. A project without
/// a Worker has no such file.
pub fn deliver(root: &Path, letters: &Letters) -> Result<bool, WriteError> {
    let path = root.join(FILE);
    let has_worker = path.parent().is_some_and(Path::is_dir);
    if letters.is_empty() || !has_worker || is_delivered(root, letters) {
        return Ok(false);
    }
    match fs::write(&path, to_json(letters)) {
        Ok(()) => Ok(true),
        Err(error) => Err(WriteError::Refused { path, error }),
    }
}

fn has_stray_braces(text: &str, placeholders: &[&str]) -> bool {
    let rest = placeholders.iter().fold(text.to_owned(), |rest, name| {
        rest.replace(&written(name), "")
    });
    rest.contains("{{") || rest.contains("}}")
}
