//! An address as it is asked for: what an author wrote may hold an id, letters that are not ASCII, and spaces.

use std::collections::BTreeSet;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::OutsideLink;

/// What a browser encodes, too.
const UNSAFE: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`');

/// All addresses to ask for.
pub(super) fn distinct(links: &[OutsideLink]) -> BTreeSet<String> {
    links.iter().map(|link| asked(&link.address)).collect()
}

/// The address without its id, encoded. The name of the host stays as it is: it has an encoding of its own.
pub(super) fn asked(address: &str) -> String {
    let (address, _) = split_id(address);
    let (host, path) = address.split_at(end_of_host(address));
    format!("{host}{}", utf8_percent_encode(path, UNSAFE))
}

/// The address and its id, with the `#`.
pub(super) fn split_id(address: &str) -> (&str, &str) {
    address.split_at(address.find('#').unwrap_or(address.len()))
}

/// The host of an address in small letters, with the port.
pub(super) fn host(address: &str) -> String {
    let origin = address.get(..end_of_host(address)).unwrap_or_default();
    let host = origin.rsplit(['/', '@']).next().unwrap_or_default();
    host.to_lowercase()
}

fn end_of_host(address: &str) -> usize {
    let start = address.find("://").map_or(0, |position| position + 3);
    let rest = address.get(start..).unwrap_or_default();
    rest.find(['/', '?', '#'])
        .map_or(address.len(), |length| start + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_asked_for_without_its_id_and_in_ascii() {
        for (written, expected) in [
            ("https://a.example", "https://a.example"),
            ("https://a.example/b?c=d#e", "https://a.example/b?c=d"),
            ("https://a.example#e", "https://a.example"),
            ("https://a.example/я b", "https://a.example/%D1%8F%20b"),
            ("https://a.example/%D1%8F", "https://a.example/%D1%8F"),
            ("https://пример.example/", "https://пример.example/"),
        ] {
            assert_eq!(asked(written), expected);
        }
    }

    #[test]
    fn the_host_ends_where_the_path_begins() {
        for (address, expected) in [
            ("https://A.example/b@c", "a.example"),
            ("https://a.example:8443?b/c", "a.example:8443"),
            ("https://me@a.example#b", "a.example"),
        ] {
            assert_eq!(host(address), expected);
        }
    }
}
