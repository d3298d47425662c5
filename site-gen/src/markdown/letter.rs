//! The text of a mail: paragraphs, lists, emphasis and links, each as HTML and as plain text.
//!
//! Mail programs know little of what browsers know, so everything else of Markdown is refused here. How a paragraph or a
//! button looks is the template's affair; this only tells what there is.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use super::expansion::{self, Expanded};
use super::{Surroundings, dialect, typography};
use crate::diagnostics::Diagnostic;
use crate::markup::{escape, escape_text};
use crate::source::SourceFile;

const BUTTON: &str = "button:";
const HELP: &str = "a mail holds paragraphs, lists, links, *emphasis*, **importance** and line breaks; \
    a button is [words](button:address) in a paragraph of its own";

/// The text of a mail.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct LetterText {
    /// Its parts, in order.
    pub blocks: Vec<Block>,
    /// The addresses of its links.
    pub links: Vec<LetterLink>,
}

/// A part of a mail.
#[derive(Debug, PartialEq, Eq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Words),
    /// A link that is the point of the mail.
    Button {
        /// What it says.
        label: Words,
        /// Where it leads.
        target: String,
    },
    /// A list.
    List {
        /// The number of the first item, if they are numbered.
        start: Option<u64>,
        /// The items.
        items: Vec<Words>,
    },
}

/// The same words twice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// With markup, escaped.
    pub html: String,
    /// Without; a link is followed by its address in angle brackets.
    pub text: String,
}

/// An address in a mail and where it stands in its file.
#[derive(Debug, PartialEq, Eq)]
pub struct LetterLink {
    /// The address.
    pub target: String,
    /// The link with its words.
    pub range: Range<usize>,
}

/// Reads the text of a mail, which begins at byte `start` of its file.
#[must_use]
pub fn parse_letter(
    file: &SourceFile,
    start: usize,
    surroundings: &Surroundings<'_>,
) -> (LetterText, Vec<Diagnostic>) {
    let (expanded, errors) = expansion::expand(file, start, surroundings);
    let parser = Parser::new_ext(expanded.text(), dialect());
    let mut events: Vec<_> = parser.into_offset_iter().collect();
    typography::typeset_events(&mut events, expanded.text(), surroundings.language);
    let mut reading = Reading {
        expanded: &expanded,
        letter: LetterText::default(),
        errors,
        words: None,
        link: None,
        button: None,
        list: None,
        passed_over: 0,
    };
    for (event, range) in &events {
        reading.step(event, range);
    }
    (reading.letter, reading.errors)
}

struct Reading<'a> {
    expanded: &'a Expanded,
    letter: LetterText,
    errors: Vec<Diagnostic>,
    /// The paragraph or item that is open.
    words: Option<Words>,
    link: Option<Link>,
    /// Where the button leads that is the paragraph.
    button: Option<String>,
    list: Option<(Option<u64>, Vec<Words>)>,
    /// How many elements are open inside one that was refused, with that one.
    passed_over: usize,
}

struct Link {
    target: String,
    is_button: bool,
    /// Where its words begin in the plain text.
    start: usize,
}

impl Reading<'_> {
    fn step(&mut self, event: &Event<'_>, range: &Range<usize>) {
        if self.passed_over > 0 {
            match event {
                Event::Start(_) => self.passed_over += 1,
                Event::End(_) => self.passed_over -= 1,
                _ => {}
            }
            return;
        }
        match event {
            Event::Start(tag) => self.open(tag, range),
            Event::End(tag) => self.close(*tag),
            Event::Text(text) if text.starts_with(":::") => self.refuse(range),
            Event::Text(text) => self.add(text, range),
            Event::SoftBreak => self.put("\n", " "),
            Event::HardBreak => self.put("<br>\n", "\n"),
            _ => self.refuse(range),
        }
    }

    fn open(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            // The second paragraph of an item.
            Tag::Paragraph if self.words.is_some() => self.put_between("<br>\n", "\n"),
            Tag::Paragraph | Tag::Item => self.words = Some(Words::default()),
            Tag::List(start) if self.list.is_none() => self.list = Some((*start, Vec::new())),
            Tag::Emphasis => self.put("<em>", ""),
            Tag::Strong => self.put("<strong>", ""),
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => self.open_link(*link_type, dest_url, range),
            _ => {
                self.passed_over = 1;
                self.refuse(range);
            }
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph if self.list.is_none() => {
                let words = self.words.take().unwrap_or_default();
                self.letter.blocks.push(match self.button.take() {
                    Some(target) => Block::Button {
                        label: words,
                        target,
                    },
                    None => Block::Paragraph(words),
                });
            }
            TagEnd::Item => {
                let words = self.words.take().unwrap_or_default();
                if let Some((_, items)) = &mut self.list {
                    items.push(words);
                }
            }
            TagEnd::List(_) => {
                if let Some((start, items)) = self.list.take() {
                    self.letter.blocks.push(Block::List { start, items });
                }
            }
            TagEnd::Emphasis => self.put("</em>", ""),
            TagEnd::Strong => self.put("</strong>", ""),
            TagEnd::Link => self.close_link(),
            _ => {}
        }
    }

    fn open_link(&mut self, link_type: LinkType, address: &str, range: &Range<usize>) {
        let target = match address.strip_prefix(BUTTON) {
            Some(target) => target.to_owned(),
            None if link_type == LinkType::Email => format!("mailto:{address}"),
            None => address.to_owned(),
        };
        let is_button = address.starts_with(BUTTON);
        let start = self.words.as_ref().map_or(0, |words| words.text.len());
        if is_button && (start > 0 || self.list.is_some()) {
            self.refuse(range);
        }
        self.letter.links.push(LetterLink {
            target: target.clone(),
            range: self.expanded.origin(range.clone()).range,
        });
        self.link = Some(Link {
            start,
            target: target.clone(),
            is_button,
        });
        if !is_button {
            self.put(&format!("<a href=\"{}\">", escape(&target)), "");
        }
    }

    fn close_link(&mut self) {
        let Some(link) = self.link.take() else {
            return;
        };
        if link.is_button {
            self.button = Some(link.target);
            return;
        }
        let words = self.words.as_ref();
        let said = words.and_then(|words| words.text.get(link.start..));
        let address = link.target.strip_prefix("mailto:").unwrap_or(&link.target);
        let text = if said == Some(address) {
            String::new()
        } else {
            format!(" <{address}>")
        };
        self.put("</a>", &text);
    }

    fn add(&mut self, text: &str, range: &Range<usize>) {
        if self.button.is_some() {
            self.refuse(range);
        }
        let mut html = String::new();
        escape_text(text, &mut html);
        self.put(&html, text);
    }

    fn put(&mut self, html: &str, text: &str) {
        if let Some(words) = &mut self.words {
            words.html.push_str(html);
            words.text.push_str(text);
        }
    }

    fn put_between(&mut self, html: &str, text: &str) {
        if self
            .words
            .as_ref()
            .is_some_and(|words| !words.text.is_empty())
        {
            self.put(html, text);
        }
    }

    fn refuse(&mut self, range: &Range<usize>) {
        let error = self
            .expanded
            .error(range.clone(), "this cannot stand in a mail");
        self.errors.push(error.help(HELP));
    }
}
