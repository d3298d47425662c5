//! The TOML header of a page, between two lines `+++`.
//!
//! An unknown key is an error: a silently ignored `titel` would publish a page without a title.

use std::ops::Range;

use serde::Deserialize;
use toml::de::DeTable;

use super::settings::toml_error;
use crate::diagnostics::Diagnostic;
use crate::source::SourceFile;
use crate::suggestion::did_you_mean;

const FENCE: &str = "+++";
const KEYS: [&str; 7] = [
    "title",
    "description",
    "template",
    "order",
    "nav",
    "robots",
    "sample",
];
const EXAMPLE: &str =
    "begin the file with\n\n    +++\n    title = \"…\"\n    description = \"…\"\n    +++\n";

/// What a page says about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontMatter {
    /// The title of the page.
    pub title: String,
    /// One or two sentences for search engines and lists.
    pub description: String,
    /// The template that renders the page, without `.html`.
    pub template: String,
    /// Where the template is named, for errors; the opening fence if it is not.
    pub template_range: Range<usize>,
    /// The place of the page in its section.
    pub order: i64,
    /// A short title for navigation.
    pub nav: Option<String>,
    /// What search engines may do.
    pub robots: Option<Robots>,
    /// Whether the page is a sample of a legal text.
    pub sample: bool,
}

/// What search engines may do with a page that is not for everyone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Robots {
    /// Keep the page out of the index.
    NoIndex,
}

impl Robots {
    /// The value of the `robots` meta element.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NoIndex => "noindex",
        }
    }
}

#[derive(Deserialize)]
struct Written {
    title: Option<String>,
    description: Option<String>,
    template: Option<toml::Spanned<String>>,
    order: Option<i64>,
    nav: Option<String>,
    robots: Option<Robots>,
    #[serde(default)]
    sample: bool,
}

/// Splits a page into its front matter and the position where its text begins.
///
/// The position is known even if the front matter is wrong, so that the text is checked in the same build.
pub(super) fn split(file: &SourceFile) -> (Result<FrontMatter, Vec<Diagnostic>>, usize) {
    let text = file.text();
    let first = text.lines().next().unwrap_or_default();
    if first.trim_end() != FENCE {
        let error = Diagnostic::at(file, 0..first.len(), "the page has no front matter");
        return (Err(vec![error.help(EXAMPLE.trim_end())]), 0);
    }
    let start = (first.len() + 1).min(text.len());
    let mut position = start;
    for line in text.get(start..).unwrap_or_default().split_inclusive('\n') {
        if line.trim_end() == FENCE {
            let header = text.get(start..position).unwrap_or_default();
            return (parse(file, header, start), position + line.len());
        }
        position += line.len();
    }
    let error = Diagnostic::at(
        file,
        0..FENCE.len(),
        "the front matter that begins here does not end",
    )
    .help("put a line `+++` between the front matter and the text");
    (Err(vec![error]), text.len())
}

fn parse(file: &SourceFile, header: &str, offset: usize) -> Result<FrontMatter, Vec<Diagnostic>> {
    let (table, broken) = DeTable::parse_recoverable(header);
    if !broken.is_empty() {
        return Err(broken
            .iter()
            .map(|error| toml_error(file, offset, error))
            .collect());
    }
    let mut errors = unknown_keys(file, table.get_ref(), offset);
    let written: Written = match toml::from_str(header) {
        Ok(written) => written,
        Err(error) => {
            errors.push(toml_error(file, offset, &error));
            return Err(errors);
        }
    };
    let mut required = |key: &str, value: Option<String>| {
        let value = value.filter(|value| !value.trim().is_empty());
        if value.is_none() {
            errors.push(
                Diagnostic::at(file, 0..FENCE.len(), format!("the page has no `{key}`"))
                    .help(format!("add to the front matter: {key} = \"…\"")),
            );
        }
        value.unwrap_or_default()
    };
    let title = required("title", written.title);
    let description = required("description", written.description);
    if !errors.is_empty() {
        return Err(errors);
    }
    let template_range = written
        .template
        .as_ref()
        .map_or(0..FENCE.len(), |template| {
            offset + template.span().start..offset + template.span().end
        });
    Ok(FrontMatter {
        title,
        description,
        template: written
            .template
            .map_or_else(|| "page".to_owned(), toml::Spanned::into_inner),
        template_range,
        order: written.order.unwrap_or(0),
        nav: written.nav,
        robots: written.robots,
        sample: written.sample,
    })
}

fn unknown_keys(file: &SourceFile, table: &DeTable<'_>, offset: usize) -> Vec<Diagnostic> {
    table
        .keys()
        .filter(|key| !KEYS.contains(&key.get_ref().as_ref()))
        .map(|key| {
            let range = offset + key.span().start..offset + key.span().end;
            let name = key.get_ref();
            Diagnostic::at(file, range, format!("the front matter has no key `{name}`"))
                .help(format!("the keys are: {}", KEYS.join(", ")))
                .maybe_help(did_you_mean(name, KEYS))
        })
        .collect()
}

#[cfg(test)]
mod tests;
