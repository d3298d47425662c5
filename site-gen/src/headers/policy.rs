//! The content security policy: nothing but files of this site, and the inline code that its finished pages hold.
//!
//! Inline code is let through by its hash, so that a template may hold some without opening the door for any other.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::Strangers;
use crate::BuildMode;
use crate::markup::{after_tag_start, attributes};

const DIRECTIVES: [&str; 11] = [
    "default-src 'none'",
    SCRIPTS,
    STYLES,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "manifest-src 'self'",
    "require-trusted-types-for 'script'",
];
const SCRIPTS: &str = "script-src 'self'";
const STYLES: &str = "style-src 'self'";

/// Blocks of data are read by scripts and never run, so the policy does not ask about them.
const DATA: [&str; 2] = ["application/json", "application/ld+json"];

/// The inline scripts and styles of pages, as the policy names them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InlineCode {
    scripts: BTreeSet<String>,
    styles: BTreeSet<String>,
}

impl InlineCode {
    /// What a finished page holds.
    #[must_use]
    pub fn of_page(html: &str) -> Self {
        let mut found = Self::default();
        let mut rest = html;
        while let Some(after) = after_tag_start(rest) {
            rest = after;
            if !after.starts_with(['s', 'S']) {
                continue;
            }
            if let Some(style) = Element::read(after, "style") {
                found.styles.insert(source(style.text));
                rest = style.after;
            } else if let Some(script) = Element::read(after, "script") {
                if script.is_inline_code() {
                    found.scripts.insert(source(script.text));
                }
                rest = script.after;
            }
        }
        found
    }

    /// Adds what another page holds.
    pub fn extend(&mut self, other: &Self) {
        self.scripts.extend(other.scripts.iter().cloned());
        self.styles.extend(other.styles.iter().cloned());
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.scripts.is_empty() && self.styles.is_empty()
    }
}

/// The policy that lets this inline code and these strangers through.
pub(super) fn policy(mode: BuildMode, strangers: Strangers, inline: &InlineCode) -> String {
    let origin = strangers.origin();
    let mut directives: Vec<String> = DIRECTIVES
        .iter()
        .map(|directive| {
            let sources = match *directive {
                SCRIPTS => Some(&inline.scripts),
                STYLES => Some(&inline.styles),
                _ => None,
            };
            let mut whole = (*directive).to_owned();
            if let Some(origin) = origin.filter(|_| *directive == SCRIPTS) {
                whole.push(' ');
                whole.push_str(origin);
            }
            for source in sources.into_iter().flatten() {
                whole.push(' ');
                whole.push_str(source);
            }
            whole
        })
        .collect();
    directives.push(strangers.trusted_types().to_owned());
    if let Some(origin) = origin {
        directives.push(format!("frame-src {origin}"));
    }
    if mode == BuildMode::Publish {
        directives.push("upgrade-insecure-requests".to_owned());
    }
    directives.join("; ")
}

/// An element whose content is code, and what comes after that content.
struct Element<'a> {
    tag: &'a str,
    text: &'a str,
    after: &'a str,
}

impl<'a> Element<'a> {
    /// Reads the element of this name if the HTML, just behind a `<`, begins with it.
    fn read(html: &'a str, name: &str) -> Option<Self> {
        let begins = |text: &str| {
            text.get(..name.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(name))
        };
        if !begins(html) {
            return None;
        }
        let (tag, body) = html.split_once('>')?;
        let is_name_over = tag
            .get(name.len()..)?
            .chars()
            .next()
            .is_none_or(|letter| letter.is_ascii_whitespace());
        if !is_name_over {
            return None;
        }
        let (end, _) = body
            .match_indices("</")
            .find(|(position, _)| body.get(position + 2..).is_some_and(begins))?;
        let (text, after) = body.split_at_checked(end)?;
        Some(Self { tag, text, after })
    }

    /// Whether a script stands on the page itself and is run.
    fn is_inline_code(&self) -> bool {
        let tag = format!("<{}>", self.tag);
        let is_file_or_data = attributes(&tag).any(|(name, value)| {
            name.eq_ignore_ascii_case("src")
                || (name.eq_ignore_ascii_case("type") && DATA.contains(&value))
        });
        !is_file_or_data
    }
}

