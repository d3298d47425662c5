use proptest::prelude::*;

use super::*;

const ANNA: About<'_> = About {
    email: Some("Anna.K@Karenin-Estate.ru"),
    name: Some("Анна Аркадьевна"),
    phone: Some("+79991234567"),
};

#[test]
fn what_says_only_what_is_known_is_refused() {
    use Known::{Brand, Email, Name, Phone};
    for (password, expected) in [
        ("anna.k@karenin-estate.ru", Email),
        ("ANNA.K@Karenin-Estate.RU", Email),
        ("karenin-estate.ru", Email),
        ("karenin1", Email),
        ("1877karenin", Email),
        ("Karenin!Estate", Email),
        ("karenin123456", Email),
        ("arenin", Email),
        ("anna!anna!", Email),
        ("анна1990", Name),
        ("АннаАркадьевна", Name),
        ("аркадьевна анна", Name),
        ("аркадьев", Name),
        ("fhrflmtdyf", Name), // «Аркадьевна» with the other layout on
        ("79991234567", Phone),
        ("89991234567", Phone),
        ("9991234567!", Phone),
        ("+7 9991234567", Phone),
        ("miniapp", Brand),
        ("MiniApp.Expert", Brand),
        ("miniapp2026", Brand),
        ("miniapp123456", Brand),
        ("Expert-1", Brand),
        ("Миниапп1", Brand),
        ("ьштшфзз", Brand), // «miniapp» with the Russian layout on
        ("учзуке2026", Brand),
    ] {
        assert_eq!(find(password, &ANNA), Some(expected), "{password}");
    }
}

#[test]
fn what_is_enough_without_the_known_words_is_accepted() {
    for password in [
        "anna takes the early train",
        "miniapp-8f3k2j9d",
        "правильная лошадь",
        "katerina1990",
        "123999",
        "commander",
        "      x",
        "",
    ] {
        assert_eq!(find(password, &ANNA), None, "{password}");
    }
}

#[test]
fn of_somebody_unknown_only_the_brand_is_known() {
    let nobody = About::default();
    assert_eq!(find("karenin1", &nobody), None);
    assert_eq!(find("miniapp1", &nobody), Some(Known::Brand));
}

#[test]
fn short_words_and_top_level_domains_are_no_words() {
    let short = About {
        email: Some("jo@ab.com"),
        name: Some("Ян"),
        phone: None,
    };
    for password in ["jolly7", "comet7", "январь7"] {
        assert_eq!(find(password, &short), None, "{password}");
    }
}

proptest! {
    /// Whatever people are called, and whatever they type.
    #[test]
    fn nothing_makes_the_rule_panic(
        password in "\\PC{0,40}", email in "\\PC{0,30}", name in "\\PC{0,30}", phone in "\\PC{0,15}",
    ) {
        let about = About { email: Some(&email), name: Some(&name), phone: Some(&phone) };
        let _refused_or_not = find(&password, &about);
    }

    #[test]
    fn a_name_with_two_digits_is_always_refused(name in "[a-zа-яё]{3,12}", digits in "[0-9]{0,2}") {
        let about = About { name: Some(&name), ..About::default() };
        let (behind, before) = (format!("{name}{digits}"), format!("{digits}{}", name.to_uppercase()));
        prop_assert!(find(&behind, &about).is_some());
        prop_assert!(find(&before, &about).is_some());
    }
}
