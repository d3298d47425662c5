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
            ("кто-то, +7 999 123-45-67", "кто-то, +7 999 123-45-67"),
            ("2024-2026", "2024-2026"),
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
    "[авкит\u{451}aBs №§05%₽\"'«»„“”‘’.,\u{a0}\n()*—–-]{0,40}"
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
