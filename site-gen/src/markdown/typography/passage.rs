//! Markup and typography: a quotation may open before `**` and close after it, so a passage is set as one text.
//!
//! A passage is what stands between two borders of blocks. Its text events are joined, set, and taken apart again.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::{BREAK, Change, OBJECT, Set, Setter};
use crate::language::Language;

/// Sets the text of all events; `source` is what they were read from.
pub(in crate::markdown) fn typeset_events<'a>(
    events: &mut [(Event<'a>, Range<usize>)],
    source: &'a str,
    language: Language,
) {
    let mut passage = Passage::default();
    let mut is_code = false;
    for index in 0..events.len() {
        let Some((event, range)) = events.get(index) else {
            break;
        };
        match event {
            Event::Text(_) if is_code => {}
            Event::Text(text) => passage.add(index, text, range, source),
            Event::SoftBreak => passage.add(index, "\n", range, "\n"),
            Event::HardBreak => passage.object(BREAK),
            Event::Code(_) | Event::FootnoteReference(_) | Event::InlineHtml(_) => {
                passage.object(OBJECT);
            }
            Event::Start(Tag::Image { .. }) => {
                passage.object(OBJECT);
                passage.object(BREAK);
            }
            Event::End(TagEnd::Image) => {
                passage.object(BREAK);
                passage.object(OBJECT);
            }
            Event::Start(Tag::Link { link_type, .. }) => {
                passage.is_address = matches!(link_type, LinkType::Autolink | LinkType::Email);
            }
            Event::End(TagEnd::Link) => passage.is_address = false,
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough)
            | Event::TaskListMarker(_) => {}
            border => {
                is_code = matches!(border, Event::Start(Tag::CodeBlock(_)));
                passage.finish(events, language);
            }
        }
    }
    passage.finish(events, language);
}

#[derive(Default)]
struct Passage {
    text: String,
    /// The text events: which, and where each begins in the text.
    parts: Vec<(usize, Range<usize>)>,
    /// What the author protected by a backslash or wrote as an entity, and addresses.
    literal: Vec<Range<usize>>,
    is_address: bool,
}

impl Passage {
    fn add(&mut self, index: usize, text: &str, range: &Range<usize>, source: &str) {
        let start = self.text.len();
        self.text.push_str(text);
        self.parts.push((index, start..self.text.len()));
        if text == "\n" {
            return;
        }
        if self.is_address || source.get(range.clone()) != Some(text) {
            self.literal.push(start..self.text.len());
        } else if range.start > 0 && source.as_bytes().get(range.start - 1) == Some(&b'\\') {
            self.literal.push(start..start + 1);
        }
    }

    fn object(&mut self, stand_in: char) {
        self.text.push(stand_in);
    }

    fn finish(&mut self, events: &mut [(Event<'_>, Range<usize>)], language: Language) {
        if !self.parts.is_empty() {
            let set = Setter::new(language, &self.text, &self.literal).run();
            if !set.changes.is_empty() {
                self.take_apart(events, &set);
            }
        }
        self.text.clear();
        self.parts.clear();
        self.literal.clear();
        self.is_address = false;
    }

    fn take_apart(&self, events: &mut [(Event<'_>, Range<usize>)], set: &Set) {
        let mut changes = set.changes.as_slice();
        let mut shift = 0;
        for (index, range) in &self.parts {
            let start = moved(range.start, &mut changes, &mut shift);
            let is_changed = changes
                .first()
                .is_some_and(|change| change.from.start < range.end);
            let end = moved(range.end, &mut changes, &mut shift);
            if !is_changed {
                continue;
            }
            let text = set.text.get(start..end).unwrap_or_default();
            if let Some((event, _)) = events.get_mut(*index) {
                *event = Event::Text(CowStr::from(text.to_owned()));
            }
        }
    }
}

/// Where a position of the text is in the set text. What has changed across a border belongs to the first side.
fn moved(position: usize, changes: &mut &[Change], shift: &mut isize) -> usize {
    while let Some((change, others)) = changes.split_first() {
        if change.from.start >= position {
            break;
        }
        *shift = change.to.end.cast_signed() - change.from.end.cast_signed();
        if change.from.end > position {
            return change.to.end;
        }
        *changes = others;
    }
    position.saturating_add_signed(*shift)
}
