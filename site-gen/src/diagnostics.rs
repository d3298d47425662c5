//! Errors made for the people who write the content: what is wrong, where, and how to mend it.
//!
//! A [`Diagnostic`] is a value. Stages collect as many as they can find, so that an editor mends a page in one go
//! instead of meeting its errors one by one.

mod json;
mod repetition;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::source::SourceFile;

/// One error or warning: a message, the place it is about, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic(Box<Parts>);

/// Whether the site can be published in spite of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// It cannot.
    Error,
    /// It can, but somebody should look.
    Warning,
}

/// Compared in the order of the fields: errors are sorted by file, then by line.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Parts {
    file: Arc<str>,
    place: Option<Place>,
    severity: Severity,
    message: String,
    help: Option<String>,
    note: Option<String>,
}

/// A stretch of one line of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    line: usize,
    column: usize,
    width: usize,
    text: String,
}

impl Diagnostic {
    /// An error about a file as a whole.
    #[must_use]
    pub fn about(file: impl Into<Arc<str>>, message: impl Into<String>) -> Self {
        Self(Box::new(Parts {
            file: file.into(),
            place: None,
            severity: Severity::Error,
            message: message.into(),
            help: None,
            note: None,
        }))
    }

    /// An error about the bytes `range` of a file; the first line of the range is shown.
    #[must_use]
    pub fn at(source: &SourceFile, range: Range<usize>, message: impl Into<String>) -> Self {
        let mut error = Self::about(source.path(), message);
        error.0.place = Some(Place::locate(source.text(), range));
        error
    }

    /// Adds the cure.
    #[must_use]
    pub fn help(self, help: impl Into<String>) -> Self {
        self.maybe_help(Some(help.into()))
    }

    /// Puts a better cure in place of the one before, where there is one.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.0.help = help.or(self.0.help);
        self
    }

    /// Adds how it came to the error.
    #[must_use]
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.0.note = Some(note.into());
        self
    }

    /// Makes it a warning.
    #[must_use]
    pub fn as_warning(mut self) -> Self {
        self.0.severity = Severity::Warning;
        self
    }

    /// Whether it stops the build.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.0.severity == Severity::Error
    }

    /// What is wrong, in one sentence.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The file the error is about, relative to the root of the project.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.0.file
    }

    /// The line the error is about, counted from 1.
    #[must_use]
    pub fn line(&self) -> Option<usize> {
        self.0.place.as_ref().map(|place| place.line)
    }
}

impl Place {
    fn locate(text: &str, range: Range<usize>) -> Self {
        let start = floor_char_boundary(text, range.start);
        let (before, after) = text.split_at(start);
        let line_start = before.rfind('\n').map_or(0, |position| position + 1);
        let line_end = after.find('\n').map_or(text.len(), |length| start + length);
        let end = floor_char_boundary(text, range.end).clamp(start, line_end);
        let count = |part: Option<&str>| part.map_or(0, |part| part.chars().count());
        Self {
            line: before.matches('\n').count() + 1,
            column: count(text.get(line_start..start)) + 1,
            width: count(text.get(start..end)).max(1),
            text: text
                .get(line_start..line_end)
                .unwrap_or_default()
                .replace('\t', " "),
        }
    }
}

fn floor_char_boundary(text: &str, position: usize) -> usize {
    (0..=position.min(text.len()))
        .rev()
        .find(|&position| text.is_char_boundary(position))
        .unwrap_or(0)
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = &self.0;
        let severity = match parts.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        writeln!(formatter, "{severity}: {}", parts.message)?;
        let gutter = parts
            .place
            .as_ref()
            .map_or(1, |place| place.line.to_string().len());
        let margin = " ".repeat(gutter);
        write!(formatter, "{margin}--> {}", parts.file)?;
        if let Some(place) = &parts.place {
            writeln!(formatter, ":{}:{}", place.line, place.column)?;
            writeln!(formatter, "{margin} |")?;
            writeln!(formatter, "{} | {}", place.line, place.text)?;
            write!(
                formatter,
                "{margin} | {}{}",
                " ".repeat(place.column - 1),
                "^".repeat(place.width)
            )?;
        }
        let remarks = [("note", &parts.note), ("help", &parts.help)];
        for (kind, remark) in remarks {
            if let Some(remark) = remark {
                write!(formatter, "\n{margin} = {kind}: {remark}")?;
            }
        }
        writeln!(formatter)
    }
}

/// The errors and warnings of a whole build, sorted by file and line, each once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    /// Sorts the errors and drops repetitions: a fault of a template or of an included part would otherwise be told once
    /// for every page.
    #[must_use]
    pub fn new(mut errors: Vec<Diagnostic>) -> Self {
        errors.sort();
        errors.dedup();
        Self(repetition::fold(errors))
    }

    /// How many errors there are.
    #[must_use]
    pub fn error_count(&self) -> usize {
        self.iter().filter(|one| one.is_error()).count()
    }

    /// How many warnings there are.
    #[must_use]
    pub fn warning_count(&self) -> usize {
        self.0.len() - self.error_count()
    }

    /// Whether there is neither an error nor a warning.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The errors and warnings in order.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }
}

impl From<Diagnostic> for Diagnostics {
    fn from(error: Diagnostic) -> Self {
        Self(vec![error])
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.0.iter().enumerate() {
            if index > 0 {
                writeln!(formatter)?;
            }
            error.fmt(formatter)?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostics {}

#[cfg(test)]
mod tests;
