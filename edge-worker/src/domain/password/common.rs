//! Passwords that are tried first, because many people have them (ASVS 5.0 6.2.4).

use super::keyboard::keys_of;

/// The 5,000 commonest passwords of six characters and more, by their keys: the head of the list that ships with Django
/// 5.2 (`django/contrib/auth/common-passwords.txt.gz`, BSD licence), without a dozen entries that are broken Unicode.
///
/// Sorted, and each line begins with a capital that says how many characters it shares with the line before (`A` none,
/// `B` one): so the list weighs 13 KB in the gzipped Worker instead of 20.
const LIST: &str = include_str!("common.txt");

/// Words of Russian that people take for passwords and that the list, which was gathered elsewhere, lacks.
const RUSSIAN: [&str; 42] = [
    "александр",
    "алексей",
    "анастасия",
    "ангелина",
    "валентина",
    "василий",
    "вероника",
    "виктория",
    "владимир",
    "галина",
    "дмитрий",
    "евгений",
    "екатерина",
    "елизавета",
    "зайчик",
    "кирилл",
    "котёнок",
    "котенок",
    "красавица",
    "красотка",
    "кристина",
    "ксения",
    "лапочка",
    "любимая",
    "любимый",
    "любовь",
    "людмила",
    "маргарита",
    "михаил",
    "надежда",
    "наталья",
    "николай",
    "пароль1",
    "полина",
    "привет1",
    "принцесса",
    "россия",
    "светлана",
    "солнце",
    "спартак",
    "татьяна",
    "ярослав",
];

/// Whether a text is among them, in either layout of the keyboard. `keys` are those of [`keys_of`].
pub(super) fn is_common(keys: &str) -> bool {
    listed(LIST, |entry| entry == keys) || RUSSIAN.iter().any(|word| keys_of(word) == keys)
}

/// Whether some entry of a list in the form of [`LIST`] is the one that is looked for.
fn listed(list: &str, mut is_it: impl FnMut(&str) -> bool) -> bool {
    let mut entry = String::new();
    list.lines().any(|line| {
        let mut rest = line.chars();
        let shared = rest.next().map_or(0, shared_with_last);
        entry.truncate(shared);
        entry.push_str(rest.as_str());
        is_it(&entry)
    })
}

/// How many characters a capital stands for. The list is ASCII, so they are bytes, too.
fn shared_with_last(capital: char) -> usize {
    usize::try_from(u32::from(capital).saturating_sub(u32::from('A'))).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries() -> Vec<String> {
        let mut entries = Vec::new();
        listed(LIST, |entry| {
            entries.push(entry.to_owned());
            false
        });
        entries
    }

    #[test]
    fn the_list_has_5000_entries_in_order_that_a_password_can_be() {
        let entries = entries();
        assert_eq!(entries.len(), 5_000);
        assert!(entries.is_sorted_by(|one, next| one < next));
        for entry in &entries {
            assert!(entry.len() >= 6 && entry.is_ascii(), "{entry:?}");
            assert_eq!(keys_of(entry), *entry, "it could never be found");
            assert!(is_common(entry), "{entry:?}");
        }
    }

    /// A list that shared less than it could would be larger for nothing, and a capital in a wrong place would
    /// hide entries.
    #[test]
    fn each_line_shares_as_much_as_it_can() {
        let mut before = String::new();
        for (line, entry) in LIST.lines().zip(entries()) {
            let pairs = before.chars().zip(entry.chars());
            let shared = pairs.take_while(|(left, right)| left == right).count();
            assert_eq!(shared_with_last(line.chars().next().unwrap()), shared);
            before = entry;
        }
    }

    #[test]
    fn common_words_are_found_in_either_layout_and_others_are_not() {
        for text in [
            "123456",
            "QWERTY",
            " password ",
            "1q2w3e4r",
            "пароль",
            "gfhjkm",
            "йцукен",
            "Любовь",
            "k.,jdm",
            "Анастасия",
        ] {
            assert!(is_common(&keys_of(text)), "{text}");
        }
        for text in ["", "12345", "123456xqz", "wordpas7", "правильная лошадь"] {
            assert!(!is_common(&keys_of(text)), "{text}");
        }
    }
}
