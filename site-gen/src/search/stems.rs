//! Words to stems: Snowball 3.1, Russian for Cyrillic words and English for Latin ones, on pages of every language.
//!
//! The theme's side of the same algorithms is in `js/search-stem-russian.js` and `js/search-stem-english.js`.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;

use foldhash::fast::FixedState;
use snowball_stemmers_rs::{Algorithm, Stemmer};

/// How many words a thread remembers; a site of ten thousand pages has about so many that matter.
const REMEMBERED: usize = 50_000;

thread_local! {
    /// Stemming is most of the work of taking a page apart, and pages share their words.
    static STEMMERS: RefCell<Stemmers> = RefCell::new(Stemmers::new());
}

/// Calls `take` with each word and its stem.
pub(super) fn stem_all<'a>(words: impl Iterator<Item = &'a str>, mut take: impl FnMut(&str)) {
    STEMMERS.with_borrow_mut(|stemmers| {
        for word in words {
            take(stemmers.remembered_stem(word));
        }
    });
}

/// The stemmers of both alphabets.
struct Stemmers {
    russian: Stemmer,
    english: Stemmer,
    /// The places of the words in `stems`.
    places: HashMap<Box<str>, usize, FixedState>,
    stems: Vec<Box<str>>,
}

impl Stemmers {
    fn new() -> Self {
        Self {
            russian: Stemmer::create(Algorithm::Russian),
            english: Stemmer::create(Algorithm::English),
            places: HashMap::default(),
            stems: Vec::new(),
        }
    }

    fn remembered_stem(&mut self, word: &str) -> &str {
        let place = if let Some(place) = self.places.get(word) {
            *place
        } else {
            let stem = self.stem(word).into();
            if self.stems.len() >= REMEMBERED {
                self.stems.clear();
                self.places.clear();
            }
            self.places.insert(word.into(), self.stems.len());
            self.stems.push(stem);
            self.stems.len() - 1
        };
        self.stems.get(place).map_or("", |stem| stem)
    }

    /// The stem of a folded word.
    fn stem<'a>(&self, word: &'a str) -> Cow<'a, str> {
        if word.contains(is_cyrillic) {
            self.russian.stem(word)
        } else if word.contains(|letter: char| letter.is_ascii_lowercase()) {
            self.english.stem(word)
        } else {
            Cow::Borrowed(word)
        }
    }
}

fn is_cyrillic(letter: char) -> bool {
    matches!(letter, 'а'..='я')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_the_same_stem_when_it_is_remembered() {
        let mut stemmers = Stemmers::new();
        for _ in 0..2 {
            for (word, stem) in [
                ("подписками", "подписк"),
                ("signing", "sign"),
                ("404", "404"),
            ] {
                assert_eq!(stemmers.remembered_stem(word), stem);
            }
        }
    }

    #[test]
    fn a_thread_does_not_remember_without_end() {
        let mut stemmers = Stemmers::new();
        for number in 0..=REMEMBERED {
            stemmers.remembered_stem(&number.to_string());
        }
        assert_eq!(stemmers.stems.len(), 1);
    }
}
