//! One pass over the events of a text: ids for headings, alerts, holes for addresses, and a refusal of raw HTML.

use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, CowStr, Event, HeadingLevel, Tag, TagEnd};

use super::expansion::Expanded;
use super::headings::{self, Heading};
use super::images::Picture;
use super::tables::Columns;
use super::{HOLE, Usage, WrittenLink, alerts};
use crate::content::Messages;
use crate::diagnostics::Diagnostic;
use crate::markup::escape;
use crate::source::SourceFile;

type Located<'a> = (Event<'a>, Range<usize>);

/// The state of the pass. A step takes one event and leaves its replacement in the outcome.
pub(super) struct Transformation<'a> {
    file: &'a SourceFile,
    expanded: &'a Expanded,
    messages: &'a Messages,
    columns: Columns,
    picture: Option<Picture>,
    /// For each quotation that is open: whether it is an alert.
    quotations: Vec<bool>,
    refused_line: Option<usize>,
    outcome: Outcome<'a>,
}

/// What the pass leaves behind.
#[derive(Default)]
pub(super) struct Outcome<'a> {
    pub(super) events: Vec<Event<'a>>,
    pub(super) links: Vec<WrittenLink>,
    pub(super) headings: Vec<Heading>,
    pub(super) errors: Vec<Diagnostic>,
}

impl<'a> Transformation<'a> {
    pub(super) fn new(
        file: &'a SourceFile,
        expanded: &'a Expanded,
        messages: &'a Messages,
    ) -> Self {
        Self {
            file,
            expanded,
            messages,
            columns: Columns::default(),
            picture: None,
            quotations: Vec::new(),
            refused_line: None,
            outcome: Outcome::default(),
        }
    }

    /// Runs the pass.
    pub(super) fn run(mut self, events: Vec<Located<'a>>) -> Outcome<'a> {
        let (found, duplicates) = headings::collect(&events);
        for duplicate in duplicates {
            let message = format!("the id `{}` is already used on this page", duplicate.id);
            self.refuse(duplicate.range, message, "give the heading another {#id}");
        }
        let mut ids = found.iter().map(|heading| heading.id.clone());
        for (event, range) in events {
            if let Some(mut picture) = self.picture.take() {
                if picture.take(&event) {
                    self.write(picture.element());
                } else {
                    self.picture = Some(picture);
                }
                continue;
            }
            self.step(event, range, &mut ids);
        }
        self.outcome.headings = found;
        self.outcome
    }

    fn step(
        &mut self,
        event: Event<'a>,
        range: Range<usize>,
        ids: &mut impl Iterator<Item = String>,
    ) {
        match event {
            Event::Start(Tag::Heading {
                level,
                classes,
                attrs,
                ..
            }) => {
                let is_plain = classes.is_empty() && attrs.is_empty();
                self.open_heading(level, ids.next(), is_plain, range);
            }
            Event::Start(Tag::Link {
                dest_url, title, ..
            }) => self.open_link(&dest_url, &title, range),
            Event::End(TagEnd::Link) => self.write("</a>"),
            Event::Start(Tag::Image {
                dest_url, title, ..
            }) => {
                self.note_link(&dest_url, range, Usage::Picture);
                self.picture = Some(Picture::new(&title));
            }
            Event::Start(Tag::BlockQuote(kind)) => {
                self.quotations.push(kind.is_some());
                match kind {
                    Some(kind) => self.open_alert(kind),
                    None => self.pass(Event::Start(Tag::BlockQuote(None))),
                }
            }
            Event::End(TagEnd::BlockQuote(_)) if self.quotations.pop() == Some(true) => {
                self.block(alerts::CLOSING.to_owned());
            }
            Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => self.refuse_html(range),
            Event::Html(_) | Event::End(TagEnd::HtmlBlock) => {}
            other => {
                let event = self.columns.transform(other);
                self.pass(event);
            }
        }
    }

    fn open_heading(
        &mut self,
        level: HeadingLevel,
        id: Option<String>,
        is_plain: bool,
        range: Range<usize>,
    ) {
        if !is_plain {
            let message = "a heading can be given an id and nothing else";
            self.refuse(range, message, "write `## Heading {#id}`");
        }
        self.pass(Event::Start(Tag::Heading {
            level,
            id: id.map(CowStr::from),
            classes: Vec::new(),
            attrs: Vec::new(),
        }));
    }

    fn open_alert(&mut self, kind: BlockQuoteKind) {
        match self.messages.word(&format!("alert.{}", alerts::name(kind))) {
            Ok(title) => self.block(alerts::opening(kind, title)),
            Err(error) => self.outcome.errors.push(error),
        }
    }

    fn open_link(&mut self, target: &str, title: &str, range: Range<usize>) {
        self.note_link(target, range, Usage::Link);
        if title.is_empty() {
            self.write(format!("<a {HOLE}>"));
        } else {
            self.write(format!("<a {HOLE} title=\"{}\">", escape(title)));
        }
    }

    fn note_link(&mut self, target: &str, range: Range<usize>, usage: Usage) {
        self.outcome.links.push(WrittenLink {
            target: target.to_owned(),
            range: self.expanded.original(range),
            usage,
        });
    }

    fn pass(&mut self, event: Event<'a>) {
        self.outcome.events.push(event);
    }

    fn write(&mut self, html: impl Into<CowStr<'a>>) {
        self.pass(Event::InlineHtml(html.into()));
    }

    fn block(&mut self, html: String) {
        self.pass(Event::Html(CowStr::from(html)));
    }

    /// One refusal a line: `<b>x</b>` is one mistake, not two.
    fn refuse_html(&mut self, range: Range<usize>) {
        let start = self.expanded.original(range.clone()).start;
        let before = self.file.text().get(..start).unwrap_or_default();
        let line = before.matches('\n').count();
        if self.refused_line.replace(line) == Some(line) {
            return;
        }
        let written = self.expanded.text().get(range.clone()).unwrap_or_default();
        let first_line = written.lines().next().unwrap_or_default();
        let message = format!("raw HTML is not allowed here: `{first_line}`");
        let help = "write it in Markdown, or put a backslash before `<` to show it as it is";
        self.refuse(range, message, help);
    }

    fn refuse(&mut self, range: Range<usize>, message: impl Into<String>, help: &str) {
        let range = self.expanded.original(range);
        self.outcome
            .errors
            .push(Diagnostic::at(self.file, range, message).help(help));
    }
}
