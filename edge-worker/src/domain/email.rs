//! E-mail addresses: as a person wrote them, and as the system compares them.

/// Why a text is not an e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailRefused {
    /// Nothing but spaces.
    Empty,
    /// More than [`Email::MAX_CHARS`].
    TooLong,
    /// Not of the form `name@example.ru`.
    Malformed,
}

/// An e-mail address.
///
/// The form is checked as far as it helps the person who mistyped it; whether the address lives, only a letter can tell.
/// Latin and Cyrillic letters are let through, because addresses such as `почта@пример.рф` exist, but never both in one
/// word: `viсtim@example.com` with one Cyrillic letter is somebody else's disguise (Unicode Technical Report 36, section 2).
/// The two spellings of a Cyrillic domain, `пример.рф` and `xn--e1afmkfd.xn--p1ai`, count as two addresses.
///
/// ```
/// use edge_worker::domain::email::Email;
///
/// let email = Email::parse(" Anna@Example.COM ").unwrap();
/// assert_eq!(email.address(), "Anna@Example.COM");
/// assert_eq!(email.key(), "anna@example.com");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Email {
    address: String,
    key: String,
}

impl Email {
    /// Longest address, in characters (RFC 5321 section 4.5.3.1.3 allows 254 octets, and most addresses are ASCII).
    pub const MAX_CHARS: usize = 254;
    /// Longest part before the `@`, in bytes (RFC 5321 section 4.5.3.1.1).
    const MAX_LOCAL_BYTES: usize = 64;

    /// Reads an address that a person typed; spaces around it are forgiven.
    pub fn parse(text: &str) -> Result<Self, EmailRefused> {
        let address = text.trim();
        if address.is_empty() {
            return Err(EmailRefused::Empty);
        }
        if address.chars().count() > Self::MAX_CHARS {
            return Err(EmailRefused::TooLong);
        }
        let (local, domain) = address.rsplit_once('@').ok_or(EmailRefused::Malformed)?;
        if !is_local_part(local) || !is_domain(domain) {
            return Err(EmailRefused::Malformed);
        }
        Ok(Self {
            address: address.to_owned(),
            // SQLite's lower() knows ASCII only, so letters are folded here.
            key: address.to_lowercase(),
        })
    }

    /// The address as its owner wrote it: what letters are sent to.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The address without regard to letter case: what accounts are unique by.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }
}

fn is_local_part(text: &str) -> bool {
    const PUNCTUATION: &str = "!#$%&'*+/=?^_`{|}~-";
    text.len() <= Email::MAX_LOCAL_BYTES
        && is_of_one_script(text)
        && text.split('.').all(|atom| {
            !atom.is_empty()
                && atom.chars().all(|character| {
                    is_letter_or_digit(character) || PUNCTUATION.contains(character)
                })
        })
}

fn is_domain(text: &str) -> bool {
    let labels = || text.split('.');
    let top_is_a_word = labels()
        .next_back()
        .is_some_and(|top| !top.chars().all(|character| character.is_ascii_digit()));
    labels().count() >= 2 && top_is_a_word && labels().all(is_domain_label)
}

fn is_domain_label(label: &str) -> bool {
    !label.is_empty()
        && label.len() <= 63
        && !label.starts_with('-')
        && !label.ends_with('-')
        && is_of_one_script(label)
        && label
            .chars()
            .all(|character| is_letter_or_digit(character) || character == '-')
}

fn is_letter_or_digit(character: char) -> bool {
    character.is_ascii_alphanumeric() || is_cyrillic(character)
}

fn is_cyrillic(character: char) -> bool {
    matches!(character, 'а'..='я' | 'А'..='Я' | 'ё' | 'Ё')
}

fn is_of_one_script(word: &str) -> bool {
    let has_latin = word
        .chars()
        .any(|character| character.is_ascii_alphabetic());
    !(has_latin && word.chars().any(is_cyrillic))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn addresses_that_people_have_are_accepted() {
        for text in [
            "a@b.ru",
            "anna.k+shop@mail.example.com",
            "o'neil@example.ie",
            "почта@пример.рф",
            "x_1-2@xn--e1afmkfd.xn--p1ai",
            "  padded@example.com\t",
        ] {
            assert!(Email::parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn texts_that_are_no_addresses_are_refused() {
        use EmailRefused::{Empty, Malformed, TooLong};
        for (text, expected) in [
            ("", Empty),
            ("   ", Empty),
            ("anna", Malformed),
            ("anna@", Malformed),
            ("@example.com", Malformed),
            ("anna@example", Malformed),
            ("anna@@example.com", Malformed),
            ("anna@exa mple.com", Malformed),
            ("anna@.com", Malformed),
            ("anna@example..com", Malformed),
            ("anna@-example.com", Malformed),
            (".anna@example.com", Malformed),
            ("an..na@example.com", Malformed),
            ("anna@example.com, boris@example.com", Malformed),
            ("anna@example.com\r\nBcc: all@example.com", Malformed),
            ("<anna@example.com>", Malformed),
            ("viсtim@example.com", Malformed), // a Cyrillic «с»
            ("anna@exаmple.com", Malformed),   // a Cyrillic «а»
            ("vıctim@example.com", Malformed),
            ("anna@ｅｘａｍｐｌｅ.com", Malformed),
            ("anna@exam①ple.com", Malformed),
            ("ﬁn@example.com", Malformed),
            ("anna@1.2", Malformed),
        ] {
            assert_eq!(Email::parse(text), Err(expected), "{text:?}");
        }
        let long_local = format!("{}@example.com", "a".repeat(65));
        assert_eq!(Email::parse(&long_local), Err(Malformed));
        let long = format!("a@{}.com", "example.".repeat(40));
        assert_eq!(Email::parse(&long), Err(TooLong));
    }

    #[test]
    fn letter_case_does_not_tell_addresses_apart() {
        for (left, right) in [
            ("Anna@Example.com", "anna@example.COM"),
            ("ПОЧТА@пример.РФ", "почта@пример.рф"),
        ] {
            let (left, right) = (Email::parse(left).unwrap(), Email::parse(right).unwrap());
            assert_eq!(left.key(), right.key());
            assert_ne!(left.address(), right.address());
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused_and_what_is_read_is_safe_in_a_letter(
            text in prop_oneof![
                any::<String>(),
                "[ -~а-яё]{0,12}@?[ -~а-яё]{0,20}",
                "[a-zA-Z0-9.+_-]{1,20}@([a-z0-9-]{1,10}[.]){1,3}[a-z]{2,6}",
            ],
        ) {
            if let Ok(email) = Email::parse(&text) {
                prop_assert_eq!(email.address(), text.trim());
                prop_assert_eq!(email.address().matches('@').count(), 1);
                let breaks_a_header = |character: char| {
                    character.is_control() || character.is_whitespace() || "<>(),;:\\\"[]".contains(character)
                };
                prop_assert!(!email.address().contains(breaks_a_header));

                let again = Email::parse(email.key());
                prop_assert_eq!(again.as_ref().map(Email::key), Ok(email.key()));
            }
        }

        #[test]
        fn any_bytes_that_happen_to_be_text_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _read_or_refused = Email::parse(&String::from_utf8_lossy(&bytes));
        }
    }
}
