//! A title is broken into lines: as large as it can be, evenly, and never inside a word unless nothing else helps.

use crate::language::Language;

/// Sizes in pixels with the number of lines up to which they look good, from the best.
const STEPS: [(f32, usize); 6] = [
    (80.0, 2),
    (72.0, 3),
    (64.0, 3),
    (60.0, 4),
    (52.0, 4),
    (44.0, MOST_LINES),
];
const MOST_LINES: usize = 4;
const NO_BREAK: char = '\u{a0}';

/// A title in lines.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Block {
    pub(super) lines: Vec<String>,
    /// Of the letters, in pixels.
    pub(super) size: f32,
}

/// Finds the largest size at which the title fits into `width` pixels. `measure` gives the width of a line at a size.
pub(super) fn fit(
    title: &str,
    language: Language,
    width: f32,
    measure: impl Fn(&str, f32) -> f32,
) -> Block {
    let words = words(title, language);
    let mut smallest = 0.0;
    for (size, most_lines) in STEPS {
        let at_size = |line: &str| measure(line, size);
        if let Some(lines) = wrap(&words, width, at_size)
            && lines.len() <= most_lines
        {
            let lines = balance(&words, width, lines, at_size);
            return Block { lines, size };
        }
        smallest = size;
    }
    Block {
        lines: cut(&words, width, |line| measure(line, smallest)),
        size: smallest,
    }
}

/// The line itself if it fits, otherwise its beginning with an ellipsis.
pub(super) fn shorten(line: &str, width: f32, measure: impl Fn(&str) -> f32) -> String {
    if measure(line) <= width {
        return line.to_owned();
    }
    end_early(line, width, measure)
}

