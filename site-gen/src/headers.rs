//! `_headers` and `_redirects`: what the host sends along with the files.
//!
//! The policy allows nothing but files of this site: no inline script, no inline style, no third party.

use crate::BuildMode;

const POLICY: [&str; 12] = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "manifest-src 'self'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
];

const EVERYWHERE: [(&str, &str); 7] = [
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    (
        "Permissions-Policy",
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    ),
    ("X-Permitted-Cross-Domain-Policies", "none"),
];

/// The file `_headers`.
#[must_use]
pub fn headers(mode: BuildMode) -> String {
    let mut policy = POLICY.join("; ");
    if mode == BuildMode::Publish {
        policy.push_str("; upgrade-insecure-requests");
    }
    let mut lines = vec![
        "/*".to_owned(),
        format!("  Content-Security-Policy: {policy}"),
    ];
    if mode == BuildMode::Publish {
        lines.push("  Strict-Transport-Security: max-age=31536000".to_owned());
    }
    lines.extend(
        EVERYWHERE
            .iter()
            .map(|(name, value)| format!("  {name}: {value}")),
    );
    lines.push(String::new());
    lines.push("/assets/*".to_owned());
    lines.push("  Cache-Control: public, max-age=31536000, immutable".to_owned());
    lines.join("\n") + "\n"
}

/// The file `_redirects`: a folder's address shows its index page, and a folder without its slash gets one.
///
/// `outputs` are the files of all pages.
pub fn redirects<'a>(outputs: impl IntoIterator<Item = &'a str>) -> String {
    let mut folders: Vec<_> = outputs
        .into_iter()
        .filter_map(|output| output.strip_suffix("index.html"))
        .filter(|folder| folder.is_empty() || folder.ends_with('/'))
        .collect();
    folders.sort_unstable();
    folders.into_iter().flat_map(rules).collect()
}

fn rules(folder: &str) -> Vec<String> {
    let shown = format!("/{folder} /{folder}index.html 200\n");
    let slashed = folder
        .strip_suffix('/')
        .map(|name| format!("/{name} /{folder} 301\n"));
    std::iter::once(shown).chain(slashed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_inline_and_nothing_foreign_is_allowed() {
        let published = headers(BuildMode::Publish);
        assert!(published.contains("default-src 'none'; script-src 'self'; style-src 'self'"));
        for forbidden in ["unsafe", "http:", "https:", "*;"] {
            assert!(!published.contains(forbidden), "{forbidden}");
        }
        for line in published.lines() {
            assert!(line.len() < 2000, "the host refuses longer lines");
        }
    }

    #[test]
    fn only_a_published_site_insists_on_https() {
        for header in ["upgrade-insecure-requests", "Strict-Transport-Security"] {
            assert!(headers(BuildMode::Publish).contains(header));
            assert!(!headers(BuildMode::Preview).contains(header));
        }
    }

    #[test]
    fn scripts_of_a_preview_may_do_no_more_than_those_of_the_published_site() {
        let policy = |mode| {
            let all = headers(mode);
            let line = all.lines().nth(1).unwrap().to_owned();
            line.replace("; upgrade-insecure-requests", "")
        };
        assert_eq!(policy(BuildMode::Preview), policy(BuildMode::Publish));
        assert!(policy(BuildMode::Preview).ends_with("; trusted-types 'none'"));
    }

    #[test]
    fn fingerprinted_files_may_be_kept_for_a_year() {
        assert!(
            headers(BuildMode::Publish)
                .ends_with("\n\n/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n")
        );
    }

    #[test]
    fn folders_show_their_index_and_get_their_slash() {
        assert_eq!(
            redirects([
                "login.html",
                "index.html",
                "help/index.html",
                "reindex.html",
                "en/index.html"
            ]),
            "/ /index.html 200\n\
             /en/ /en/index.html 200\n/en /en/ 301\n\
             /help/ /help/index.html 200\n/help /help/ 301\n"
        );
    }
}
