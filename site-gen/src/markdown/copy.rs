//! The text as plain Markdown: values and parts filled in, components reduced to what they hold.
//!
//! It is the text as it was read with some places replaced, so what is not a component stays as the author wrote it.

use std::ops::Range;

/// The places of the text to be replaced.
#[derive(Debug, Default)]
pub(super) struct Copy {
    edits: Vec<(Range<usize>, String)>,
}

impl Copy {
    /// Puts something in place of a part of the text.
    pub(super) fn replace(&mut self, range: Range<usize>, replacement: impl Into<String>) {
        self.edits.push((range, replacement.into()));
    }

    /// The finished copy of the text. Of places that meet, the first counts.
    pub(super) fn finish(mut self, text: &str) -> String {
        self.edits
            .sort_by_key(|(range, _)| (range.start, range.end));
        let mut copy = String::with_capacity(text.len());
        let mut position = 0;
        for (range, replacement) in &self.edits {
            if range.start < position {
                continue;
            }
            copy.push_str(text.get(position..range.start).unwrap_or_default());
            copy.push_str(replacement);
            position = range.end;
        }
        copy.push_str(text.get(position..).unwrap_or_default());
        let mut copy = without_gaps(copy.trim_matches('\n'));
        copy.push('\n');
        copy.shrink_to_fit();
        copy
    }
}

/// At most one empty line between blocks; lines inside code keep theirs.
fn without_gaps(text: &str) -> String {
    let mut kept = String::with_capacity(text.len() + 1);
    let mut gaps = 0;
    let mut open: Option<&str> = None;
    for (index, line) in text.split('\n').enumerate() {
        let trimmed = line.trim();
        let mark = fence_mark(trimmed);
        match (open, mark) {
            (None, Some(_)) => open = mark,
            // A fence is closed by one that is no shorter and stands alone.
            (Some(first), Some(mark)) if mark.starts_with(first) && mark == trimmed => open = None,
            _ => {}
        }
        gaps = if trimmed.is_empty() && open.is_none() {
            gaps + 1
        } else {
            0
        };
        if gaps < 2 {
            if index > 0 {
                kept.push('\n');
            }
            kept.push_str(line);
        }
    }
    kept
}

/// The marks that a line of code begins or ends with.
fn fence_mark(line: &str) -> Option<&str> {
    let first = line
        .chars()
        .next()
        .filter(|first| matches!(first, '`' | '~'))?;
    let rest = line.trim_start_matches(first);
    line.get(..line.len() - rest.len())
        .filter(|mark| mark.len() >= 3)
}
