//! The first line of a component: its name, its arguments, and what it begins with in HTML.

use std::fmt::Write;
use std::ops::Range;

use super::super::Transformation;
use super::Kind;
use crate::content::Glossary;
use crate::markdown::typeset;
use crate::markup::{escape, escape_text};

/// The words after the colons.
pub(super) struct Words<'a> {
    pub(super) name: &'a str,
    pub(super) arguments: &'a str,
}

impl<'a> Words<'a> {
    pub(super) fn new(words: &'a str) -> Self {
        let (name, arguments) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
        Self {
            name,
            arguments: arguments.trim(),
        }
    }

    /// The one argument in quotes.
    fn title(&self) -> Option<&'a str> {
        let title = self.arguments.strip_prefix('"')?.strip_suffix('"')?;
        (!title.trim().is_empty() && !title.contains('"')).then_some(title)
    }
}

impl Transformation<'_> {
    pub(super) fn check_arguments(&mut self, kind: &Kind, words: &Words<'_>, range: &Range<usize>) {
        let name = words.name;
        match kind {
            Kind::Tab if words.title().is_none() => {
                let message = "`tab` takes one argument, its title in quotes";
                self.refuse(range.clone(), message, "write `::: tab \"Title\"`");
            }
            Kind::Tab | Kind::Unknown => {}
            _ if !words.arguments.is_empty() => {
                let message = format!("`{name}` takes no arguments");
                self.refuse(range.clone(), message, format!("write `::: {name}`"));
            }
            _ => {}
        }
    }

    /// A component is a block of the one it stands in.
    pub(super) fn check_parent(&mut self, kind: &Kind, range: &Range<usize>) {
        let depth = self.depth;
        let parent = self
            .components
            .last_mut()
            .filter(|parent| parent.depth == depth);
        let is_in_tabs = parent
            .as_ref()
            .is_some_and(|parent| matches!(parent.kind, Kind::Tabs));
        if matches!(kind, Kind::Tab) && !is_in_tabs {
            let help = "put `::: tabs` before the first and `:::` after the last";
            self.refuse(range.clone(), "`tab` stands directly inside `tabs`", help);
            return;
        }
        let Some(parent) = parent else { return };
        parent.children += 1;
        let is_allowed = match &parent.kind {
            Kind::Tabs => matches!(kind, Kind::Tab),
            Kind::Tab | Kind::Unknown => true,
            Kind::Questions(questions) => questions.level.is_some(),
            Kind::Steps(_) | Kind::Figure | Kind::Glossary => false,
        };
        if !is_allowed && let Some((rule, _)) = parent.refusal() {
            let name = parent.kind.name();
            let help = format!("end `{name}` with a line `:::` before this component");
            self.refuse(range.clone(), rule, help);
        }
    }

    pub(super) fn begin_component(&mut self, kind: &Kind, words: &Words<'_>, range: &Range<usize>) {
        match kind {
            Kind::Figure => self.block("<figure>\n"),
            Kind::Tabs => self.block("<div class=\"tab-group\">\n"),
            Kind::Tab => self.begin_tab(words.title().unwrap_or_default(), range),
            Kind::Glossary => self.list_terms(range),
            Kind::Steps(_) | Kind::Questions(_) | Kind::Unknown => {}
        }
    }

    fn begin_tab(&mut self, title: &str, range: &Range<usize>) {
        let title = typeset(self.surroundings.language, title);
        self.block("<div class=\"tab-section\">\n");
        self.body.html.push_str("<p class=\"tab-section-title\">");
        escape_text(&title, &mut self.body.html);
        self.body.html.push_str("</p>\n");
        self.body.text.push_str(&title);
        self.end_line();
        self.copy
            .replace(range.start..range.start, format!("**{title}**\n"));
    }

    fn list_terms(&mut self, range: &Range<usize>) {
        let language = self.surroundings.language;
        let Some(glossary) = self.surroundings.glossary else {
            let message = format!("there is no file {}", Glossary::path(language));
            let help =
                "write it with a table [terms.<key>] for each term: title = \"…\", text = \"…\"";
            self.refuse(range.clone(), message, help);
            return;
        };
        self.body.has_glossary = true;
        self.block("<dl class=\"glossary\">\n");
        let mut copy = String::new();
        for (key, term) in glossary.sorted() {
            let title = typeset(language, &term.title);
            let text = typeset(language, &term.text);
            _ = writeln!(
                self.body.html,
                "<dt id=\"term-{key}\">{}</dt>\n<dd>{}</dd>",
                escape(&title),
                escape(&text)
            );
            _ = writeln!(copy, "- **{title}**: {text}");
            self.body.text.push_str(&title);
            self.body.text.push_str(": ");
            self.body.text.push_str(&text);
            self.end_line();
        }
        self.body.html.push_str("</dl>\n");
        self.copy.replace(range.start..range.start, copy);
    }
}
