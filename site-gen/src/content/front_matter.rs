//! The header of a page: TOML between two lines `+++`, or YAML between two lines `---`.
//!
//! Both notations are read into the same fields, and the fields into one typed [`FrontMatter`]. An unknown key is an
//! error: a silently ignored `titel` would publish a page without a title.

mod fence;
mod field;
mod toml_header;
mod yaml_header;

use std::ops::Range;

use time::Date;

use self::fence::{Header, Notation};
use self::field::Field;
use crate::diagnostics::Diagnostic;
use crate::language::Language;
use crate::markdown::typeset;
use crate::source::SourceFile;
use crate::suggestion::{did_you_mean, nearest};

const KEYS: [&str; 12] = [
    "title",
    "description",
    "template",
    "order",
    "nav",
    "slug",
    "aliases",
    "draft",
    "updated",
    "review_by",
    "robots",
    "sample",
];

/// What a page says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FrontMatter {
    /// The title of the page.
    pub title: String,
    /// One or two sentences for search engines and lists.
    pub description: String,
    /// The template that renders the page, without `.html`.
    pub template: String,
    /// Where the template is named, if it is, for errors.
    pub template_range: Option<Range<usize>>,
    /// The place of the page in its section.
    pub order: i64,
    /// A short title for navigation.
    pub nav: Option<String>,
    /// The last part of the address in place of the file's name.
    pub slug: Option<Located<String>>,
    /// Earlier addresses of the page, which lead to it.
    pub aliases: Vec<Located<String>>,
    /// Whether the page is unfinished: it is seen in previews only.
    pub is_draft: bool,
    /// The day of the last change, where the history should not be asked.
    pub updated: Option<Date>,
    /// The day from which somebody should read the page again.
    pub review_by: Option<Located<Date>>,
    /// What search engines may do.
    pub robots: Option<Robots>,
    /// Whether the page is a sample of a legal text.
    pub sample: bool,
}

/// A value and where it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// The bytes of the file.
    pub range: Range<usize>,
}

/// What search engines may do with a page that is not for everyone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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

/// Splits a page into its front matter and the position where its text begins.
pub(super) fn split(file: &SourceFile) -> (Result<FrontMatter, Vec<Diagnostic>>, usize) {
    let (header, start) = fence::split(file);
    let front = header
        .map_err(|error| vec![error])
        .and_then(|header| parse(file, &header));
    (front, start)
}

/// The fields of a front matter, whatever they are called, and the position where the text begins.
pub(crate) fn read_fields(file: &SourceFile) -> (Result<Vec<Field>, Vec<Diagnostic>>, usize) {
    let (header, start) = fence::split(file);
    let fields = header
        .map_err(|error| vec![error])
        .and_then(|header| fields_of(file, &header));
    (fields, start)
}

fn fields_of(file: &SourceFile, header: &Header) -> Result<Vec<Field>, Vec<Diagnostic>> {
    match header.notation {
        Notation::Toml => toml_header::read(file, &header.range),
        Notation::Yaml => yaml_header::read(file, &header.range),
    }
}

fn parse(file: &SourceFile, header: &Header) -> Result<FrontMatter, Vec<Diagnostic>> {
    let fields = fields_of(file, header)?;
    let mut front = FrontMatter {
        template: "page".to_owned(),
        ..FrontMatter::default()
    };
    let mut errors = Vec::new();
    let mut refused = Vec::new();
    for field in fields {
        let key = field.key.clone();
        if let Err(error) = front.set(field, file) {
            errors.push(error);
            // A misspelt key is not missing as well.
            refused.extend(nearest(&key, KEYS));
        }
    }
    for (key, value) in [("title", &front.title), ("description", &front.description)] {
        if value.trim().is_empty() && !refused.contains(&key) {
            let message = format!("the page has no `{key}`");
            let cure = format!("add to the front matter: {}", header.notation.example(key));
            errors.push(Diagnostic::at(file, header.fence.clone(), message).help(cure));
        }
    }
    if errors.is_empty() {
        Ok(front)
    } else {
        Err(errors)
    }
}

