//! E-mail addresses: as a person wrote them, and as the system compares them.

/// Why a text is not an e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailRefused {
    /// Nothing but spaces.
    Empty,
    /// More than 254 characters (RFC 5321 section 4.5.3.1.3, less the angle brackets).
    TooLong,
    /// Not of the form `name@example.ru`.
    Malformed,
}

/// An e-mail address.
///
/// The form is checked as far as it helps the person who mistyped it; whether the address lives, only a letter can tell.
/// Letters of any script are let through: addresses such as `почта@пример.рф` exist.
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
    /// Longest address, in characters.
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
        && text.split('.').all(|atom| {
            !atom.is_empty()
                && atom
                    .chars()
                    .all(|character| character.is_alphanumeric() || PUNCTUATION.contains(character))
        })
}

fn is_domain(text: &str) -> bool {
    let mut labels = 0_usize;
    for label in text.split('.') {
        labels = labels.saturating_add(1);
        let well_formed = !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .chars()
                .all(|character| character.is_alphanumeric() || character == '-');
        if !well_formed {
            return false;
        }
    }
    labels >= 2
}

#[cfg(test)]
mod tests {
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
}
