//! What a partner may see of somebody who came by their link: enough to tell people apart, not enough to know them.

/// Stands for what is not told.
const HIDDEN: &str = "***";

/// The first letter of a name.
///
/// ```
/// use edge_worker::domain::masking::mask_name;
///
/// assert_eq!(mask_name("Анна Каренина"), "А***");
/// ```
#[must_use]
pub fn mask_name(name: &str) -> String {
    name.trim()
        .chars()
        .next()
        .filter(|letter| letter.is_alphanumeric())
        .map_or_else(|| HIDDEN.to_owned(), |letter| format!("{letter}{HIDDEN}"))
}

/// The first letters of an address and of its host, and the last part of the host: the host of a company would tell who it is.
///
/// ```
/// use edge_worker::domain::masking::mask_email;
///
/// assert_eq!(mask_email("anna@mail.example.com"), "a***@m***.com");
/// ```
#[must_use]
pub fn mask_email(address: &str) -> String {
    let Some((local, host)) = address.rsplit_once('@') else {
        return HIDDEN.to_owned();
    };
    let (host, last) = host.rsplit_once('.').unwrap_or((host, ""));
    let (local, host) = (mask_name(local), mask_name(host));
    if last.is_empty() {
        format!("{local}@{host}")
    } else {
        format!("{local}@{host}.{last}")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn little_is_left_of_a_name_and_of_an_address() {
        for (name, masked) in [
            ("Анна", "А***"),
            (" ёж ", "ё***"),
            ("", "***"),
            ("<b>", "***"),
        ] {
            assert_eq!(mask_name(name), masked);
        }
        for (address, masked) in [
            ("anna@example.com", "a***@e***.com"),
            ("a@b.рф", "a***@b***.рф"),
            ("x@localhost", "x***@l***"),
            ("\"a@b\"@c.de", "***@c***.de"),
            ("", "***"),
        ] {
            assert_eq!(mask_email(address), masked, "{address}");
        }
    }

    proptest! {
        #[test]
        fn addresses_that_begin_alike_are_told_apart_by_nothing(
            begins in ("[a-z0-9]", "[a-z]"),
            one in ("[a-z0-9.]{0,30}", "[a-z]{0,20}"),
            other in ("[a-z0-9.]{0,30}", "[a-z]{0,20}"),
        ) {
            let address = |rest: (String, String)| format!("{}{}@{}{}.example", begins.0, rest.0, begins.1, rest.1);
            prop_assert_eq!(mask_email(&address(one)), mask_email(&address(other)));
        }
    }
}
