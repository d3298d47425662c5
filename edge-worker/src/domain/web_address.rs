//! Addresses that operators give and clients follow: nothing that runs a script, nothing unencrypted.

use std::fmt;

/// An address of a page: `https://…`, or a path of this site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebAddress(String);

/// The text is no such address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnAddress;

impl WebAddress {
    const MAX_BYTES: usize = 2_000;

    /// Reads `https://host…` or `/path`, without spaces and controls.
    ///
    /// ```
    /// use edge_worker::domain::web_address::WebAddress;
    ///
    /// assert!(WebAddress::parse("https://app.example.com/anna").is_ok());
    /// assert!(WebAddress::parse("javascript:alert(1)").is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self, NotAnAddress> {
        let has_odd_signs = text.chars().any(|character| {
            character.is_whitespace() || character.is_control() || "<>\"`\\".contains(character)
        });
        // `//host` is another site's address.
        let is_path = text.starts_with('/') && !text.starts_with("//");
        let is_address = text.strip_prefix("https://").is_some_and(has_host);
        if has_odd_signs || text.len() > Self::MAX_BYTES || !(is_path || is_address) {
            return Err(NotAnAddress);
        }
        Ok(Self(text.to_owned()))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for WebAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A name before the `@` would make one host look like another.
fn has_host(rest: &str) -> bool {
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    !authority.is_empty() && !authority.starts_with(':') && !authority.contains('@')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_encrypted_addresses_and_own_paths_are_addresses() {
        for (text, is_address) in [
            ("https://example.com", true),
            ("https://example.com:8443/a?b=c#d", true),
            ("https://пример.рф/путь", true),
            ("/help/terms/", true),
            ("http://example.com", false),
            ("HTTPS://example.com", false),
            ("https://", false),
            ("https:///path", false),
            ("https://:443", false),
            ("https://bank.example@evil.example/", false),
            ("//evil.example", false),
            ("/\\evil.example", false),
            ("javascript:alert(1)", false),
            ("data:text/html,x", false),
            ("https://a b", false),
            ("https://a\u{0}b", false),
            ("https://a\"onclick", false),
            ("", false),
        ] {
            assert_eq!(WebAddress::parse(text).is_ok(), is_address, "{text:?}");
        }
        let long = format!("https://example.com/{}", "a".repeat(2_000));
        assert!(WebAddress::parse(&long).is_err());
    }
}
