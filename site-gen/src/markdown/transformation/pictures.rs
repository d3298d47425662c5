//! Pictures: the text between the brackets becomes the `alt` attribute, without markup. `![-](x.png)` is decoration.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::Transformation;
use super::inline::quoted;
use crate::markdown::body::hole;
use crate::markdown::{Usage, typeset};

/// What an author writes in place of a text when there is nothing to tell.
const DECORATION: &str = "-";

/// Collects the alternative text of one picture.
#[derive(Debug)]
pub(super) struct Picture {
    target: String,
    title: String,
    range: Range<usize>,
    alternative: String,
    /// How many pictures are open inside its text.
    depth: usize,
}

impl Picture {
    /// A picture with a title, which may be empty.
    pub(super) fn new(target: &str, title: &str, range: Range<usize>) -> Self {
        Self {
            target: target.to_owned(),
            title: title.to_owned(),
            range,
            alternative: String::new(),
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
}

impl Transformation<'_> {
    pub(super) fn finish_picture(&mut self, picture: Picture) {
        self.depth = self.depth.saturating_sub(1);
        let Picture {
            target,
            title,
            range,
            alternative,
            ..
        } = picture;
        let written = alternative.trim();
        if written.is_empty() {
            self.refuse(
                range.clone(),
                "the picture has no text for those who do not see it",
                "say between the brackets what it shows; if it is decoration only, write ![-](…)",
            );
        }
        let alternative = match written {
            DECORATION | "—" => String::new(),
            other => other.to_owned(),
        };
        let title = typeset(self.surroundings.language, &title);
        let copy = quoted(&title);
        let number = self.body.links.len();
        let filling = hole(number);
        self.copy
            .replace(range.clone(), format!("![{alternative}]({filling}{copy})"));
        self.body.html.push_str(&filling);
        let usage = Usage::Picture { alternative, title };
        self.note_link(&target, &range, usage);
    }
}