impl FrontMatter {
    /// The same with quotation marks, dashes and spaces as an editor of the language sets them.
    #[must_use]
    pub(super) fn typeset(mut self, language: Language) -> Self {
        self.title = typeset(language, &self.title);
        self.description = typeset(language, &self.description);
        self.nav = self.nav.map(|nav| typeset(language, &nav));
        self
    }

    fn set(&mut self, field: Field, file: &SourceFile) -> Result<(), Diagnostic> {
        match field.key.as_str() {
            "title" => self.title = field.text(file)?.0,
            "description" => self.description = field.text(file)?.0,
            "template" => {
                let (name, range) = field.text(file)?;
                self.template = name;
                self.template_range = Some(range);
            }
            "order" => self.order = field.integer(file)?,
            "nav" => self.nav = Some(field.text(file)?.0),
            "slug" => self.slug = Some(slug(field, file)?),
            "aliases" => self.aliases = aliases(field, file)?,
            "draft" => self.is_draft = field.flag(file)?,
            "updated" => self.updated = Some(field.date(file)?.0),
            "review_by" => {
                let (value, range) = field.date(file)?;
                self.review_by = Some(Located { value, range });
            }
            "robots" => self.robots = Some(robots(field, file)?),
            "sample" => self.sample = field.flag(file)?,
            unknown => {
                let message = format!("the front matter has no key `{unknown}`");
                return Err(Diagnostic::at(file, field.key_range, message)
                    .help(format!("the keys are: {}", KEYS.join(", ")))
                    .maybe_help(did_you_mean(unknown, KEYS)));
            }
        }
        Ok(())
    }
}

fn slug(field: Field, file: &SourceFile) -> Result<Located<String>, Diagnostic> {
    let (value, range) = field.text(file)?;
    let is_allowed = |letter: char| {
        letter.is_ascii_lowercase() || letter.is_ascii_digit() || matches!(letter, '-' | '_')
    };
    if !value.is_empty() && value != "index" && value.chars().all(is_allowed) {
        Ok(Located { value, range })
    } else {
        Err(
            Diagnostic::at(file, range, "the slug cannot be part of an address").help(
                "it may hold small Latin letters, digits, `-` and `_` only, and is not `index`",
            ),
        )
    }
}

fn aliases(field: Field, file: &SourceFile) -> Result<Vec<Located<String>>, Diagnostic> {
    field
        .texts(file)?
        .into_iter()
        .map(|(value, range)| match refuse_alias(&value) {
            None => Ok(Located { value, range }),
            Some((message, help)) => Err(Diagnostic::at(file, range, message).help(help)),
        })
        .collect()
}

/// Why an earlier address cannot be redirected. A rule of the host holds both addresses and has at most 1,000
/// characters, see [`crate::headers::redirects`].
fn refuse_alias(address: &str) -> Option<(&'static str, &'static str)> {
    const LONGEST: usize = 500;
    if !address.starts_with('/') || address.starts_with("//") {
        Some((
            "the alias is not an address of this site",
            "write it from the root: aliases = [\"/help/old-name.html\"]",
        ))
    } else if address.contains(['*', ':']) {
        Some((
            "an alias is one address and cannot stand for many",
            "name every earlier address, without `*` and `:`",
        ))
    } else if address.contains(|letter: char| letter.is_whitespace() || "?#".contains(letter)) {
        Some((
            "the alias holds a space, `?` or `#`",
            "write the path alone; a space in an address is written %20",
        ))
    } else if address.len() > LONGEST {
        Some((
            "the alias is too long for the host",
            "an address of the past has at most 500 letters; Cyrillic ones count twice",
        ))
    } else {
        None
    }
}

fn robots(field: Field, file: &SourceFile) -> Result<Robots, Diagnostic> {
    let (value, range) = field.text(file)?;
    if value == "noindex" {
        Ok(Robots::NoIndex)
    } else {
        Err(
            Diagnostic::at(file, range, format!("`robots` cannot be \"{value}\"")).help(
                "write \"noindex\" to keep the page out of search engines, or leave the key out",
            ),
        )
    }
}

#[cfg(test)]
mod tests;
