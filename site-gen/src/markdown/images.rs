//! Pictures: the text between the brackets becomes the `alt` attribute, without markup.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::HOLE;
use crate::markup::escape;

/// Collects the alternative text of one picture.
#[derive(Debug, Default)]
pub(super) struct Picture {
    alternative: String,
    title: String,
    /// How many pictures are open inside its text.
    depth: usize,
}

impl Picture {
    /// A picture with a title, which may be empty.
    pub(super) fn new(title: &str) -> Self {
        Self {
            alternative: String::new(),
            title: title.to_owned(),
            depth: 0,
        }
    }

    /// Takes in an event between the start and the end of the picture; true at the end.
    pub(super) fn take(&mut self, event: &Event<'_>) -> bool {
        match event {
            Event::Text(text) | Event::Code(text) => self.alternative.push_str(text),
            Event::SoftBreak | Event::HardBreak => self.alternative.push(' '),
            Event::Start(Tag::Image { .. }) => self.depth += 1,
            Event::End(TagEnd::Image) if self.depth == 0 => return true,
            Event::End(TagEnd::Image) => self.depth -= 1,
            _ => {}
        }
        false
    }

    /// The element, with a hole for its address.
    pub(super) fn element(&self) -> String {
        let title = if self.title.is_empty() {
            String::new()
        } else {
            format!(" title=\"{}\"", escape(&self.title))
        };
        format!("<img {HOLE} alt=\"{}\"{title}>", escape(&self.alternative))
    }
}
