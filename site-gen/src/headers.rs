//! `_headers` and `_redirects`: what the host sends along with the files.
//!
//! Names with a fingerprint may be kept for a year. For all other files the host's own rule stands (`public, max-age=0,
//! must-revalidate` with an `ETag`): a page kept longer would ask for assets that the next deployment has taken away.
//!
//! Pages that may show Cloudflare's check for people have a rule of their own, which takes away what the rule for everything
//! set and puts wider headers in its place; see [`Strangers`]. Without such pages there is no trace of it.
//!
//! The host's limits: <https://developers.cloudflare.com/workers/static-assets/headers/>.

mod policy;
mod redirects;
mod strangers;

use crate::BuildMode;
use crate::diagnostics::Diagnostic;
use crate::language::Language;

pub use policy::InlineCode;
pub use redirects::{Alias, redirects};
pub use strangers::{CHECK, Strangers};

const FILE: &str = "_headers";
const LONGEST_LINE: usize = 2_000;

const POLICY: &str = "Content-Security-Policy";

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

const KEPT_FOR_A_YEAR: &str = "Cache-Control: public, max-age=31536000, immutable";

/// Pages and files of this site are only put together with files that agree to it.
const ISOLATION: (&str, &str) = ("Cross-Origin-Embedder-Policy", "require-corp");

/// The file `_headers` for a site whose pages hold this inline code. Those at the addresses of `checking` may show the check
/// for people.
pub fn headers<'a>(
    mode: BuildMode,
    inline: &InlineCode,
    checking: impl IntoIterator<Item = &'a str>,
) -> Result<String, Diagnostic> {
    let mut rules = vec![
        ("/*".to_owned(), everywhere(mode, inline)),
        ("/assets/*".to_owned(), vec![KEPT_FOR_A_YEAR.to_owned()]),
    ];
    rules.extend(Language::ALL.map(|language| {
        let path = format!("/search/{language}/*");
        (path, vec![KEPT_FOR_A_YEAR.to_owned()])
    }));
    // The copies in Markdown are for readers that ask for them; a search result leads to the page.
    rules.push(("/*.md".to_owned(), vec!["X-Robots-Tag: noindex".to_owned()]));
    let checking = checking.into_iter();
    rules.extend(checking.map(|address| (address.to_owned(), with_check(mode, inline))));
    let blocks: Vec<_> = rules
        .iter()
        .map(|(path, lines)| format!("{path}\n  {}\n", lines.join("\n  ")))
        .collect();
    let text = blocks.join("\n");
    if text.lines().any(|line| line.len() > LONGEST_LINE) {
        let message = "the pages hold more inline scripts and styles than a header can name";
        return Err(Diagnostic::about(FILE, message)
            .help("move them from the templates into site-gen/theme/js and site-gen/theme/css"));
    }
    Ok(text)
}

fn everywhere(mode: BuildMode, inline: &InlineCode) -> Vec<String> {
    let policy = policy::policy(mode, Strangers::None, inline);
    let mut lines = vec![format!("{POLICY}: {policy}")];
    if mode == BuildMode::Publish {
        lines.push("Strict-Transport-Security: max-age=31536000; includeSubDomains".to_owned());
    }
    let others = [ISOLATION].into_iter().chain(EVERYWHERE);
    lines.extend(others.map(|(name, value)| format!("{name}: {value}")));
    lines
}

/// What a page with the check is sent instead. A frame of somebody else's would have to agree to isolation, and the
/// documentation of Turnstile does not say that its does.
fn with_check(mode: BuildMode, inline: &InlineCode) -> Vec<String> {
    let policy = policy::policy(mode, Strangers::Turnstile, inline);
    vec![
        format!("! {POLICY}"),
        format!("! {}", ISOLATION.0),
        format!("{POLICY}: {policy}"),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(mode: BuildMode) -> String {
        headers(mode, &InlineCode::default(), []).unwrap()
    }

    #[test]
    fn only_a_published_site_insists_on_https() {
        for header in ["upgrade-insecure-requests", "Strict-Transport-Security"] {
            assert!(text(BuildMode::Publish).contains(header));
            assert!(!text(BuildMode::Preview).contains(header));
        }
    }

    #[test]
    fn pages_with_the_check_have_wider_rules_of_their_own_and_others_change_by_no_byte() {
        let inline = InlineCode::of_page("<script>alert(1)</script>");
        let of =
            |pages: &[&str]| headers(BuildMode::Publish, &inline, pages.iter().copied()).unwrap();
        let (without, with) = (of(&[]), of(&["/login.html", "/en/login.html"]));
        assert!(without.contains("  Cross-Origin-Embedder-Policy: require-corp\n"));
        let policy = policy::policy(BuildMode::Publish, Strangers::Turnstile, &inline);
        let rule = |page| {
            format!(
                "\n{page}\n  ! Content-Security-Policy\n  ! Cross-Origin-Embedder-Policy\n  \
                 Content-Security-Policy: {policy}\n"
            )
        };
        assert_eq!(
            with,
            without + &rule("/login.html") + &rule("/en/login.html")
        );
    }

    #[test]
    fn scripts_of_a_preview_may_do_no_more_than_those_of_the_published_site() {
        let policy = |mode| {
            let line = text(mode).lines().nth(1).unwrap().to_owned();
            line.replace("; upgrade-insecure-requests", "")
        };
        assert_eq!(policy(BuildMode::Preview), policy(BuildMode::Publish));
        assert!(policy(BuildMode::Preview).contains("; trusted-types offline-page"));
    }

    #[test]
    fn fingerprinted_files_may_be_kept_for_a_year_and_copies_stay_out_of_search_engines() {
        let text = text(BuildMode::Publish);
        let (_, rules) = text.split_once("\n\n").unwrap();
        assert_eq!(
            rules,
            "/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n\n\
             /search/ru/*\n  Cache-Control: public, max-age=31536000, immutable\n\n\
             /search/en/*\n  Cache-Control: public, max-age=31536000, immutable\n\n\
             /*.md\n  X-Robots-Tag: noindex\n"
        );
    }

    #[test]
    fn more_inline_code_than_a_line_can_name_is_an_error_with_the_cure() {
        let mut inline = InlineCode::default();
        let mut add = |count: usize| {
            for number in 0..count {
                let page = format!("<script>{number}</script><style>{number}</style>");
                inline.extend(&InlineCode::of_page(&page));
            }
            headers(BuildMode::Publish, &inline, [])
        };
        assert!(add(10).is_ok());
        let error = add(20).unwrap_err().to_string();
        assert!(error.contains("move them from the templates"), "{error}");
    }
}
