//! The synthetic site: as many Russian help pages as wanted, twenty a section, the same in every run.
//!
//! A page is made when it is asked for and forgotten at once. That is not only thrift: on Linux a program that is started
//! inherits the peak of memory of the program that starts it, so this one must stay small to measure the others.

mod article;
mod sequence;
mod vocabulary;

pub(super) use article::{ANCHOR, Article, Piece};

use article::Writer;
use sequence::Sequence;
use vocabulary::{Vocabulary, capitalise};

const PAGES_IN_SECTION: usize = 20;
/// Titles are told by other pages too, so they have a sequence of their own.
const TITLES: u64 = 1 << 40;
const SECTIONS: u64 = 1 << 41;

/// A site of so many pages.
#[derive(Debug)]
pub(super) struct Corpus {
    vocabulary: Vocabulary,
    pages: usize,
}

impl Corpus {
    /// The site with this number of pages, apart from the indexes of its sections.
    pub(super) fn new(pages: usize) -> Self {
        Self {
            vocabulary: Vocabulary::new(),
            pages,
        }
    }

    /// How many sections there are.
    pub(super) fn sections(&self) -> usize {
        self.pages.div_ceil(PAGES_IN_SECTION)
    }

    /// The title of a section.
    pub(super) fn section_title(&self, section: usize) -> String {
        self.short_text(SECTIONS, section, 2)
    }

    /// The numbers of the pages of a section, in their order.
    pub(super) fn pages_of(&self, section: usize) -> std::ops::Range<usize> {
        let start = section * PAGES_IN_SECTION;
        start..(start + PAGES_IN_SECTION).min(self.pages)
    }

    /// The title of a page.
    pub(super) fn title(&self, number: usize) -> String {
        self.short_text(TITLES, number, 3)
    }

    /// A page.
    pub(super) fn article(&self, number: usize) -> Article {
        let sequence = Sequence::new(seed(0, number));
        Writer::new(&self.vocabulary, sequence, self.pages).write(self.title(number), number)
    }

    fn short_text(&self, kind: u64, number: usize, words: usize) -> String {
        let mut sequence = Sequence::new(seed(kind, number));
        let words: Vec<_> = (0..words)
            .map(|_| self.vocabulary.content_word(&mut sequence))
            .collect();
        format!("{} {}", capitalise(&words.join(" ")), number + 1)
    }
}

/// The folder of a section.
pub(super) fn section_folder(section: usize) -> String {
    format!("help/section-{:03}", section + 1)
}

/// The path of a page without an extension.
pub(super) fn page_path(number: usize) -> String {
    let folder = section_folder(number / PAGES_IN_SECTION);
    format!("{folder}/article-{:05}", number + 1)
}

fn seed(kind: u64, number: usize) -> u64 {
    kind + u64::try_from(number).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{Corpus, Piece, page_path};

    fn text(corpus: &Corpus, number: usize) -> String {
        let pieces = corpus.article(number).pieces;
        let texts = pieces.iter().map(|piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Link { words, page, .. } => format!("[{words}]({})", page_path(*page)),
        });
        texts.collect()
    }

    #[test]
    fn a_page_has_about_three_kilobytes_and_everything_that_help_pages_have() {
        let corpus = Corpus::new(1_000);
        let sizes: Vec<_> = (0..200).map(|number| text(&corpus, number).len()).collect();
        let mean = sizes.iter().sum::<usize>() / sizes.len();
        assert!((2_900..3_400).contains(&mean), "{mean}");
        let page = text(&corpus, 7);
        for mark in [
            "\n## ",
            "\n### ",
            "{#details}",
            "\n- ",
            "\n1. ",
            "| --- |",
            "```bash",
            "```json",
            "](help/",
        ] {
            assert!(page.contains(mark), "{mark} is missing in:\n{page}");
        }
    }

    #[test]
    fn pages_are_the_same_every_time_and_differ_from_each_other() {
        let (one, other) = (Corpus::new(100), Corpus::new(100));
        assert_eq!(text(&one, 42), text(&other, 42));
        assert_ne!(text(&one, 42), text(&one, 43));
        assert_ne!(one.title(1), one.title(2));
    }

    #[test]
    fn every_page_is_in_one_section() {
        let corpus = Corpus::new(45);
        assert_eq!(corpus.sections(), 3);
        let pages: Vec<_> = (0..3)
            .flat_map(|section| corpus.pages_of(section))
            .collect();
        assert_eq!(pages, (0..45).collect::<Vec<_>>());
        assert_eq!(page_path(44), "help/section-003/article-00045");
    }
}
