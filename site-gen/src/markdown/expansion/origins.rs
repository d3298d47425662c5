//! A text that remembers where each of its bytes came from.

use std::ops::Range;
use std::sync::Arc;

use super::inclusion::below_language;
use crate::diagnostics::Diagnostic;
use crate::source::SourceFile;

/// A text with its values and parts filled in.
pub(in crate::markdown) struct Expanded {
    text: String,
    pieces: Vec<Piece>,
    /// The page, and every part each time it is included.
    files: Vec<Included>,
    /// What was put in place of something else after the text was complete, in order.
    edits: Vec<Edit>,
    uses_values: bool,
}

/// Where something was written, and how it came to its page from there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// The file.
    pub file: SourceFile,
    /// The bytes of the file.
    pub range: Range<usize>,
    /// The `include` lines that led to an included part, for errors.
    way: Option<Arc<str>>,
}

impl Origin {
    /// A place in a file that is not included anywhere.
    #[must_use]
    pub const fn new(file: SourceFile, range: Range<usize>) -> Self {
        Self {
            file,
            range,
            way: None,
        }
    }

    /// An error about what is written here.
    #[must_use]
    pub fn error(&self, message: impl Into<String>) -> Diagnostic {
        let error = Diagnostic::at(&self.file, self.range.clone(), message);
        match &self.way {
            Some(way) => error.note(&**way),
            None => error,
        }
    }
}

/// A part of the result and the part of a file it came from.
struct Piece {
    start: usize,
    file: usize,
    origin: Range<usize>,
    is_value: bool,
}

struct Included {
    file: SourceFile,
    /// The file with the `include`, and its place there.
    by: Option<(usize, Range<usize>)>,
}

/// The bytes `new` of the text stand in place of the bytes `old` of what it was before.
struct Edit {
    new: Range<usize>,
    old: Range<usize>,
}

impl Expanded {
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            text: String::with_capacity(capacity),
            pieces: Vec::new(),
            files: Vec::new(),
            edits: Vec::new(),
            uses_values: false,
        }
    }

    /// The text.
    pub(in crate::markdown) fn text(&self) -> &str {
        &self.text
    }

    /// Where a part of the text was written. What spans several files is told by its beginning.
    pub(in crate::markdown) fn origin(&self, range: Range<usize>) -> Origin {
        let (index, range) = self.locate(range);
        self.origin_in(index, range)
    }

    /// An error about a part of the text.
    pub(in crate::markdown) fn error(
        &self,
        range: Range<usize>,
        message: impl Into<String>,
    ) -> Diagnostic {
        self.origin(range).error(message)
    }

    /// The paths of the parts that the text holds, below the folder of the language, each once.
    pub(in crate::markdown) fn parts(&self) -> Vec<String> {
        let mut paths: Vec<_> = self
            .files
            .iter()
            .skip(1)
            .map(|included| below_language(&included.file.path()).to_owned())
            .collect();
        paths.sort();
        paths.dedup();
        paths
    }

    /// Whether any part of the text stands for an expression.
    pub(in crate::markdown) fn uses_values(&self) -> bool {
        self.uses_values
    }

    /// Puts other texts in place of parts of this one. The ranges are in order and do not meet.
    pub(in crate::markdown) fn edit(&mut self, edits: Vec<(Range<usize>, &str)>) {
        let mut text = String::with_capacity(self.text.len() + edits.len() * 8);
        let mut position = 0;
        for (old, replacement) in edits {
            text.push_str(self.text.get(position..old.start).unwrap_or_default());
            let start = text.len();
            text.push_str(replacement);
            position = old.end;
            let new = start..text.len();
            self.edits.push(Edit { new, old });
        }
        text.push_str(self.text.get(position..).unwrap_or_default());
        self.text = text;
    }

    /// Begins a file; its number.
    pub(super) fn open(&mut self, file: SourceFile, by: Option<(usize, Range<usize>)>) -> usize {
        self.files.push(Included { file, by });
        self.files.len() - 1
    }

    /// Adds a text that stands in a file at `start`.
    pub(super) fn push_original(&mut self, file: usize, start: usize, text: &str) {
        self.push(file, start..start + text.len(), text, false);
    }

    /// Adds a text that stands for something else in a file.
    pub(super) fn push_value(&mut self, file: usize, origin: Range<usize>, text: &str) {
        self.uses_values = true;
        self.push(file, origin, text, true);
    }

    fn push(&mut self, file: usize, origin: Range<usize>, text: &str, is_value: bool) {
        if text.is_empty() {
            return;
        }
        self.pieces.push(Piece {
            start: self.text.len(),
            file,
            origin,
            is_value,
        });
        self.text.push_str(text);
    }

    /// An error at a place of one of the files, with the way it was included.
    pub(super) fn error_in(
        &self,
        file: usize,
        range: Range<usize>,
        message: impl Into<String>,
    ) -> Diagnostic {
        self.origin_in(file, range).error(message)
    }

    fn origin_in(&self, file: usize, range: Range<usize>) -> Origin {
        match self.files.get(file) {
            Some(included) => Origin {
                file: included.file.clone(),
                range,
                way: self.way(included),
            },
            None => Origin::new(SourceFile::new("", ""), range),
        }
    }

    /// The places of the `include` lines that led to a file, the nearest first; none led to the page itself.
    fn way(&self, included: &Included) -> Option<Arc<str>> {
        let mut way = Vec::new();
        let mut included = included;
        while let Some((above, place)) = &included.by {
            let Some(file) = self.files.get(*above) else {
                break;
            };
            let before = file.file.text().get(..place.start).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            way.push(format!("included from {}:{line}", file.file.path()));
            included = file;
        }
        (!way.is_empty()).then(|| way.join(", ").into())
    }

    fn locate(&self, range: Range<usize>) -> (usize, Range<usize>) {
        let start = self.before_edits(range.start, false);
        let last = range.end.max(range.start + 1) - 1;
        let end = self.before_edits(last, true);
        let (Some(first), Some(last)) = (self.piece(start), self.piece(end)) else {
            return (0, 0..0);
        };
        let from = first.place(start, false);
        let to = if first.file == last.file {
            last.place(end, true)
        } else {
            first.origin.end
        };
        (first.file, from..to.max(from))
    }

    /// Where a position was before the edits.
    fn before_edits(&self, position: usize, is_end: bool) -> usize {
        let after = self
            .edits
            .partition_point(|edit| edit.new.start <= position);
        match after.checked_sub(1).and_then(|index| self.edits.get(index)) {
            None => position,
            Some(edit) if position >= edit.new.end => position - edit.new.end + edit.old.end,
            Some(edit) if is_end => edit.old.end.max(edit.old.start + 1) - 1,
            Some(edit) => edit.old.start,
        }
    }

    fn piece(&self, position: usize) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.start <= position);
        self.pieces.get(after.checked_sub(1)?)
    }
}

impl Piece {
    fn place(&self, position: usize, is_end: bool) -> usize {
        match (self.is_value, is_end) {
            (true, true) => self.origin.end,
            (true, false) => self.origin.start,
            (false, _) => self.origin.start + (position - self.start) + usize::from(is_end),
        }
    }
}
