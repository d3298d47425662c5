//! Which keys a text was typed with, whatever layout was on.
//!
//! Russian keyboards have two layouts, so one password has two spellings: `пароль` and `gfhjkm` are the same six keys, and
//! whoever guesses passwords tries both. Texts are compared by their keys.

/// The letters of the Russian layout, and on the same keys those of the American one.
const KEYS: [(char, char); 33] = [
    ('ё', '`'),
    ('й', 'q'),
    ('ц', 'w'),
    ('у', 'e'),
    ('к', 'r'),
    ('е', 't'),
    ('н', 'y'),
    ('г', 'u'),
    ('ш', 'i'),
    ('щ', 'o'),
    ('з', 'p'),
    ('х', '['),
    ('ъ', ']'),
    ('ф', 'a'),
    ('ы', 's'),
    ('в', 'd'),
    ('а', 'f'),
    ('п', 'g'),
    ('р', 'h'),
    ('о', 'j'),
    ('л', 'k'),
    ('д', 'l'),
    ('ж', ';'),
    ('э', '\''),
    ('я', 'z'),
    ('ч', 'x'),
    ('с', 'c'),
    ('м', 'v'),
    ('и', 'b'),
    ('т', 'n'),
    ('ь', 'm'),
    ('б', ','),
    ('ю', '.'),
];

/// The keys of a text, without regard to letter case and to spaces around it.
pub(super) fn keys_of(text: &str) -> String {
    text.trim().to_lowercase().chars().map(key_of).collect()
}

fn key_of(character: char) -> char {
    KEYS.iter()
        .find(|(russian, _)| *russian == character)
        .map_or(character, |(_, american)| *american)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_in_two_layouts_has_the_same_keys() {
        for (left, right) in [
            ("пароль", "gfhjkm"),
            ("ЙЦУКЕН", "qwerty"),
            ("Любовь", "k.,jdm"),
            ("ьштшфзз", "miniapp"),
            (" Анна ", "fyyf"),
        ] {
            assert_eq!(keys_of(left), keys_of(right));
        }
        assert_ne!(keys_of("анна"), keys_of("anna"));
    }

    #[test]
    fn every_letter_has_a_key_of_its_own() {
        let mut keys: Vec<_> = KEYS.iter().map(|(_, american)| american).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), 33);
        for letter in ('а'..='я').chain(['ё']) {
            assert!(key_of(letter).is_ascii(), "{letter}");
        }
    }
}
