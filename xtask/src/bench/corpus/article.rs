//! One page of about three kilobytes: headings, lists, a table, code and links, one of them to an anchor.

use std::fmt::{self, Write as _};

use crate::bench::corpus::sequence::Sequence;
use crate::bench::corpus::vocabulary::{Vocabulary, capitalise};

/// The id that a heading of every page has, for links from others.
pub(in crate::bench) const ANCHOR: &str = "details";

/// A page without the marks of any one generator.
#[derive(Debug)]
pub(in crate::bench) struct Article {
    /// Its title.
    pub(in crate::bench) title: String,
    /// A sentence about it.
    pub(in crate::bench) description: String,
    /// Its text in Markdown, cut at the links.
    pub(in crate::bench) pieces: Vec<Piece>,
}

/// A part of a text.
#[derive(Debug)]
pub(in crate::bench) enum Piece {
    /// Markdown that all generators write alike.
    Text(String),
    /// A link to another page of the site.
    Link {
        /// The words of the link.
        words: String,
        /// The number of the page.
        page: usize,
        /// Whether it leads to the [`ANCHOR`].
        is_to_anchor: bool,
    },
}

/// Writes one page.
#[derive(Debug)]
pub(super) struct Writer<'a> {
    vocabulary: &'a Vocabulary,
    sequence: Sequence,
    pages: usize,
    pieces: Vec<Piece>,
    text: String,
}

impl<'a> Writer<'a> {
    /// A writer for one page of a site of so many.
    pub(super) fn new(vocabulary: &'a Vocabulary, sequence: Sequence, pages: usize) -> Self {
        Self {
            vocabulary,
            sequence,
            pages,
            pieces: Vec::new(),
            text: String::new(),
        }
    }

    /// The whole page; its number stands in some of its examples.
    pub(super) fn write(mut self, title: String, number: usize) -> Article {
        let description = self.sentence(10);
        self.paragraph(2);
        self.heading("##", "");
        self.paragraph(3);
        self.list("-");
        self.heading("##", &format!(" {{#{ANCHOR}}}"));
        self.paragraph(2);
        self.table();
        let comment = self.plain_words(4);
        self.code("bash", &format!(
            "# {comment}\ncurl --request POST \"https://api.example.com/v1/orders/{number}\" \\\n  --header 'Accept: application/json' \\\n  --data '{{\"amount\": {}}}'",
            number * 37 % 9_000,
        ));
        self.heading("###", "");
        self.paragraph(2);
        self.list("1.");
        self.code("json", &format!(
            "{{\n  \"id\": {number},\n  \"status\": \"paid\",\n  \"refunded\": false,\n  \"items\": [\"mini-app\", \"support\"]\n}}"
        ));
        self.heading("##", "");
        self.paragraph(2);
        self.pieces.push(Piece::Text(self.text));
        Article {
            title,
            description,
            pieces: self.pieces,
        }
    }

    fn add(&mut self, part: fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.text.write_fmt(part);
    }

    fn heading(&mut self, marks: &str, id: &str) {
        let count = self.sequence.between(2, 4);
        let words = self.plain_words(count);
        self.add(format_args!("{marks} {}{id}\n\n", capitalise(&words)));
    }

    /// Some sentences and one that holds a link.
    fn paragraph(&mut self, sentences: usize) {
        for _ in 0..sentences {
            let count = self.sequence.between(4, 7);
            let sentence = self.sentence(count);
            self.text.push_str(&sentence);
            self.text.push(' ');
        }
        let before = self.plain_words(2);
        self.text.push_str(&capitalise(&before));
        self.text.push(' ');
        self.link();
        self.text.push_str(".\n\n");
    }

    fn link(&mut self) {
        let words = self.plain_words(2);
        let page = self.sequence.below(self.pages);
        let is_to_anchor = self.sequence.once_in(3);
        self.pieces
            .push(Piece::Text(std::mem::take(&mut self.text)));
        self.pieces.push(Piece::Link {
            words,
            page,
            is_to_anchor,
        });
    }

    fn list(&mut self, mark: &str) {
        for item in 0..4 {
            let words = self.plain_words(3);
            let words = capitalise(&words);
            let words = if item == 1 {
                format!("**{words}**")
            } else {
                words
            };
            self.add(format_args!("{mark} {words}\n"));
        }
        self.text.push('\n');
    }

    fn table(&mut self) {
        self.text
            .push_str("| Параметр | Значение | Примечание |\n| --- | ---: | --- |\n");
        for _ in 0..4 {
            let name = self.vocabulary.content_word(&mut self.sequence);
            let value = self.sequence.between(10, 9_999);
            let note = self.plain_words(2);
            self.add(format_args!("| `{name}` | {value} | {note} |\n"));
        }
        self.text.push('\n');
    }

    fn code(&mut self, language: &str, code: &str) {
        self.add(format_args!("```{language}\n{code}\n```\n\n"));
    }

    fn sentence(&mut self, count: usize) -> String {
        let words: Vec<_> = (0..count)
            .map(|_| self.vocabulary.word(&mut self.sequence))
            .collect();
        let (first, rest) = words.split_at(count / 2);
        let comma = if self.sequence.once_in(2) { "," } else { "" };
        capitalise(&format!("{}{comma} {}.", first.join(" "), rest.join(" ")))
    }

    /// Words of which none is a connective, so that none is left hanging at an end.
    fn plain_words(&mut self, count: usize) -> String {
        let words: Vec<_> = (0..count)
            .map(|_| self.vocabulary.content_word(&mut self.sequence))
            .collect();
        words.join(" ")
    }
}