/// Code as a source of the policy: <https://www.w3.org/TR/CSP3/#grammardef-hash-source>.
fn source(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `alert(1)`, counted by another program.
    const HASH: &str = "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='";

    #[test]
    fn inline_code_is_let_through_by_its_hash_and_nothing_else_is() {
        for (html, scripts, styles) in [
            ("<p>script</p>", &[][..], &[][..]),
            ("<script>alert(1)</script>", &[HASH], &[]),
            ("<SCRIPT>alert(1)</Script>", &[HASH], &[]),
            ("<script type=\"module\">alert(1)</script>", &[HASH], &[]),
            (
                "<script\ntype=\"importmap\">alert(1)</script >",
                &[HASH],
                &[],
            ),
            ("<style media=\"print\">alert(1)</style>", &[], &[HASH]),
            (
                "<script>alert(1)</script><script>alert(1)</script>",
                &[HASH],
                &[],
            ),
            ("<script type=\"module\" src=\"/a.js\"></script>", &[], &[]),
            (
                "<script src=\"/a.js\"></script><style>alert(1)</style>",
                &[],
                &[HASH],
            ),
            (
                "<script type=\"application/json\" id=\"a\">{}</script>",
                &[],
                &[],
            ),
            ("<script type=\"application/ld+json\">{}</script>", &[], &[]),
            (
                "<script data-type=\"application/json\">alert(1)</script>",
                &[HASH],
                &[],
            ),
            ("<code>&lt;script>alert(1)&lt;/script></code>", &[], &[]),
            ("<scripted>alert(1)</scripted><styled>a</styled>", &[], &[]),
            ("<script>alert(1)", &[], &[]),
        ] {
            let found = InlineCode::of_page(html);
            assert!(found.scripts.iter().eq(scripts), "{html}: {found:?}");
            assert!(found.styles.iter().eq(styles), "{html}: {found:?}");
        }
    }

    #[test]
    fn hashes_stand_in_the_directive_of_their_kind() {
        let mut inline = InlineCode::of_page("<script>alert(1)</script>");
        inline.extend(&InlineCode::of_page("<style>alert(1)</style>"));
        let policy = policy(BuildMode::Publish, Strangers::None, &inline);
        assert!(
            policy.starts_with(&format!(
                "default-src 'none'; script-src 'self' {HASH}; style-src 'self' {HASH}; img-src"
            )),
            "{policy}"
        );
    }

    #[test]
    fn without_inline_code_nothing_inline_and_nothing_foreign_is_allowed() {
        let policy = policy(BuildMode::Publish, Strangers::None, &InlineCode::default());
        assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self'; "));
        assert!(policy.ends_with("; trusted-types offline-page; upgrade-insecure-requests"));
        for forbidden in ["unsafe", "sha256", "http:", "https:", "*"] {
            assert!(!policy.contains(forbidden), "{forbidden}");
        }
    }

    #[test]
    fn turnstile_opens_scripts_and_frames_to_its_host_and_one_trusted_type_and_nothing_else() {
        let inline = InlineCode::of_page("<script>alert(1)</script>");
        let split = |strangers| -> BTreeSet<String> {
            let policy = policy(BuildMode::Publish, strangers, &inline);
            policy.split("; ").map(str::to_owned).collect()
        };
        let (closed, open) = (split(Strangers::None), split(Strangers::Turnstile));
        let only = |these: &BTreeSet<String>, those: &BTreeSet<String>| -> Vec<String> {
            these.difference(those).cloned().collect()
        };
        let host = "https://challenges.cloudflare.com";
        assert_eq!(
            only(&open, &closed),
            [
                format!("frame-src {host}"),
                format!("script-src 'self' {host} {HASH}"),
                "trusted-types default".to_owned()
            ]
        );
        assert_eq!(
            only(&closed, &open),
            [
                format!("script-src 'self' {HASH}"),
                "trusted-types offline-page".to_owned()
            ]
        );
    }
}
