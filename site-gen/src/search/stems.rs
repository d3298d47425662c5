//! Words to stems: Snowball 3.1, Russian for Cyrillic words and English for Latin ones, on pages of every language.
//!
//! The theme's side of the same algorithms is in `js/search-stem-russian.js` and `js/search-stem-english.js`.

use std::borrow::Cow;

use snowball_stemmers_rs::{Algorithm, Stemmer};

/// The stemmers of both alphabets.
pub(super) struct Stemmers {
    russian: Stemmer,
    english: Stemmer,
}

impl Default for Stemmers {
    fn default() -> Self {
        Self {
            russian: Stemmer::create(Algorithm::Russian),
            english: Stemmer::create(Algorithm::English),
        }
    }
}

impl Stemmers {
    /// The stem of a folded word.
    pub(super) fn stem<'a>(&self, word: &'a str) -> Cow<'a, str> {
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
