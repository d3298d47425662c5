//! `{{ include("_support.md") }}`: which file is meant.
//!
//! The path is relative to the file it stands in; with `/` in front it begins at the folder of the language. A file
//! that can be included is a *part*: its name begins with `_`, and it is not a page.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::relative::{join, written_in};
use crate::source::SourceFile;
use crate::suggestion::{nearest_path, question};

/// A message and its cure.
pub(super) type Refusal = (String, String);

pub(super) struct Inclusion<'a> {
    /// The path, or nothing if the argument is not one.
    path: Option<&'a str>,
}

impl<'a> Inclusion<'a> {
    /// Reads an expression, given with its braces; `None` if it is of another kind.
    pub(super) fn read(expression: &'a str) -> Option<Self> {
        let inner = expression.strip_prefix("{{")?.trim_start();
        let arguments = inner.strip_prefix("include")?.trim_start();
        let arguments = arguments.strip_prefix('(')?;
        let path = arguments
            .strip_suffix("}}")
            .and_then(|rest| rest.trim_end().strip_suffix(')'))
            .and_then(|argument| unquoted(argument.trim()));
        Some(Self { path })
    }

    /// The file among the parts.
    pub(super) fn find<'p>(
        &self,
        file: &SourceFile,
        parts: &'p BTreeMap<String, SourceFile>,
    ) -> Result<&'p SourceFile, Refusal> {
        let Some(written) = self.path else {
            let message = "`include` takes the path of one file in quotes";
            return Err(refusal(message, "write {{ include(\"_name.md\") }}"));
        };
        let path = file.path();
        let folder = folder_of(&path);
        let wanted = join(folder, written);
        if let Some(part) = wanted.as_deref().and_then(|wanted| parts.get(wanted)) {
            return Ok(part);
        }
        let wanted = wanted.unwrap_or_else(|| written.to_owned());
        let name = wanted.rsplit('/').next().unwrap_or_default();
        if !name.starts_with('_') {
            return Err(refusal(
                &format!("\"{wanted}\" is not a part that can be included"),
                "names of parts begin with `_`: put the common text into such a file",
            ));
        }
        let known = nearest_path(&wanted, parts.keys().map(String::as_str));
        let help = known.map_or_else(
            || {
                format!(
                    "there would have to be a file {}",
                    language_folder(&path) + &wanted
                )
            },
            |known| question(&written_in(folder, known)),
        );
        Err((format!("there is no part \"{wanted}\""), help))
    }
}

fn refusal(message: &str, help: &str) -> Refusal {
    (message.to_owned(), help.to_owned())
}

fn unquoted(argument: &str) -> Option<&str> {
    let quote = argument
        .chars()
        .next()
        .filter(|first| matches!(first, '"' | '\''))?;
    let inner = argument.strip_prefix(quote)?.strip_suffix(quote)?;
    (!inner.contains(quote) && !inner.is_empty()).then_some(inner)
}

/// The indentation of the line, which must hold nothing else.
pub(super) fn place<'a>(text: &'a str, range: &Range<usize>) -> Result<&'a str, Refusal> {
    let before = text.get(..range.start).unwrap_or_default();
    let indentation = before.rsplit('\n').next().unwrap_or_default();
    let after = text.get(range.end..).unwrap_or_default();
    let rest = after.split('\n').next().unwrap_or_default();
    if indentation.trim().is_empty() && rest.trim().is_empty() {
        return Ok(indentation);
    }
    Err(refusal(
        "`include` stands on a line of its own",
        "put nothing else on the line; for a word or a figure use a value of content/*.toml",
    ))
}

/// Refuses a part that includes itself through others.
pub(super) fn check_cycle(open: &[SourceFile], part: &SourceFile) -> Result<(), Refusal> {
    let Some(first) = open.iter().position(|file| file.path() == part.path()) else {
        return Ok(());
    };
    let chain: Vec<_> = open
        .iter()
        .skip(first)
        .chain([part])
        .map(|file| file.path().to_string())
        .collect();
    Err((
        format!("the part includes itself: {}", chain.join(" → ")),
        "take one of these `include` lines out".to_owned(),
    ))
}

/// The folder of a file below the folder of its language.
pub(in crate::markdown) fn folder_of(path: &str) -> &str {
    let below = below_language(path);
    below.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The path of a file below the folder of its language.
pub(super) fn below_language(path: &str) -> &str {
    let start = language_folder(path).len();
    path.get(start..).unwrap_or_default()
}

/// `content/ru/` of `content/ru/help/index.md`.
fn language_folder(path: &str) -> String {
    let mut folders = path.splitn(3, '/');
    match (folders.next(), folders.next(), folders.next()) {
        (Some(content), Some(language), Some(_)) => format!("{content}/{language}/"),
        _ => String::new(),
    }
}