/// Words that stay together on a line, by the rules of careful typesetting.
fn words(title: &str, language: Language) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in title
        .split([' ', '\t', '\n', '\r'])
        .filter(|word| !word.is_empty())
    {
        match words.last_mut() {
            Some(last) if is_bound(last, word, language) => {
                last.push(NO_BREAK);
                last.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
    }
    words
}

/// A short word goes with the next one, a number with its unit or its next three digits, a dash with the word before.
fn is_bound(last: &str, word: &str, language: Language) -> bool {
    let longest_bound = match language {
        Language::Russian => 2,
        Language::English => 1,
    };
    let last = last.rsplit(NO_BREAK).next().unwrap_or_default();
    let is_short = last.chars().count() <= longest_bound && last.chars().all(char::is_alphabetic);
    let is_number = |word: &str| word.chars().all(|letter| letter.is_ascii_digit());
    let follows_number = word.starts_with(['%', '₽', '€', '$']) || is_number(word);
    is_short || matches!(word, "—" | "–") || last == "№" || (is_number(last) && follows_number)
}

/// Fills line after line; nothing if a word is wider than a line.
fn wrap(words: &[String], width: f32, measure: impl Fn(&str) -> f32) -> Option<Vec<String>> {
    let mut lines: Vec<String> = Vec::new();
    for word in words {
        if measure(word) > width {
            return None;
        }
        let longer = lines.last().map(|line| format!("{line} {word}"));
        match (longer, lines.last_mut()) {
            (Some(longer), Some(line)) if measure(&longer) <= width => *line = longer,
            _ => lines.push(word.clone()),
        }
    }
    Some(lines)
}

/// The most even of the ways to break into the same number of lines: the narrowest.
fn balance(
    words: &[String],
    width: f32,
    lines: Vec<String>,
    measure: impl Fn(&str) -> f32,
) -> Vec<String> {
    const STEP: f32 = 0.97;
    let mut best = lines;
    let mut narrower = width * STEP;
    while let Some(lines) = wrap(words, narrower, &measure)
        && lines.len() == best.len()
        && narrower > 1.0
    {
        best = lines;
        narrower *= STEP;
    }
    best
}

/// As much of the title as the lines hold.
fn cut(words: &[String], width: f32, measure: impl Fn(&str) -> f32) -> Vec<String> {
    let mut lines = Vec::new();
    let mut rest = words;
    while let Some((first, mut after)) = rest.split_first() {
        let mut line = first.clone();
        while let Some((word, later)) = after.split_first()
            && measure(&format!("{line} {word}")) <= width
        {
            line.push(' ');
            line.push_str(word);
            after = later;
        }
        let is_end = lines.len() + 1 == MOST_LINES;
        lines.push(if is_end && !after.is_empty() {
            end_early(&line, width, &measure)
        } else {
            shorten(&line, width, &measure)
        });
        if is_end {
            break;
        }
        rest = after;
    }
    lines
}

/// The line with an ellipsis, without as many words at its end as that takes; without letters if it is one word.
fn end_early(line: &str, width: f32, measure: impl Fn(&str) -> f32) -> String {
    let mut kept = line;
    loop {
        let ended = kept.trim_end_matches(|letter: char| {
            letter.is_whitespace()
                || matches!(letter, '.' | ',' | ':' | ';' | '—' | '–' | '…' | '«' | '(')
        });
        let candidate = format!("{ended}…");
        if measure(&candidate) <= width || ended.is_empty() {
            return candidate;
        }
        let at_word = ended.rfind(char::is_whitespace);
        let at_letter = ended.char_indices().next_back().map(|(start, _)| start);
        kept = ended
            .get(..at_word.or(at_letter).unwrap_or(0))
            .unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Every letter is as wide as half its height.
    fn measure(line: &str, size: f32) -> f32 {
        let letters = u16::try_from(line.chars().count()).unwrap();
        f32::from(letters) * size / 2.0
    }

    fn lines(title: &str, width: f32) -> (Vec<String>, f32) {
        let block = fit(title, Language::Russian, width, measure);
        (block.lines, block.size)
    }

    #[test]
    fn titles_are_as_large_as_they_can_be() {
        let long = "слово ".repeat(9);
        for (title, size, count) in [
            ("Вход", 80.0, 1),
            ("Как вернуть деньги за подписку", 80.0, 2),
            (
                "Как вернуть деньги за подписку и что будет с доступом",
                72.0,
                3,
            ),
            (long.as_str(), 72.0, 3),
        ] {
            let (lines, found) = lines(title, 900.0);
            assert_eq!((found, lines.len()), (size, count), "{lines:?}");
        }
    }

    #[test]
    fn lines_are_even_and_short_words_do_not_end_them() {
        assert_eq!(
            lines("Оплата и возврат за подписку — на год", 840.0).0,
            [
                "Оплата и\u{a0}возврат",
                "за\u{a0}подписку\u{a0}— на\u{a0}год"
            ]
        );
    }

    #[test]
    fn a_title_without_end_ends_with_an_ellipsis_after_a_word() {
        let (found, size) = lines(&"Длинное, слово ".repeat(40), 400.0);
        assert_eq!((found.len(), size), (4, 44.0));
        assert!(
            found[3].ends_with("е…") || found[3].ends_with("о…"),
            "{found:?}"
        );
    }

    #[test]
    fn a_word_is_cut_only_if_it_is_wider_than_a_line_of_the_smallest_letters() {
        assert_eq!(lines(&"я".repeat(17), 400.0), (vec!["я".repeat(17)], 44.0));
        assert_eq!(
            lines(&"я".repeat(19), 400.0),
            (vec!["я".repeat(17) + "…"], 44.0)
        );
    }

    #[test]
    fn nothing_gives_no_lines() {
        assert_eq!(lines(" \n", 400.0).0, Vec::<String>::new());
    }

    proptest! {
        #[test]
        fn every_line_fits_and_no_word_is_lost_without_an_ellipsis(
            title in "[а-яё—«», ]{0,200}",
            width in 200.0..1100.0_f32,
        ) {
            let (lines, size) = lines(&title, width);
            prop_assert!(lines.len() <= MOST_LINES);
            for line in &lines {
                prop_assert!(measure(line, size) <= width, "{line}");
            }
            let shown = lines.join(" ").replace(NO_BREAK, " ");
            let said: Vec<_> = title.split_whitespace().collect();
            prop_assert!(shown.contains('…') || shown == said.join(" "), "{shown}");
        }
    }
}
