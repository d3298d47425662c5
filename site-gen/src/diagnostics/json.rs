//! Diagnostics for programs: editors' tools read them with `--format json`.

use serde::{Serialize, Serializer};

use super::{Diagnostic, Diagnostics, Severity};

/// The whole report.
#[derive(Serialize)]
struct Report<'a> {
    errors: usize,
    warnings: usize,
    diagnostics: Vec<Entry<'a>>,
    untranslated: &'a [String],
}

/// One error or warning. Lines and columns are counted from 1, columns in letters.
#[derive(Serialize)]
struct Entry<'a> {
    severity: Severity,
    message: &'a str,
    file: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
}

impl<'a> Entry<'a> {
    fn new(diagnostic: &'a Diagnostic) -> Self {
        let parts = &diagnostic.0;
        let place = parts.place.as_ref();
        Self {
            severity: parts.severity,
            message: &parts.message,
            file: &parts.file,
            line: place.map(|place| place.line),
            column: place.map(|place| place.column),
            end_column: place.map(|place| place.column + place.width),
            text: place.map(|place| place.text.as_str()),
            note: parts.note.as_deref(),
            help: parts.help.as_deref(),
        }
    }
}

impl Serialize for Diagnostic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Entry::new(self).serialize(serializer)
    }
}

impl Diagnostics {
    /// The report as one line of JSON: `errors`, `warnings`, and `diagnostics` with `severity`, `message`, `file`,
    /// `line`, `column`, `end_column`, `text` (the line itself), `note` and `help`; then `untranslated`, the files of
    /// the translations that are still to be written.
    #[must_use]
    pub fn to_json(&self, untranslated: &[String]) -> String {
        let report = Report {
            errors: self.error_count(),
            warnings: self.warning_count(),
            diagnostics: self.iter().map(Entry::new).collect(),
            untranslated,
        };
        serde_json::to_string(&report).unwrap_or_default()
    }
}
