//! Where the front matter of a page ends and its text begins.

use std::ops::Range;

use crate::diagnostics::Diagnostic;
use crate::source::SourceFile;

const EXAMPLE: &str =
    "begin the file with\n\n    +++\n    title = \"…\"\n    description = \"…\"\n    +++";

/// How the front matter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Notation {
    /// Between two lines `+++`.
    Toml,
    /// Between two lines `---`.
    Yaml,
}

impl Notation {
    const fn fence(self) -> &'static str {
        match self {
            Self::Toml => "+++",
            Self::Yaml => "---",
        }
    }

    /// A key with a text, as an editor would write it.
    pub(super) fn example(self, key: &str) -> String {
        match self {
            Self::Toml => format!("{key} = \"…\""),
            Self::Yaml => format!("{key}: …"),
        }
    }
}

/// The front matter of a file, without its fences.
#[derive(Debug)]
pub(super) struct Header {
    pub(super) notation: Notation,
    /// The opening fence.
    pub(super) fence: Range<usize>,
    /// What stands between the fences.
    pub(super) range: Range<usize>,
}

/// Finds the header, and the byte where the text of the page begins. That byte is known even if the header is wrong, so
/// that the text is checked in the same build.
pub(super) fn split(file: &SourceFile) -> (Result<Header, Diagnostic>, usize) {
    let text = file.text();
    let first = text.lines().next().unwrap_or_default();
    let notation = match first.trim_end() {
        "+++" => Notation::Toml,
        "---" => Notation::Yaml,
        _ => {
            let error = Diagnostic::at(file, 0..first.len(), "the page has no front matter");
            return (Err(error.help(EXAMPLE)), 0);
        }
    };
    let fence = 0..notation.fence().len();
    let start = (first.len() + 1).min(text.len());
    let mut position = start;
    for line in text.get(start..).unwrap_or_default().split_inclusive('\n') {
        if line.trim_end() == notation.fence() {
            let range = start..position;
            let header = Header {
                notation,
                fence,
                range,
            };
            return (Ok(header), position + line.len());
        }
        position += line.len();
    }
    let error = Diagnostic::at(
        file,
        fence,
        "the front matter that begins here does not end",
    )
    .help(format!(
        "put a line `{}` between the front matter and the text",
        notation.fence()
    ));
    (Err(error), text.len())
}
