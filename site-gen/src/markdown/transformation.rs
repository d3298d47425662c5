//! One pass over the events of a text: HTML with holes for addresses, and everything else that a [`Body`] tells.
//!
//! The pass is one value with a step for each event; the kinds of events lie in modules of their own. Raw HTML is
//! refused, except for the markers of component fences.

mod blocks;
mod code;
mod components;
mod footnotes;
mod html;
mod inline;
mod pictures;

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag, TagEnd};

use super::copy::Copy;
use super::expansion::Expanded;
use super::fences::Fence;
use super::headings::{self, Heading};
use super::tables::Columns;
use super::{Body, Surroundings};
use crate::diagnostics::Diagnostic;
use code::CodeBlock;
use components::Component;
use footnotes::Footnotes;
use pictures::Picture;

pub(super) type Located<'a> = (Event<'a>, Range<usize>);

/// The state of the pass.
pub(super) struct Transformation<'a> {
    surroundings: &'a Surroundings<'a>,
    expanded: &'a Expanded,
    fences: &'a [Fence],
    body: Body,
    errors: Vec<Diagnostic>,
    copy: Copy,
    /// How many elements are open around the current event.
    depth: usize,
    /// How many headings have begun.
    headings_begun: usize,
    columns: Columns,
    picture: Option<Picture>,
    code: Option<CodeBlock<'a>>,
    /// For each quotation that is open: whether it is an alert.
    quotations: Vec<bool>,
    components: Vec<Component>,
    /// How many components have begun where none can stand, and not ended.
    stray_components: usize,
    /// What the paragraph that is open ends with.
    paragraph_end: &'static str,
    footnotes: Footnotes,
    /// The fences that were met as events.
    met: Vec<usize>,
    /// Where the last refused HTML stood.
    refused: Option<usize>,
}

impl<'a> Transformation<'a> {
    pub(super) fn new(
        surroundings: &'a Surroundings<'a>,
        expanded: &'a Expanded,
        fences: &'a [Fence],
    ) -> Self {
        let body = Body {
            html: String::with_capacity(expanded.text().len() * 3 / 2),
            text: String::with_capacity(expanded.text().len()),
            ..Body::default()
        };
        Self {
            surroundings,
            expanded,
            fences,
            body,
            errors: Vec::new(),
            copy: Copy::default(),
            depth: 0,
            headings_begun: 0,
            columns: Columns::default(),
            picture: None,
            code: None,
            quotations: Vec::new(),
            components: Vec::new(),
            stray_components: 0,
            paragraph_end: "",
            footnotes: Footnotes::default(),
            met: Vec::new(),
            refused: None,
        }
    }

    /// Runs the pass. `definitions` are the places of lines like `[name]: address`, which are not events.
    pub(super) fn run(
        mut self,
        events: &[Located<'a>],
        definitions: Vec<Range<usize>>,
    ) -> (Body, Vec<Diagnostic>) {
        let terms = self.term_ids();
        let (headings, faults) = headings::collect(events, &terms);
        for fault in faults {
            self.refuse(fault.range, fault.message, fault.help);
        }
        self.body.ids = headings.iter().map(|heading| heading.id.clone()).collect();
        self.body.ids.extend(terms);
        self.body.headings = headings;
        let mut rest = events;
        while let Some(((event, range), following)) = rest.split_first() {
            self.step(event, range, following);
            rest = following;
        }
        self.finish_components();
        self.finish_footnotes();
        for definition in definitions {
            self.copy.replace(definition, "");
        }
        self.body.markdown = self.copy.finish(self.expanded.text());
        self.body.parts = self.expanded.parts();
        self.body.uses_values = self.expanded.uses_values();
        self.body.html.shrink_to_fit();
        self.body.text.shrink_to_fit();
        (self.body, self.errors)
    }

    fn step(&mut self, event: &Event<'a>, range: &Range<usize>, following: &[Located<'a>]) {
        if let Some(mut picture) = self.picture.take() {
            if picture.take(event) {
                self.finish_picture(picture);
            } else {
                self.picture = Some(picture);
            }
            return;
        }
        match event {
            Event::Start(Tag::HtmlBlock) => self.html_block(range),
            Event::InlineHtml(_) => self.refuse_html(range),
            Event::Start(tag) => {
                self.check_child(event, range, following);
                self.open(tag, range, following);
                self.depth += 1;
            }
            Event::End(TagEnd::HtmlBlock)
            | Event::Html(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => {}
            Event::End(tag) => {
                self.depth = self.depth.saturating_sub(1);
                self.close(*tag);
            }
            Event::Text(text) => self.text(text, range),
            Event::Code(code) => self.inline_code(code),
            Event::SoftBreak => self.soft_break(),
            Event::HardBreak => self.hard_break(),
            Event::Rule => {
                self.check_child(event, range, following);
                self.block("<hr>\n");
            }
            Event::FootnoteReference(label) => self.footnote_reference(label),
            Event::TaskListMarker(is_done) => self.task(*is_done),
        }
    }

    fn open(&mut self, tag: &Tag<'a>, range: &Range<usize>, following: &[Located<'a>]) {
        match tag {
            Tag::Heading {
                level,
                classes,
                attrs,
                ..
            } => {
                let is_plain = classes.is_empty() && attrs.is_empty();
                self.open_heading(*level, is_plain, range);
            }
            Tag::Link {
                dest_url,
                title,
                link_type,
                ..
            } => self.open_link(dest_url, title, *link_type, range, following),
            Tag::Image {
                dest_url, title, ..
            } => self.picture = Some(Picture::new(dest_url, title, range.clone())),
            Tag::CodeBlock(kind) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => info.clone(),
                    CodeBlockKind::Indented => CowStr::Borrowed(""),
                };
                self.open_code(info, range);
            }
            Tag::FootnoteDefinition(label) => self.open_footnote(label, range),
            Tag::Emphasis => self.body.html.push_str("<em>"),
            Tag::Strong => self.body.html.push_str("<strong>"),
            Tag::Strikethrough => self.body.html.push_str("<del>"),
            other => self.open_block(other),
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => self.close_heading(level),
            TagEnd::Link => self.body.html.push_str("</a>"),
            TagEnd::CodeBlock => self.close_code(),
            TagEnd::FootnoteDefinition => self.close_footnote(),
            TagEnd::Emphasis => self.body.html.push_str("</em>"),
            TagEnd::Strong => self.body.html.push_str("</strong>"),
            TagEnd::Strikethrough => self.body.html.push_str("</del>"),
            other => self.close_block(other),
        }
    }

    /// The heading that the current event stands under.
    fn current_heading(&self) -> Option<&Heading> {
        self.body.headings.get(self.headings_begun.checked_sub(1)?)
    }

    /// A word of the interface; a missing one is an error of its file.
    fn word(&mut self, key: &str) -> &'a str {
        match self.surroundings.messages.word(key) {
            Ok(word) => word,
            Err(error) => {
                self.errors.push(error);
                ""
            }
        }
    }

    /// Writes a block on a line of its own.
    fn block(&mut self, html: &str) {
        self.fresh_line();
        self.body.html.push_str(html);
    }

    fn fresh_line(&mut self) {
        if !self.body.html.is_empty() && !self.body.html.ends_with('\n') {
            self.body.html.push('\n');
        }
    }

    /// Ends a line of the plain text.
    fn end_line(&mut self) {
        let text = &mut self.body.text;
        text.truncate(text.trim_end_matches(' ').len());
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
    }

    fn refuse(&mut self, range: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        let error = self.expanded.error(range, message).help(help);
        self.errors.push(error);
    }
}
