//! Words to numbers of their stems: pages share their words, and numbers are counted faster than texts.

use std::cell::RefCell;
use std::collections::HashMap;

use foldhash::fast::FixedState;

use super::stems::Stemmers;

/// How many words a thread remembers; a site of ten thousand pages has about so many that matter.
const REMEMBERED: usize = 50_000;

/// In bytes; few words are longer. They lie in the table itself, where a look at one is a look at the other.
const SHORT: usize = 32;

thread_local! {
    static VOCABULARY: RefCell<Vocabulary> = RefCell::default();
}

/// Calls `work` with the vocabulary of this thread; numbers are good for one call.
pub(super) fn with<T>(work: impl FnOnce(&mut Vocabulary) -> T) -> T {
    VOCABULARY.with_borrow_mut(|vocabulary| {
        vocabulary.forget_if_too_much();
        work(vocabulary)
    })
}

/// Words that were met, and their stems.
#[derive(Default)]
pub(super) struct Vocabulary {
    stemmers: Stemmers,
    short_words: HashMap<[u8; SHORT], u32, FixedState>,
    long_words: HashMap<Box<str>, u32, FixedState>,
    numbers: HashMap<Box<str>, u32, FixedState>,
    stems: Vec<Stem>,
}

struct Stem {
    /// The first bytes as a number: most stems differ there.
    beginning: u64,
    text: Box<str>,
}

impl Vocabulary {
    /// The number of the stem of a folded word.
    pub(super) fn number_of(&mut self, word: &str) -> u32 {
        let Some(short) = short(word) else {
            if let Some(number) = self.long_words.get(word) {
                return *number;
            }
            let number = self.stem(word);
            self.long_words.insert(word.into(), number);
            return number;
        };
        if let Some(number) = self.short_words.get(&short) {
            return *number;
        }
        let number = self.stem(word);
        self.short_words.insert(short, number);
        number
    }

    /// A stem by its number, after a key that sorts stems as their texts do, where keys differ.
    pub(super) fn stem_at(&self, number: u32) -> (u64, &str) {
        let stem = usize::try_from(number)
            .ok()
            .and_then(|place| self.stems.get(place));
        stem.map_or((0, ""), |stem| (stem.beginning, &stem.text))
    }

    fn stem(&mut self, word: &str) -> u32 {
        let stem = self.stemmers.stem(word);
        if let Some(number) = self.numbers.get(&*stem) {
            return *number;
        }
        let number = u32::try_from(self.stems.len()).unwrap_or(u32::MAX);
        let text: Box<str> = stem.into();
        let mut beginning = [0; 8];
        for (to, from) in beginning.iter_mut().zip(text.bytes()) {
            *to = from;
        }
        self.numbers.insert(text.clone(), number);
        self.stems.push(Stem {
            beginning: u64::from_be_bytes(beginning),
            text,
        });
        number
    }

    fn forget_if_too_much(&mut self) {
        if self.short_words.len() + self.long_words.len() > REMEMBERED {
            *self = Self::default();
        }
    }
}

/// A word as a key of fixed length; words hold no zero bytes.
fn short(word: &str) -> Option<[u8; SHORT]> {
    let mut key = [0; SHORT];
    key.get_mut(..word.len())?.copy_from_slice(word.as_bytes());
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_the_same_stem_when_it_is_remembered() {
        let mut vocabulary = Vocabulary::default();
        for _ in 0..2 {
            for (word, stem) in [
                ("подписками", "подписк"),
                ("подписка", "подписк"),
                ("signing", "sign"),
                ("404", "404"),
                ("сверхпроизводительными", "сверхпроизводительн"),
            ] {
                let number = vocabulary.number_of(word);
                assert_eq!(vocabulary.stem_at(number).1, stem);
            }
        }
        assert_eq!(vocabulary.stems.len(), 4, "words with one stem share it");
    }

    #[test]
    fn the_keys_of_stems_sort_as_their_texts() {
        let mut vocabulary = Vocabulary::default();
        let mut key = |word| {
            let number = vocabulary.number_of(word);
            vocabulary.stem_at(number).0
        };
        assert!(key("2024") < key("api"));
        assert!(key("api") < key("ключ"));
        assert_eq!(
            key("подписк"),
            key("подпис"),
            "eight bytes are four letters"
        );
    }

    #[test]
    fn a_thread_does_not_remember_without_end() {
        let mut vocabulary = Vocabulary::default();
        for number in 0..=REMEMBERED {
            vocabulary.number_of(&number.to_string());
        }
        vocabulary.forget_if_too_much();
        assert!(vocabulary.stems.is_empty());
    }
}
