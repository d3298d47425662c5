//! Code in colours, made while the site is built: `<span>` elements with classes, no inline styles, no script.
//!
//! The set of languages is fixed and small, and so is what is told apart: comments, strings, numbers, keywords and
//! keys. That is what a reader of help pages needs. Libraries with full grammars were measured on typical fences of
//! ten lines and cost 50 to 100 times as much: `syntect` 0.45 ms a fence and 15 MiB, `giallo` 0.71 ms, 39 MiB and a C
//! library. Without its elements the result is the code as it was written, letter by letter.

mod grammars;
mod http;
mod lexer;
mod markup;

use crate::markup::escape_text;
use crate::suggestion::did_you_mean;
use grammars::Grammar;

/// How a language is read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Syntax {
    /// By its table.
    Table(&'static Grammar),
    /// Commands after a prompt, and what they print.
    Console,
    /// Elements and attributes.
    Markup,
    /// A request or a response.
    Http,
    /// As it is.
    Plain,
}

/// What a piece of code is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Comment,
    Text,
    Number,
    Keyword,
    Key,
    Prompt,
}

impl Kind {
    const fn class(self) -> &'static str {
        match self {
            Self::Comment => "code-comment",
            Self::Text => "code-string",
            Self::Number => "code-number",
            Self::Keyword => "code-keyword",
            Self::Key => "code-key",
            Self::Prompt => "code-prompt",
        }
    }
}

/// All names that may stand after the fence of a code block.
const NAMES: [&str; 15] = [
    "bash",
    "console",
    "css",
    "html",
    "http",
    "javascript",
    "json",
    "python",
    "rust",
    "sh",
    "sql",
    "text",
    "toml",
    "typescript",
    "yaml",
];

/// Names that others use.
const OTHER_NAMES: [(&str, &str); 12] = [
    ("js", "javascript"),
    ("ts", "typescript"),
    ("py", "python"),
    ("rs", "rust"),
    ("yml", "yaml"),
    ("shell", "sh"),
    ("zsh", "sh"),
    ("shell-session", "console"),
    ("plain", "text"),
    ("txt", "text"),
    ("plaintext", "text"),
    ("xml", "html"),
];

impl Syntax {
    /// The language with this name, or the cure.
    pub(super) fn find(name: &str) -> Result<Self, String> {
        match name {
            "console" => Ok(Self::Console),
            "html" => Ok(Self::Markup),
            "http" => Ok(Self::Http),
            "text" => Ok(Self::Plain),
            _ => Grammar::find(name)
                .map(Self::Table)
                .ok_or_else(|| advice(name)),
        }
    }

    /// Appends the code as HTML.
    pub(super) fn write(self, code: &str, html: &mut String) {
        let mut painter = Painter { html };
        match self {
            Self::Table(grammar) => lexer::paint(grammar, code, &mut painter),
            Self::Console => console(code, &mut painter),
            Self::Markup => markup::paint(code, &mut painter),
            Self::Http => http::paint(code, &mut painter),
            Self::Plain => painter.plain(code),
        }
    }
}

fn advice(name: &str) -> String {
    let small = name.to_lowercase();
    let known = OTHER_NAMES
        .iter()
        .find(|(other, _)| *other == small)
        .map(|(_, name)| format!("did you mean \"{name}\"?"));
    known
        .or_else(|| did_you_mean(&small, NAMES))
        .unwrap_or_else(|| format!("the languages are: {}", NAMES.join(", ")))
}

/// Writes pieces of code.
struct Painter<'a> {
    html: &'a mut String,
}

impl Painter<'_> {
    fn plain(&mut self, code: &str) {
        escape_text(code, self.html);
    }

    fn token(&mut self, kind: Kind, code: &str) {
        self.html.push_str("<span class=\"");
        self.html.push_str(kind.class());
        self.html.push_str("\">");
        escape_text(code, self.html);
        self.html.push_str("</span>");
    }
}

/// Lines after `$ ` or `# ` are commands, the others are what they printed.
fn console(code: &str, painter: &mut Painter<'_>) {
    for line in code.split_inclusive('\n') {
        let prompt = ["$ ", "# "]
            .into_iter()
            .find(|prompt| line.starts_with(prompt));
        match prompt.and_then(|prompt| Some((prompt, line.strip_prefix(prompt)?))) {
            Some((prompt, command)) => {
                painter.token(Kind::Prompt, prompt);
                lexer::paint(&grammars::SHELL, command, painter);
            }
            None => painter.plain(line),
        }
    }
}

#[cfg(test)]
mod tests;
