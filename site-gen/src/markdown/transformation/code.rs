//! Blocks of code: the language is checked, the code is coloured.

use std::fmt::Write;
use std::ops::Range;

use pulldown_cmark::CowStr;

use super::Transformation;
use crate::markdown::highlighting::Syntax;
use crate::markup::escape_text;

/// A block that is being read.
pub(super) struct CodeBlock<'a> {
    language: CowStr<'a>,
    syntax: Syntax,
    code: String,
}

impl CodeBlock<'_> {
    pub(super) fn push(&mut self, text: &str) {
        self.code.push_str(text);
    }
}

impl<'a> Transformation<'a> {
    pub(super) fn open_code(&mut self, language: CowStr<'a>, range: &Range<usize>) {
        let syntax = match Syntax::find(&language) {
            _ if language.is_empty() => Syntax::Plain,
            Ok(syntax) => syntax,
            Err(help) => {
                let place = self.place_of_language(&language, range);
                let message = format!("code in the language `{language}` cannot be coloured");
                self.refuse(place, message, help);
                Syntax::Plain
            }
        };
        self.code = Some(CodeBlock {
            language,
            syntax,
            code: String::new(),
        });
    }

    fn place_of_language(&self, language: &str, range: &Range<usize>) -> Range<usize> {
        let written = self.expanded.text().get(range.clone()).unwrap_or_default();
        let line = written.lines().next().unwrap_or_default();
        match line.find(language) {
            Some(offset) => range.start + offset..range.start + offset + language.len(),
            None => range.start..range.start + line.len(),
        }
    }

    /// The block takes the focus, or the keyboard could not scroll it.
    pub(super) fn close_code(&mut self) {
        let Some(block) = self.code.take() else {
            return;
        };
        self.fresh_line();
        let html = &mut self.body.html;
        html.push_str("<pre tabindex=\"0\"><code");
        if !block.language.is_empty() {
            html.push_str(" class=\"language-");
            escape_text(&block.language, html);
            html.push('"');
        }
        html.push('>');
        block.syntax.write(&block.code, html);
        _ = writeln!(html, "</code></pre>");
        let words: Vec<_> = block.code.split_whitespace().collect();
        self.body.text.push_str(&words.join(" "));
        self.end_line();
    }
}
