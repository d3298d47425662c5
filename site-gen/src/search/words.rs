//! What a word is: letters and digits, small, without stress marks, `ё` as `е`.
//!
//! `js/search-words.js` cuts and folds alike, also where a text was typed with combining marks or has soft hyphens.

/// A longer word is a key or a digest; nobody types it.
const LONGEST: usize = 40;

/// Writes the words of a text into `folded`, each followed by a line break.
pub(super) fn fold(text: &str, folded: &mut String) {
    let mut word = Word {
        start: folded.len(),
        length: 0,
        folded,
    };
    for letter in text.chars() {
        match letter {
            // Nearly every letter, without a look into the tables of Unicode.
            'а'..='я' | 'a'..='z' | '0'..='9' => word.add(letter),
            ' ' | '\n' | ',' | '.' => word.end(),
            _ if letter.is_alphanumeric() || is_mark(letter) => {
                letter.to_lowercase().for_each(|small| word.push(small));
            }
            _ => word.end(),
        }
    }
    word.end();
}

/// The words that [`fold`] has written.
pub(super) fn folded_words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split_terminator('\n')
}

/// The word at the end of a text that grows.
struct Word<'a> {
    folded: &'a mut String,
    start: usize,
    /// In letters.
    length: usize,
}

impl Word<'_> {
    fn push(&mut self, letter: char) {
        let letter = match letter {
            '\u{306}' if self.length > 0 && self.folded.ends_with('и') => {
                self.folded.pop();
                self.length -= 1;
                'й'
            }
            mark if is_mark(mark) => return,
            'ё' => 'е',
            'ς' => 'σ',
            other => other,
        };
        self.add(letter);
    }

    fn add(&mut self, letter: char) {
        self.folded.push(letter);
        self.length += 1;
    }

    fn end(&mut self) {
        if self.is_searched() {
            self.folded.push('\n');
        } else {
            self.folded.truncate(self.start);
        }
        self.start = self.folded.len();
        self.length = 0;
    }

    /// A letter alone is a preposition or a bullet; a digit alone may be a version.
    fn is_searched(&self) -> bool {
        match self.length {
            0 => false,
            1 => self.folded.ends_with(char::is_numeric),
            length => length <= LONGEST,
        }
    }
}

/// A combining mark or a soft hyphen: part of a word, but not of its spelling.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{ad}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_small_words_without_marks() {
        for (text, words) in [
            (
                "Как войти, если забыт пароль?",
                "как войти если забыт пароль",
            ),
            ("Ещё ёлка", "еще елка"),
            ("за\u{301}мок", "замок"),
            ("и\u{306}од е\u{308}ж", "йод еж"),
            ("под\u{ad}писка", "подписка"),
            ("мини-приложение", "мини приложение"),
            ("и в 1С 7 x", "1с 7"),
            ("PBKDF2 `userToken`", "pbkdf2 usertoken"),
            ("don’t", "don"),
            ("ΟΔΟΣ İx", "οδοσ ix"),
            ("\u{301}\u{301} …", ""),
        ] {
            let mut folded = String::new();
            fold(text, &mut folded);
            assert_eq!(folded_words(&folded).collect::<Vec<_>>().join(" "), words);
        }
    }

    #[test]
    fn a_word_that_nobody_would_type_is_left_out() {
        for (length, is_searched) in [(LONGEST, true), (LONGEST + 1, false)] {
            let mut folded = String::new();
            fold(&"я".repeat(length), &mut folded);
            assert_eq!(!folded.is_empty(), is_searched);
        }
    }
}
