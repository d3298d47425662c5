//! What an author may write as an address, read into one of a few kinds.

/// An address as it was meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target<'a> {
    /// Another site, by `https:`.
    External(&'a str),
    /// A mail or telephone address.
    Contact(&'a str),
    /// The source of a page: `../login.md`, `/login.md`.
    Source(Local<'a>),
    /// An address on this site: `/login.html`, `cabinet-access.html`; an empty path is the page itself.
    Site(Local<'a>),
    /// Something that may not be published; the reason and the cure.
    Refused(&'static str, &'static str),
}

/// A path on this site with what follows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Local<'a> {
    /// The path, `%`-codes decoded.
    pub(super) path: String,
    /// What follows `?`, as written.
    pub(super) query: Option<&'a str>,
    /// What follows `#`, `%`-codes decoded.
    pub(super) anchor: Option<String>,
}

impl<'a> Target<'a> {
    /// Reads an address; one that begins with the origin of this site, `base_url`, is an address on this site.
    pub(super) fn read(written: &'a str, base_url: &str) -> Self {
        match below_origin(written, base_url) {
            Some(below) => {
                let mut local = Local::read(below);
                if local.path.is_empty() {
                    local.path.push('/');
                }
                Self::Site(local)
            }
            None => Self::parse(written),
        }
    }

    /// Reads an address that does not begin with the origin of this site.
    pub(super) fn parse(written: &'a str) -> Self {
        if written.is_empty() {
            return Self::Refused(
                "the link leads nowhere",
                "write an address between the parentheses",
            );
        }
        if written.starts_with("//") {
            return Self::Refused("the address begins with `//`", "write `https://` before it");
        }
        if let Some(scheme) = scheme(written) {
            return match scheme.to_ascii_lowercase().as_str() {
                "https" => Self::External(written),
                "mailto" | "tel" => Self::Contact(written),
                "http" => Self::Refused(
                    "the address is not encrypted",
                    "write `https://` instead of `http://`",
                ),
                _ => Self::Refused(
                    "addresses of this kind are not allowed",
                    "links may lead to pages of this site and to https:, mailto: and tel: addresses",
                ),
            };
        }
        let local = Local::read(written);
        let is_source = std::path::Path::new(&local.path)
            .extension()
            .is_some_and(|extension| extension == "md");
        if is_source {
            Self::Source(local)
        } else {
            Self::Site(local)
        }
    }
}

impl<'a> Local<'a> {
    fn read(written: &'a str) -> Self {
        let (rest, anchor) = split(written, '#');
        let (path, query) = split(rest, '?');
        Self {
            path: decode(path),
            query,
            anchor: anchor.map(decode),
        }
    }
}

/// What follows the origin of this site in an address that begins with it. Case does not matter in an origin.
fn below_origin<'a>(written: &'a str, base_url: &str) -> Option<&'a str> {
    let (origin, below) = written.split_at_checked(base_url.len())?;
    let is_own = !base_url.is_empty()
        && origin.eq_ignore_ascii_case(base_url)
        && (below.is_empty() || below.starts_with(['/', '?', '#']));
    is_own.then_some(below)
}

fn scheme(written: &str) -> Option<&str> {
    let (scheme, _) = written.split_once(':')?;
    let is_scheme = scheme.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '+' | '-' | '.'));
    is_scheme.then_some(scheme)
}

fn split(text: &str, mark: char) -> (&str, Option<&str>) {
    match text.split_once(mark) {
        Some((before, after)) => (before, Some(after)),
        None => (text, None),
    }
}

/// Decodes `%`-codes; text that is not valid after that stays as it was.
pub(super) fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = after
            .get(..2)
            .filter(|_| first == b'%')
            .and_then(|digits| str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let Some(byte) = code {
            bytes.push(byte);
            rest = after.get(2..).unwrap_or_default();
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local<'a>(path: &str, query: Option<&'a str>, anchor: Option<&str>) -> Local<'a> {
        Local {
            path: path.to_owned(),
            query,
            anchor: anchor.map(str::to_owned),
        }
    }

    #[test]
    fn every_kind_of_address_is_told_apart() {
        for (written, expected) in [
            (
                "https://a.example/b.md",
                Target::External("https://a.example/b.md"),
            ),
            ("mailto:a@b.example", Target::Contact("mailto:a@b.example")),
            ("tel:+7", Target::Contact("tel:+7")),
            (
                "../login.md",
                Target::Source(local("../login.md", None, None)),
            ),
            (
                "/a.md?b=c#d",
                Target::Source(local("/a.md", Some("b=c"), Some("d"))),
            ),
            ("#%D0%B0", Target::Site(local("", None, Some("а")))),
            ("/help/", Target::Site(local("/help/", None, None))),
        ] {
            assert_eq!(Target::parse(written), expected, "{written}");
        }
    }

    #[test]
    fn an_address_with_the_origin_of_this_site_is_an_address_on_this_site() {
        for (written, expected) in [
            ("https://a.example", Target::Site(local("/", None, None))),
            (
                "https://a.example#b",
                Target::Site(local("/", None, Some("b"))),
            ),
            (
                "HTTPS://A.example/b.html?c#d",
                Target::Site(local("/b.html", Some("c"), Some("d"))),
            ),
            // The copy of a page in Markdown, not its source.
            (
                "https://a.example/help/b.md",
                Target::Site(local("/help/b.md", None, None)),
            ),
            (
                "https://a.example.org/",
                Target::External("https://a.example.org/"),
            ),
            (
                "https://a.example:8443/",
                Target::External("https://a.example:8443/"),
            ),
            ("b.md", Target::Source(local("b.md", None, None))),
        ] {
            assert_eq!(
                Target::read(written, "https://a.example"),
                expected,
                "{written}"
            );
        }
        assert_eq!(Target::read("/b", ""), Target::parse("/b"));
    }

    #[test]
    fn dangerous_and_empty_addresses_are_refused() {
        for written in [
            "",
            "//a.example",
            "http://a.example",
            "javascript:alert(1)",
            "JavaScript:x",
            "data:x",
        ] {
            assert!(
                matches!(Target::parse(written), Target::Refused(..)),
                "{written}"
            );
        }
    }

    #[test]
    fn codes_are_decoded_where_they_make_sense() {
        for (written, expected) in [
            ("%41b", "Ab"),
            ("100%", "100%"),
            ("%zz", "%zz"),
            ("%ff", "%ff"),
        ] {
            assert_eq!(decode(written), expected);
        }
    }
}
