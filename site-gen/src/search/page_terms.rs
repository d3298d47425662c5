//! What the index needs of one page: its stems, and how strongly the page speaks of each.

use serde::{Deserialize, Serialize};

use super::vocabulary::{self, Vocabulary};
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
    /// How strongly the page speaks of each stem, see [`level`].
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
    vocabulary::with(|vocabulary| {
        let mut found = Found {
            vocabulary,
            occurrences: Vec::with_capacity(page.text.len() / 8),
        };
        found.note(page.text, Place::Text);
        found.note(page.description, Place::Description);
        for heading in page.headings {
            found.note(&heading.title, Place::Heading);
        }
        found.note(page.title, Place::Title);
        found.into_terms()
    })
}

/// Where a word stands on a page.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Place {
    Text,
    Description,
    Heading,
    Title,
}

/// The number of a stem, and where a word of it stands.
type Occurrence = (u32, Place);

/// The words of a page as they were found.
struct Found<'a> {
    vocabulary: &'a mut Vocabulary,
    occurrences: Vec<Occurrence>,
}

impl Found<'_> {
    fn note(&mut self, text: &str, place: Place) {
        let mut folded = String::with_capacity(text.len());
        fold(text, &mut folded);
        for word in folded_words(&folded) {
            let stem = self.vocabulary.number_of(word);
            self.occurrences.push((stem, place));
        }
    }

    fn into_terms(mut self) -> PageTerms {
        self.occurrences.sort_unstable();
        let groups = || self.occurrences.chunk_by(|one, other| one.0 == other.0);
        let title_length = groups()
            .filter(|group| count(group, Place::Title) > 0)
            .count();
        let mut terms: Vec<_> = groups()
            .filter_map(|group| {
                let (number, _) = group.first()?;
                let stem = self.vocabulary.stem_at(*number);
                Some((stem, level(group, title_length <= SHORT_TITLE)))
            })
            .collect();
        terms.sort_unstable();
        let length = terms.iter().map(|((_, stem), _)| stem.len() + 1).sum();
        let mut stems = String::with_capacity(length);
        for ((_, stem), _) in &terms {
            stems.push_str(stem);
            stems.push('\n');
        }
        PageTerms {
            stems: stems.into(),
            levels: terms.into_iter().map(|(_, level)| level).collect(),
        }
    }
}

/// How strongly a page speaks of a stem. The best place decides; `js/search-ranking.js` knows what each level is
/// worth.
fn level(group: &[Occurrence], is_title_short: bool) -> u8 {
    let is_in = |place| count(group, place) > 0;
    match count(group, Place::Text) {
        _ if is_in(Place::Title) && is_title_short => HIGHEST_LEVEL,
        _ if is_in(Place::Title) => 6,
        2.. if is_in(Place::Heading) => 5,
        _ if is_in(Place::Heading) => 4,
        _ if is_in(Place::Description) => 3,
        0 | 1 => 0,
        2 | 3 => 1,
        _ => 2,
    }
}

fn count(group: &[Occurrence], place: Place) -> usize {
    group.iter().filter(|found| found.1 == place).count()
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
