//! Code of a language with a table, taken apart in one pass.

use super::grammars::{Grammar, Quotation};
use super::{Kind, Painter};

/// Writes the code with its comments, strings, numbers, keywords and keys marked.
pub(super) fn paint(grammar: &Grammar, code: &str, painter: &mut Painter<'_>) {
    let lexer = Lexer { grammar, code };
    let mut position = 0;
    let mut plain_from = 0;
    while position < code.len() {
        let (length, kind) = lexer.step(position);
        let end = position + length.max(1);
        if let Some(kind) = kind {
            painter.plain(code.get(plain_from..position).unwrap_or_default());
            painter.token(kind, code.get(position..end).unwrap_or_default());
            plain_from = end;
        }
        position = end;
    }
    painter.plain(code.get(plain_from..).unwrap_or_default());
}

struct Lexer<'a> {
    grammar: &'a Grammar,
    code: &'a str,
}

impl Lexer<'_> {
    /// How many bytes from here on are one thing, and which.
    fn step(&self, position: usize) -> (usize, Option<Kind>) {
        let rest = self.code.get(position..).unwrap_or_default();
        let Some(first) = rest.chars().next() else {
            return (1, None);
        };
        if first == ' ' || first == '\n' {
            return (1, None);
        }
        if let Some(length) = self.comment(position, rest) {
            return (length, Some(Kind::Comment));
        }
        let quotation = self
            .grammar
            .strings
            .iter()
            .find(|quotation| rest.starts_with(quotation.mark));
        if let Some(quotation) = quotation {
            let length = string(rest, quotation);
            let kind = if self.is_key(rest, length) {
                Kind::Key
            } else {
                Kind::Text
            };
            return (length, Some(kind));
        }
        if first == '$' && self.grammar.has_variables {
            let length = variable(rest);
            return (length, (length > 1).then_some(Kind::Key));
        }
        if self.is_word(first) {
            return self.word(rest, first);
        }
        (first.len_utf8(), None)
    }

    fn comment(&self, position: usize, rest: &str) -> Option<usize> {
        let grammar = self.grammar;
        let begins_line = grammar
            .line_comments
            .iter()
            .any(|mark| rest.starts_with(mark));
        if begins_line {
            let before = self.code.get(..position).unwrap_or_default();
            let is_apart = before.is_empty() || before.ends_with(char::is_whitespace);
            if is_apart || !grammar.spaced_comments {
                return Some(rest.find('\n').unwrap_or(rest.len()));
            }
        }
        let (opening, closing) = grammar.block_comment?;
        let inner = rest.strip_prefix(opening)?;
        let end = inner.find(closing);
        Some(end.map_or(rest.len(), |end| opening.len() + end + closing.len()))
    }

    fn word(&self, rest: &str, first: char) -> (usize, Option<Kind>) {
        let length = rest
            .char_indices()
            .find(|(_, letter)| {
                !(self.is_word(*letter) || first.is_ascii_digit() && *letter == '.')
            })
            .map_or(rest.len(), |(position, _)| position);
        let length = if first.is_ascii_digit() {
            rest.get(..length)
                .unwrap_or_default()
                .trim_end_matches('.')
                .len()
        } else {
            length
        };
        let word = rest.get(..length).unwrap_or_default();
        let is_keyword = if self.grammar.ignores_case {
            self.grammar
                .keywords
                .contains(&word.to_lowercase().as_str())
        } else {
            self.grammar.keywords.contains(&word)
        };
        let kind = if self.is_key(rest, length) {
            Some(Kind::Key)
        } else if is_keyword {
            Some(Kind::Keyword)
        } else if is_number(word) {
            Some(Kind::Number)
        } else if self.grammar.has_variables && word.starts_with('-') && word.len() > 1 {
            Some(Kind::Key)
        } else {
            None
        };
        (length, kind)
    }

    fn is_word(&self, letter: char) -> bool {
        letter.is_alphanumeric() || letter == '_' || self.grammar.word_letters.contains(letter)
    }

    /// Whether what follows the word shows that it is a key.
    fn is_key(&self, rest: &str, length: usize) -> bool {
        let Some(end) = self.grammar.key_end else {
            return false;
        };
        let beyond = rest.get(length..).unwrap_or_default();
        beyond
            .trim_start_matches([' ', '\t'])
            .strip_prefix(end)
            .is_some_and(|after| !after.starts_with(end))
    }
}

/// The length of a string from its opening mark on; one that does not end goes to the end of its line or of the code.
fn string(rest: &str, quotation: &Quotation) -> usize {
    let mark = quotation.mark;
    let mut is_escaped = false;
    let inner = rest.get(mark.len()..).unwrap_or_default();
    for (position, letter) in inner.char_indices() {
        let at = mark.len() + position;
        if is_escaped {
            is_escaped = false;
        } else if letter == '\\' && quotation.has_escapes {
            is_escaped = true;
        } else if inner
            .get(position..)
            .is_some_and(|tail| tail.starts_with(mark))
        {
            return at + mark.len();
        } else if letter == '\n' && !quotation.spans_lines {
            return at;
        }
    }
    rest.len()
}

/// The length of `$name`, `${name}` or `$1`.
fn variable(rest: &str) -> usize {
    let name = rest.get(1..).unwrap_or_default();
    if let Some(inner) = name.strip_prefix('{') {
        return inner.find('}').map_or(1, |end| end + 3);
    }
    let end = name.find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '_'));
    1 + end.unwrap_or(name.len())
}

fn is_number(word: &str) -> bool {
    let digits = word.strip_prefix('-').unwrap_or(word);
    digits.starts_with(|first: char| first.is_ascii_digit())
        && digits
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_' | '%'))
}
