//! Paragraphs, headings, lists, quotations and tables.

use std::fmt::Write;
use std::ops::Range;

use pulldown_cmark::{BlockQuoteKind, HeadingLevel, Tag, TagEnd};

use super::Transformation;
use crate::markdown::alerts;
use crate::markdown::tables::Columns;
use crate::markup::escape;

impl Transformation<'_> {
    pub(super) fn open_heading(
        &mut self,
        level: HeadingLevel,
        is_plain: bool,
        range: &Range<usize>,
    ) {
        if !is_plain {
            let message = "a heading can be given an id and nothing else";
            self.refuse(range.clone(), message, "write `## Heading {#id}`");
        }
        self.headings_begun += 1;
        self.begin_question(range);
        self.fresh_line();
        let id = self.current_heading().map(|heading| heading.id.clone());
        let id = id.unwrap_or_default();
        _ = write!(self.body.html, "<{level} id=\"{}\">", escape(&id));
        self.forget_id(range);
    }

    pub(super) fn close_heading(&mut self, level: HeadingLevel) {
        _ = writeln!(self.body.html, "</{level}>");
        self.end_line();
        self.begin_answer();
    }

    /// `{#id}` is nothing that plain Markdown knows.
    fn forget_id(&mut self, range: &Range<usize>) {
        let written = self.expanded.text().get(range.clone()).unwrap_or_default();
        let Some(start) = written.rfind("{#") else {
            return;
        };
        let Some(end) = written.get(start..).and_then(|rest| rest.find('}')) else {
            return;
        };
        let before = written.get(..start).unwrap_or_default();
        let from = range.start + before.trim_end().len();
        self.copy.replace(from..range.start + start + end + 1, "");
    }

    pub(super) fn open_block(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Paragraph => self.open_paragraph(),
            Tag::BlockQuote(kind) => self.open_quotation(*kind),
            Tag::List(first) => self.open_list(*first),
            Tag::Item => {
                self.begin_step();
                self.block("<li>");
            }
            Tag::Table(alignments) => {
                let is_wide = Columns::is_wide(alignments);
                let label = is_wide.then(|| self.word("text.table"));
                let html = self.columns.open(alignments, label);
                self.block(&html);
            }
            Tag::TableHead | Tag::TableRow => {
                let html = self.columns.open_row(matches!(tag, Tag::TableHead));
                self.body.html.push_str(html);
            }
            Tag::TableCell => {
                let html = self.columns.open_cell();
                self.body.html.push_str(&html);
            }
            Tag::DefinitionList => self.block("<dl>\n"),
            Tag::DefinitionListTitle => self.block("<dt>"),
            Tag::DefinitionListDefinition => self.block("<dd>"),
            _ => {}
        }
    }

    pub(super) fn close_block(&mut self, tag: TagEnd) {
        let html = match tag {
            TagEnd::Paragraph => {
                self.end_line();
                std::mem::take(&mut self.paragraph_end)
            }
            TagEnd::BlockQuote(_) => self.close_quotation(),
            TagEnd::List(true) => "</ol>\n",
            TagEnd::List(false) => "</ul>\n",
            TagEnd::Item => {
                self.end_line();
                self.end_step();
                "</li>\n"
            }
            TagEnd::Table => self.columns.close(),
            TagEnd::TableHead => {
                self.end_line();
                "</tr></thead><tbody>\n"
            }
            TagEnd::TableRow => {
                self.end_line();
                "</tr>\n"
            }
            TagEnd::TableCell => {
                self.body.text.push(' ');
                self.columns.close_cell()
            }
            TagEnd::DefinitionList => "</dl>\n",
            TagEnd::DefinitionListTitle => {
                self.end_line();
                "</dt>\n"
            }
            TagEnd::DefinitionListDefinition => {
                self.end_line();
                "</dd>\n"
            }
            _ => "",
        };
        self.body.html.push_str(html);
    }

    fn open_paragraph(&mut self) {
        let (opening, closing) = self.paragraph_of_figure().unwrap_or(("<p>", "</p>\n"));
        self.paragraph_end = closing;
        self.block(opening);
    }

    fn open_list(&mut self, first: Option<u64>) {
        let class = if self.is_list_of_steps() {
            " class=\"steps\""
        } else {
            ""
        };
        self.fresh_line();
        match first {
            None => self.body.html.push_str("<ul>\n"),
            Some(1) => _ = writeln!(self.body.html, "<ol{class}>"),
            Some(first) => _ = writeln!(self.body.html, "<ol{class} start=\"{first}\">"),
        }
    }

    fn open_quotation(&mut self, kind: Option<BlockQuoteKind>) {
        self.quotations.push(kind.is_some());
        match kind {
            Some(kind) => {
                let title = self.word(&format!("alert.{}", alerts::name(kind)));
                let html = alerts::opening(kind, title);
                self.block(&html);
                self.body.text.push_str(title);
                self.end_line();
            }
            None => self.block("<blockquote>\n"),
        }
    }

    fn close_quotation(&mut self) -> &'static str {
        if self.quotations.pop() == Some(true) {
            alerts::CLOSING
        } else {
            "</blockquote>\n"
        }
    }
}
