//! What the index needs of one page: its stems, and how strongly the page speaks of each.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::stems::Stemmers;
use super::words::{fold, folded_words};
use crate::markdown::Heading;

/// A page as the search sees it.
#[derive(Debug, Clone, Copy)]
pub struct SearchedPage<'a> {
    /// The title.
    pub title: &'a str,
    /// The description.
    pub description: &'a str,
    /// The headings of the text.
    pub headings: &'a [Heading],
    /// The text without markup.
    pub text: &'a str,
}

/// The stems of a page in order, in a form that is small enough to keep for every page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageTerms {
    /// Each followed by a line break.
    stems: Box<str>,
    /// How strongly the page speaks of each stem, see [`Occurrences::level`].
    levels: Box<[u8]>,
}

impl PageTerms {
    /// The stems in order, each with its level from 0 to [`HIGHEST_LEVEL`].
    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, u8)> {
        folded_words(&self.stems).zip(self.levels.iter().copied())
    }
}

/// A level fits into three bits.
pub(super) const HIGHEST_LEVEL: u8 = 7;

/// In a title of so few words each of them is what the page is about.
const SHORT_TITLE: usize = 3;

/// Takes a page apart.
#[must_use]
pub fn analyse(page: &SearchedPage<'_>) -> PageTerms {
    let mut folded = String::with_capacity(page.text.len());
    fold(page.text, &mut folded);
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for word in folded_words(&folded) {
        *counts.entry(word).or_default() += 1;
    }
    let stemmers = Stemmers::new();
    let mut all: BTreeMap<String, Occurrences> = BTreeMap::new();
    for (word, count) in counts {
        all.entry(stemmers.stem(word).into_owned())
            .or_default()
            .text += count;
    }
    let mut note = |text: &str, mark: fn(&mut Occurrences)| {
        let mut folded = String::new();
        fold(text, &mut folded);
        for word in folded_words(&folded) {
            mark(all.entry(stemmers.stem(word).into_owned()).or_default());
        }
    };
    note(page.description, |found| found.is_in_description = true);
    for heading in page.headings {
        note(&heading.title, |found| found.is_in_heading = true);
    }
    note(page.title, |found| found.is_in_title = true);
    let title_length = all.values().filter(|found| found.is_in_title).count();
    let mut stems = String::new();
    let mut levels = Vec::with_capacity(all.len());
    for (stem, found) in &all {
        stems.push_str(stem);
        stems.push('\n');
        levels.push(found.level(title_length <= SHORT_TITLE));
    }
    PageTerms {
        stems: stems.into(),
        levels: levels.into(),
    }
}

/// Where a stem stands on a page.
#[derive(Default)]
struct Occurrences {
    text: usize,
    is_in_description: bool,
    is_in_heading: bool,
    is_in_title: bool,
}

impl Occurrences {
    /// The best place decides; `js/search-ranking.js` knows what each level is worth.
    fn level(&self, is_title_short: bool) -> u8 {
        if self.is_in_title {
            return if is_title_short { HIGHEST_LEVEL } else { 6 };
        }
        if self.is_in_heading {
            return if self.text >= 2 { 5 } else { 4 };
        }
        match self.text {
            _ if self.is_in_description => 3,
            0 | 1 => 0,
            2 | 3 => 1,
            _ => 2,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level_of(stem: &str, page: &SearchedPage<'_>) -> Option<u8> {
        analyse(page)
            .iter()
            .find_map(|(found, level)| (found == stem).then_some(level))
    }

    #[test]
    fn the_title_outweighs_headings_then_the_description_then_the_text() {
        let headings = [Heading {
            id: String::new(),
            title: "Оплата и вход".to_owned(),
            level: 2,
        }];
        let page = SearchedPage {
            title: "Как сменить пароль кабинета",
            description: "Почта и чеки",
            headings: &headings,
            text: "Пароли. Вход, входы.\nПочты почтой. Счёт.\nСчёта, счету, счёт. Деньги, деньги.",
        };
        for (stem, level) in [
            ("парол", Some(6)),
            ("вход", Some(5)),
            ("оплат", Some(4)),
            ("почт", Some(3)),
            ("счет", Some(2)),
            ("деньг", Some(1)),
            ("пароль", None),
        ] {
            assert_eq!(level_of(stem, &page), level, "{stem}");
        }
        let page = SearchedPage {
            title: "Пароль",
            ..page
        };
        assert_eq!(level_of("парол", &page), Some(HIGHEST_LEVEL));
    }

    #[test]
    fn each_alphabet_has_its_stemmer_on_the_same_page() {
        let page = SearchedPage {
            title: "",
            description: "",
            headings: &[],
            text: "Подписками. Subscriptions 2024 JWT-токены",
        };
        let terms = analyse(&page);
        let stems: Vec<_> = terms.iter().map(|(stem, _)| stem).collect();
        assert_eq!(stems, ["2024", "jwt", "subscript", "подписк", "ток"]);
    }
}
