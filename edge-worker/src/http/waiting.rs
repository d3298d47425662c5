//! How long one has to wait, in words: seconds below a minute, whole minutes above, never less than the truth.

use std::time::Duration;

/// The time in Russian, in the accusative as after «через», and in English.
pub(super) fn texts(wait: Duration) -> (String, String) {
    let seconds = wait.as_millis().div_ceil(1_000).max(1);
    let (count, russian, english) = if seconds < 60 {
        (seconds, ["секунду", "секунды", "секунд"], "second")
    } else {
        (
            seconds.div_ceil(60),
            ["минуту", "минуты", "минут"],
            "minute",
        )
    };
    let [one, few, many] = russian;
    let russian = match (count % 10, count % 100) {
        (_, 11..=14) => many,
        (1, _) => one,
        (2..=4, _) => few,
        _ => many,
    };
    let plural = if count == 1 { "" } else { "s" };
    (
        format!("{count}\u{a0}{russian}"),
        format!("{count} {english}{plural}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_their_words_agree_in_both_languages() {
        for (milliseconds, russian, english) in [
            (0, "1\u{a0}секунду", "1 second"),
            (1_000, "1\u{a0}секунду", "1 second"),
            (1_001, "2\u{a0}секунды", "2 seconds"),
            (5_000, "5\u{a0}секунд", "5 seconds"),
            (11_000, "11\u{a0}секунд", "11 seconds"),
            (21_000, "21\u{a0}секунду", "21 seconds"),
            (30_000, "30\u{a0}секунд", "30 seconds"),
            (59_001, "1\u{a0}минуту", "1 minute"),
            (60_000, "1\u{a0}минуту", "1 minute"),
            (61_000, "2\u{a0}минуты", "2 minutes"),
            (12 * 60_000, "12\u{a0}минут", "12 minutes"),
            (15 * 60_000, "15\u{a0}минут", "15 minutes"),
            (112 * 60_000, "112\u{a0}минут", "112 minutes"),
            (122 * 60_000, "122\u{a0}минуты", "122 minutes"),
        ] {
            let (in_russian, in_english) = texts(Duration::from_millis(milliseconds));
            assert_eq!(
                (&*in_russian, &*in_english),
                (russian, english),
                "{milliseconds}"
            );
        }
    }
}
