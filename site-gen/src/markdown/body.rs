//! What becomes of a text: HTML with holes, and what other stages want to know of it.

use super::Heading;
use super::expansion::{Origin, folder_of};
use crate::catalog::fingerprint;

/// What a hole begins and ends with. It cannot come from a text: sources hold no NUL.
const HOLE: char = '\0';

/// The text of a page.
#[derive(Debug, Clone, Default)]
pub struct Body {
    pub(super) html: String,
    pub(super) markdown: String,
    /// The links and pictures of the text.
    pub links: Vec<WrittenLink>,
    /// The headings of the text, in order.
    pub headings: Vec<Heading>,
    /// Every id in the HTML of the text.
    pub ids: Vec<String>,
    /// The words without markup, one block a line.
    pub text: String,
    /// The procedures, each from one `steps` component.
    pub steps: Vec<Procedure>,
    /// The questions of all `questions` components.
    pub questions: Vec<Question>,
    /// The included parts, by path below the folder of the language, sorted.
    pub parts: Vec<String>,
    /// Whether the text holds anything from `content/*.toml`, so that it changes with these files.
    pub uses_values: bool,
    /// Whether the terms of the glossary are listed here, so that links to terms lead here.
    pub has_glossary: bool,
}

/// What is done one after another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Procedure {
    /// The heading it stands under; empty if there is none.
    pub title: String,
    /// The steps as plain text.
    pub steps: Vec<String>,
}

/// A question that is often asked, with its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// The id of the question's heading.
    pub id: String,
    /// The question.
    pub question: String,
    /// The answer as plain text, one block a line.
    pub answer: String,
}

/// An address as the author wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenLink {
    /// The address; of a link to a term the key of the term.
    pub target: String,
    /// The link with its text, in the page or in an included part.
    pub origin: Origin,
    /// What the address is used for.
    pub usage: Usage,
}

/// What an address is used for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Usage {
    /// A link. The hole is for the attribute `href`, with more attributes if need be.
    Link,
    /// A link to a term of the glossary; the hole is for the attributes, too.
    Term,
    /// A picture. The hole is for the whole element.
    Picture {
        /// The text for those who do not see the picture; empty if it is decoration.
        alternative: String,
        /// The title, which may be empty.
        title: String,
    },
}

impl WrittenLink {
    /// The folder that a relative address begins at, below the folder of the language.
    #[must_use]
    pub fn folder(&self) -> String {
        folder_of(&self.origin.file.path()).to_owned()
    }
}

impl Body {
    /// The HTML of the text; `fillings` are the finished attributes `href="…"` of links and the whole elements of
    /// pictures, in the order of [`Body::links`].
    #[must_use]
    pub fn fill(&self, fillings: &[String]) -> String {
        fill(&self.html, fillings)
    }

    /// Lets go of the plain text and of memory that nothing needs: ten thousand texts weigh something.
    pub fn compact(&mut self) {
        self.text = String::new();
        self.html.shrink_to_fit();
        self.links.shrink_to_fit();
        self.headings.shrink_to_fit();
        self.ids.shrink_to_fit();
    }

    /// Changes with the text; the addresses behind its links do not count.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        fingerprint(&self.html)
    }

    /// The text as plain Markdown, without components; `addresses` are those of the links and pictures, in the order
    /// of [`Body::links`].
    #[must_use]
    pub fn fill_markdown(&self, addresses: &[String]) -> String {
        fill(&self.markdown, addresses)
    }
}

/// A hole for the link or picture with this number.
pub(super) fn hole(number: usize) -> String {
    format!("{HOLE}{number}{HOLE}")
}

fn fill(text: &str, fillings: &[String]) -> String {
    let growth: usize = fillings.iter().map(String::len).sum();
    let mut filled = String::with_capacity(text.len() + growth);
    let mut pieces = text.split(HOLE);
    while let Some(piece) = pieces.next() {
        filled.push_str(piece);
        let number = pieces
            .next()
            .and_then(|number| number.parse::<usize>().ok());
        if let Some(filling) = number.and_then(|number| fillings.get(number)) {
            filled.push_str(filling);
        }
    }
    filled
}
