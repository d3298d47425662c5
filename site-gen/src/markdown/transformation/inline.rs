//! Text, code in a line, and links with their kinds: `[Войти](button:login.md)`, `[JWT](term:jwt)`.

use std::fmt::Write;
use std::ops::Range;

use pulldown_cmark::{Event, LinkType, TagEnd};

use super::{Located, Transformation};
use crate::content::Glossary;
use crate::markdown::body::hole;
use crate::markdown::{Usage, WrittenLink, typeset};
use crate::markup::{escape, escape_text};
use crate::suggestion::did_you_mean;

const BUTTON: &str = "button:";
const TERM: &str = "term:";

impl<'a> Transformation<'a> {
    pub(super) fn text(&mut self, text: &str, range: &Range<usize>) {
        if let Some(code) = &mut self.code {
            code.push(text);
            return;
        }
        if text.starts_with(":::") {
            let words = text.trim_start_matches(':').trim();
            self.refuse_stray_fence(words, range);
        }
        if text.contains('[') {
            self.refuse_unknown_footnotes(range);
        }
        escape_text(text, &mut self.body.html);
        self.words(text);
    }

    /// Adds to the plain text.
    fn words(&mut self, text: &str) {
        if text.contains('\n') {
            self.body.text.push_str(&text.replace('\n', " "));
        } else {
            self.body.text.push_str(text);
        }
    }

    pub(super) fn inline_code(&mut self, code: &str) {
        self.body.html.push_str("<code>");
        escape_text(code, &mut self.body.html);
        self.body.html.push_str("</code>");
        self.words(code);
    }

    pub(super) fn soft_break(&mut self) {
        self.body.html.push('\n');
        self.body.text.push(' ');
    }

    pub(super) fn hard_break(&mut self) {
        self.body.html.push_str("<br>\n");
        self.body.text.push(' ');
    }

    pub(super) fn task(&mut self, is_done: bool) {
        let (key, checked) = if is_done {
            ("text.task_done", " checked")
        } else {
            ("text.task_open", "")
        };
        let label = self.word(key);
        _ = write!(
            self.body.html,
            "<input type=\"checkbox\" disabled{checked} aria-label=\"{}\"> ",
            escape(label)
        );
    }

    pub(super) fn open_link(
        &mut self,
        target: &str,
        title: &str,
        link_type: LinkType,
        range: &Range<usize>,
        following: &[Located<'a>],
    ) {
        let text_end = text_end(following);
        if text_end.is_none() {
            let message = "the link has no text";
            self.refuse(
                range.clone(),
                message,
                "write between the brackets where it leads",
            );
        }
        let title = typeset(self.surroundings.language, title);
        if let Some(key) = target.strip_prefix(TERM) {
            self.open_term(key, range);
            self.copy_as_text(range, text_end);
            return;
        }
        let (target, class) = match target.strip_prefix(BUTTON) {
            Some(target) => (target.to_owned(), " class=\"button\""),
            None if link_type == LinkType::Email => (format!("mailto:{target}"), ""),
            None => (target.to_owned(), ""),
        };
        let number = self.note_link(&target, range, Usage::Link);
        let range = &self.with_brackets(range, link_type);
        _ = write!(self.body.html, "<a {}{class}", hole(number));
        self.write_title(&title);
        self.body.html.push('>');
        if !matches!(link_type, LinkType::Autolink | LinkType::Email) {
            self.copy_as_link(range, text_end, number, &title);
        }
    }

    /// A link to the term's place in the glossary, with its meaning at hand.
    fn open_term(&mut self, key: &str, range: &Range<usize>) {
        let number = self.note_link(key, range, Usage::Term);
        let glossary = self.surroundings.glossary;
        let meaning = glossary
            .and_then(|glossary| glossary.term(key))
            .map(|term| term.text.clone());
        if meaning.is_none() {
            let path = Glossary::path(self.surroundings.language);
            let keys = glossary.into_iter().flat_map(Glossary::keys);
            let help = did_you_mean(key, keys)
                .unwrap_or_else(|| format!("add the table [terms.{key}] to {path}"));
            self.refuse(
                range.clone(),
                format!("the glossary has no term `{key}`"),
                help,
            );
        }
        _ = write!(self.body.html, "<a {} class=\"term\"", hole(number));
        let meaning = typeset(self.surroundings.language, &meaning.unwrap_or_default());
        self.write_title(&meaning);
        self.body.html.push('>');
    }

    fn write_title(&mut self, title: &str) {
        if !title.is_empty() {
            _ = write!(self.body.html, " title=\"{}\"", escape(title));
        }
    }

    /// Notes a link; its number.
    pub(super) fn note_link(&mut self, target: &str, range: &Range<usize>, usage: Usage) -> usize {
        let origin = self.expanded.origin(range.clone());
        self.body.links.push(WrittenLink {
            target: target.to_owned(),
            origin,
            usage,
        });
        self.body.links.len() - 1
    }

    /// The library does not count the brackets of `[name][]` as part of the link.
    fn with_brackets(&self, range: &Range<usize>, link_type: LinkType) -> Range<usize> {
        let beyond = self.expanded.text().get(range.end..).unwrap_or_default();
        let has_brackets = link_type == LinkType::Collapsed && beyond.starts_with("[]");
        range.start..range.end + if has_brackets { 2 } else { 0 }
    }

    /// `[text][name]` and `[text](button:…)` become `[text](…)` in the Markdown copy.
    fn copy_as_link(
        &mut self,
        range: &Range<usize>,
        text_end: Option<usize>,
        number: usize,
        title: &str,
    ) {
        let end = text_end.unwrap_or(range.start + 1);
        self.copy.replace(
            end..range.end,
            format!("]({}{})", hole(number), quoted(title)),
        );
    }

    fn copy_as_text(&mut self, range: &Range<usize>, text_end: Option<usize>) {
        self.copy.replace(range.start..range.start + 1, "");
        self.copy
            .replace(text_end.unwrap_or(range.end)..range.end, "");
    }
}

/// Where the text of a link ends that has begun before these events; `None` if there is no text.
fn text_end(following: &[Located<'_>]) -> Option<usize> {
    following
        .iter()
        .take_while(|(event, _)| !matches!(event, Event::End(TagEnd::Link)))
        .map(|(_, range)| range.end)
        .max()
}

/// A title as it stands in the parentheses of a link.
pub(super) fn quoted(title: &str) -> String {
    if title.is_empty() {
        return String::new();
    }
    format!(" \"{}\"", title.replace('"', "\\\""))
}
