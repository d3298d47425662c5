use proptest::prelude::*;

use super::*;

/// In the tables `_` stands for a space that does not break.
fn assert_set(language: Language, cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        let set = typeset(language, text).replace('\u{a0}', "_");
        assert_eq!(set, *expected, "{text}");
    }
}

#[test]
fn russian_texts_are_set_as_an_editor_sets_them() {
    assert_set(
        Language::Russian,
        &[
            ("Кнопка \"Войти\".", "Кнопка «Войти»."),
            ("\"Он \"Б\" В\"", "«Он „Б“ В»"),
            ("\"Ромашка \"Луг\"\"", "«Ромашка „Луг“»"),
            ("'слово'", "«слово»"),
            ("«Он \"Б\" В»", "«Он „Б“ В»"),
            ("(\"а\")", "(«а»)"),
            ("17\" экран", "17\" экран"),
            ("О'Коннор", "О’Коннор"),
            ("одна \" кавычка", "одна \" кавычка"),
            ("\"незакрытая", "\"незакрытая"),
            ("Москва - столица", "Москва_— столица"),
            ("Москва -- столица --- да", "Москва_— столица_— да"),
            ("Москва — столица", "Москва_— столица"),
            ("Москва_— столица", "Москва_— столица"),
            ("- реплика", "— реплика"),
            ("5 - 3", "5 - 3"),
            ("2024-2026 и 5-10 дней", "2024–2026 и_5–10_дней"),
            ("кто-то, +7 999 123-45-67", "кто-то, +7 999 123-45-67"),
            ("команда --help", "команда --help"),
            ("слово---слово", "слово—слово"),
            ("да...", "да…"),
            ("да....", "да...."),
            ("да…", "да…"),
            ("в доме", "в_доме"),
            ("В доме и на улице", "В_доме и_на_улице"),
            ("не о том, но до", "не_о_том, но_до"),
            ("по-русски в", "по-русски в"),
            ("кит в\nдоме", "кит в_доме"),
            ("в  доме", "в  доме"),
            ("в доме (и во дворе)", "в_доме (и_во_дворе)"),
            ("№ 5 и § 3", "№_5 и_§_3"),
            ("24 часа", "24_часа"),
            ("10 ₽, 5 %, 100 МБ", "10_₽, 5_%, 100_МБ"),
            ("1,5 кг", "1,5_кг"),
            ("от 5 до 10", "от_5 до_10"),
            ("PBKDF2 пароль", "PBKDF2 пароль"),
            ("то же и он бы, если бы ли", "то_же и_он_бы, если_бы_ли"),
            ("же", "же"),
            ("и т. д., т. е. да", "и_т._д., т._е. да"),
            ("А. С. Пушкин", "А._С._Пушкин"),
            ("г. Москва, стр. 5", "г._Москва, стр._5"),
            ("конец. Начало", "конец. Начало"),
        ],
    );
}

#[test]
fn ranges_of_numbers_get_an_en_dash_without_spaces() {
    for language in Language::ALL {
        assert_set(
            language,
            &[
                ("1990-1995", "1990–1995"),
                ("(1990-1995)", "(1990–1995)"),
                ("x 5-10; x", "x 5–10; x"),
                ("x 5-10.", "x 5–10."),
                ("x 5-10, 15-20: x", "x 5–10, 15–20: x"),
                ("10-15% x", "10–15% x"),
                ("1,5-2; x", "1,5–2; x"),
                ("1,5-1,75; x", "1,5–1,75; x"),
                ("500-1000; x", "500–1000; x"),
                ("9:00-18:00", "9:00–18:00"),
                ("22:00-06:00.", "22:00–06:00."),
                (
                    "\"5-10\"",
                    match language {
                        Language::Russian => "«5–10»",
                        Language::English => "“5–10”",
                    },
                ),
                ("1990–1995", "1990–1995"),
            ],
        );
    }
}

#[test]
fn a_hyphen_between_digits_that_are_no_range_stays() {
    for text in [
        // Telephones.
        "+7 999 123-45-67",
        "8 (999) 123-4567",
        "8-800-555-35-35",
        "123-45",
        "123-4567",
        "555-600 70 80",
        // Days and months.
        "2026-11-23",
        "2026-11",
        "11-2026",
        // Versions, addresses, codes, standards.
        "1.2-3",
        "2-3.4",
        "v1-2",
        "192.168.0.1-5",
        "01-02",
        "007-008",
        "34-2017",
        "12-345-678",
        "https://a.example/1990-1995",
        "a.example/?b=5-10",
        "1990-1995.png",
        "_1990-1995_",
        "UTC+3-5",
        // Scores, sums, words.
        "3-1",
        "5-5",
        "24-7",
        "-5-10",
        "5-10-x",
        "5-x",
        "5-",
        "-5",
        "5,-10",
        "1990-1995/1996",
    ] {
        for language in Language::ALL {
            assert!(!typeset(language, text).contains('–'), "{text}");
        }
    }
}

#[test]
fn english_texts_are_set_as_an_editor_sets_them() {
    assert_set(
        Language::English,
        &[
            ("Press \"Sign in\".", "Press “Sign in”."),
            ("\"He said 'yes'.\"", "“He said ‘yes’.”"),
            ("It's the clients' page", "It’s the clients’ page"),
            ("the '90s", "the '90s"),
            ("a 17\" screen", "a 17\" screen"),
            ("one - two -- three", "one_— two_— three"),
            ("one--two", "one—two"),
            ("run --help", "run --help"),
            ("wait...", "wait…"),
            ("24 hours, 10 MB and 5 %", "24_hours, 10_MB and 5_%"),
            ("in 2026 we", "in 2026 we"),
            ("a word in a line", "a word in a line"),
        ],
    );
}

fn texts() -> impl Strategy<Value = String> {
    "[авкит\u{451}aBs №§0159:%₽\"'«»„“”‘’.,\u{a0}\n()*—–-]{0,40}"
}

fn languages() -> impl Strategy<Value = Language> {
    proptest::sample::select(Language::ALL.to_vec())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn setting_twice_is_setting_once(language in languages(), text in texts()) {
        let once = typeset(language, &text);
        prop_assert_eq!(typeset(language, &once), once);
    }

    #[test]
    fn no_letter_and_no_digit_ever_changes(language in languages(), text in ".{0,60}") {
        let kept = |text: &str| -> String {
            text.chars().filter(|letter| letter.is_alphanumeric()).collect()
        };
        prop_assert_eq!(kept(&typeset(language, &text)), kept(&text));
    }
}
