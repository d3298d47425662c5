//! The site of this repository, as visitors and machines get it.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "the driver of tests stops at the first surprise, as the tests do"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use roxmltree::Document;
use site_gen::mail;
use site_gen::output::OutputFile;
use site_gen::workshop::Workshop;
use site_gen::{BuildMode, generate};

use crate::fixture::today;

fn site() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    generate(root, BuildMode::Publish, today())
        .unwrap_or_else(|errors| panic!("{errors}"))
        .into_iter()
        .filter_map(|OutputFile { path, content }| Some((path, String::from_utf8(content).ok()?)))
        .collect()
}

fn pages(site: &BTreeMap<String, String>) -> impl Iterator<Item = (&str, &str)> {
    let is_page = |path: &str| Path::new(path).extension().is_some_and(|end| end == "html");
    let pages = site.iter().filter(move |(path, _)| is_page(path));
    pages.map(|(path, html)| (path.as_str(), html.as_str()))
}

/// The tags of a page that begin so, without their `<` and `>`.
fn tags<'a>(html: &'a str, beginning: &str) -> Vec<&'a str> {
    html.split('<')
        .filter_map(|part| part.split_once('>').map(|(tag, _)| tag))
        .filter(|tag| tag.starts_with(beginning))
        .collect()
}

/// The ids of a page, in their order.
fn ids(html: &str) -> Vec<&str> {
    site_gen::markup::attributes(html)
        .filter(|(name, _)| *name == "id")
        .map(|(_, id)| id)
        .collect()
}

#[test]
fn every_script_and_style_carries_its_hash_and_the_policy_stays_strict() {
    let site = site();
    let mut count = 0;
    for (path, html) in pages(&site) {
        let loaded = tags(html, "link")
            .into_iter()
            .filter(|tag| tag.contains("rel=\"stylesheet\""))
            .chain(
                tags(html, "script")
                    .into_iter()
                    .filter(|tag| tag.contains(" src=")),
            );
        for tag in loaded {
            assert!(tag.contains(" integrity=\"sha384-"), "{path}: {tag}");
            count += 1;
        }
    }
    assert!(count > 30, "{count}");
    // One script stands on the page itself, so that a chosen theme is there before anything is drawn.
    let policy = &site["_headers"];
    let scripts = policy.split_once("; script-src 'self' 'sha256-");
    let (_, after) = scripts.unwrap_or_else(|| panic!("{policy}"));
    let (hash, after) = after.split_once('\'').unwrap();
    assert_eq!(hash.len(), 44);
    assert!(after.starts_with("; style-src 'self'; "), "{policy}");
}

#[test]
fn no_page_uses_an_id_twice() {
    for (path, html) in pages(&site()) {
        let mut ids = ids(html);
        ids.sort_unstable();
        assert!(
            ids.is_sorted_by(|one, other| one < other),
            "{path}: {ids:?}"
        );
    }
}

#[test]
fn the_sitemap_names_what_search_engines_may_list_and_nothing_else() {
    let site = site();
    let sitemap = Document::parse(&site["sitemap.xml"]).unwrap();
    let listed: Vec<_> = sitemap
        .descendants()
        .filter(|node| node.has_tag_name(("http://www.sitemaps.org/schemas/sitemap/0.9", "loc")))
        .filter_map(|node| node.text())
        .collect();
    let mut hidden = 0;
    for (path, html) in pages(&site) {
        let canonical = tags(html, "link rel=\"canonical\"");
        let url = canonical.first().and_then(|tag| tag.split('"').nth(3));
        let is_hidden = html.contains("<meta name=\"robots\" content=\"noindex\">");
        let is_listed = url.is_some_and(|url| listed.contains(&url));
        assert_ne!(is_hidden, is_listed, "{path}");
        hidden += usize::from(is_hidden);
    }
    assert!(hidden > 0 && listed.len() > hidden);
    assert!(site["robots.txt"].ends_with("Sitemap: https://miniapp.expert/sitemap.xml\n"));
}

#[test]
fn pages_below_the_first_one_tell_their_place_in_structured_data() {
    let site = site();
    for (path, kinds) in [
        ("index.html", &["Organization", "WebSite"][..]),
        ("en/index.html", &["Organization", "WebSite"]),
        ("help/index.html", &["BreadcrumbList"]),
        ("terms.html", &["BreadcrumbList"]),
        (
            "help/cabinet-access.html",
            &["TechArticle", "BreadcrumbList"],
        ),
        ("404.html", &[]),
    ] {
        let opening = "<script type=\"application/ld+json\">";
        let data = site[path]
            .split_once(opening)
            .and_then(|(_, rest)| rest.split_once("</script>"))
            .map(|(data, _)| serde_json::from_str::<serde_json::Value>(data).unwrap());
        let found: Vec<_> = data
            .iter()
            .filter_map(|data| data["@graph"].as_array())
            .flatten()
            .filter_map(|node| node["@type"].as_str())
            .collect();
        assert!(
            kinds.iter().all(|kind| found.contains(kind)),
            "{path}: {found:?}"
        );
        assert_eq!(kinds.is_empty(), found.is_empty(), "{path}");
    }
}

#[test]
fn pages_tell_their_title_and_language_to_those_who_pass_their_address_on() {
    let site = site();
    for (path, kind, locale, other) in [
        ("index.html", "website", "ru_RU", "en_US"),
        ("help/cabinet-access.html", "article", "ru_RU", "en_US"),
        ("en/help/cabinet-access.html", "article", "en_US", "ru_RU"),
    ] {
        let metas = tags(&site[path], "meta property=\"");
        for (name, value) in [
            ("og:type", kind),
            ("og:site_name", "MiniApp.Expert"),
            ("og:locale", locale),
            ("og:locale:alternate", other),
        ] {
            let expected = format!("meta property=\"{name}\" content=\"{value}\"");
            assert!(metas.contains(&expected.as_str()), "{path}: {expected}");
        }
    }
    assert!(tags(&site["404.html"], "meta property=").is_empty());
}

#[test]
fn an_article_is_surrounded_by_what_its_reader_may_want_next() {
    let site = site();
    for (path, words) in [
        (
            "help/cabinet-access.html",
            [
                "На\u{a0}этой странице",
                "Статья помогла?",
                "Не\u{a0}нашли ответа?",
            ],
        ),
        (
            "en/help/cabinet-access.html",
            ["On this page", "Did this help?", "No answer here?"],
        ),
    ] {
        let html = &site[path];
        for word in words {
            assert!(html.contains(word), "{path}: {word}");
        }
        assert!(html.contains("<span aria-current=\"page\">"), "{path}");
        assert!(html.contains("help/\" aria-current=\"true\">"), "{path}");
        let letters: Vec<_> = tags(html, "a ")
            .into_iter()
            .filter(|tag| tag.contains("href=\"mailto:") && tag.contains("?subject="))
            .collect();
        assert_eq!(letters.len(), 2, "{path}");
        for letter in letters {
            assert!(
                letter.contains("&amp;body=https%3A//miniapp.expert/"),
                "{letter}"
            );
            assert!(!letter.contains("%20%0A"), "{letter}");
        }
    }
}

#[test]
fn a_section_can_be_printed_as_a_whole_and_links_stay_on_the_sheet() {
    let site = site();
    let is_sheet = |path: &str| path.starts_with("help/") && path.ends_with("/print.html");
    let (path, sheet) = pages(&site).find(|(path, _)| is_sheet(path)).unwrap();
    let index = path.replace("print.html", "index.html");
    assert!(site[&index].contains(&format!("href=\"/{path}\"")));
    assert!(sheet.contains("<article class=\"prose sheet-article\" id=\"article-1\""));
    let twin = format!("en/{path}");
    assert!(
        site.contains_key(&twin) && sheet.contains(&format!("href=\"/{twin}\" hreflang=\"en\""))
    );
    let known = ids(sheet);
    for (_, target) in site_gen::markup::attributes(sheet).filter(|(name, _)| *name == "href") {
        if let Some(id) = target.strip_prefix('#') {
            assert!(known.contains(&id), "{target}");
        }
    }
}

#[test]
fn the_mails_of_the_worker_are_what_their_texts_say() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut workshop = Workshop::for_one_build(root, BuildMode::Publish, today());
    let round = workshop.check();
    assert!(round.is_good(), "{}", round.diagnostics);
    let letters = workshop.letters();
    // Too few texts are no texts: this would else say that nothing is as nothing should be.
    assert!(letters.len() > 10, "{}", letters.len());
    assert!(
        mail::is_delivered(root, letters),
        "{} is not what content/mail says; run: cargo site build",
        mail::FILE
    );
}

#[test]
fn a_mail_tells_the_same_facts_in_every_language_and_never_shouts() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut workshop = Workshop::for_one_build(root, BuildMode::Publish, today());
    workshop.check();
    let facts = |text: &str| {
        let mut facts: Vec<_> = text
            .split("{{")
            .filter_map(|part| part.split_once("}}").map(|(fact, _)| fact.to_owned()))
            .collect();
        facts.sort();
        facts
    };
    for (name, languages) in workshop.letters() {
        let [english, russian] = ["en", "ru"].map(|code| &languages[code]);
        assert_eq!(facts(&english.text), facts(&russian.text), "{name}");
        for letter in [english, russian] {
            assert!(!letter.text.contains('!'), "{name}: {}", letter.text);
            assert!(letter.text.contains("hello@miniapp.expert"), "{name}");
        }
    }
}

#[test]
fn pages_ask_for_passwords_as_long_as_the_worker_wants_them() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let settings = fs::read_to_string(root.join("wrangler.toml")).unwrap();
    let (_, rest) = settings.split_once("PASSWORD_MIN_CHARS = \"").unwrap();
    let (min, _) = rest.split_once('"').unwrap();
    let site = site();
    for path in ["login.html", "reset-password.html", "en/cabinet.html"] {
        let attribute = format!(" data-min-chars=\"{min}\"");
        assert!(site[path].contains(&attribute), "{path}: {attribute}");
    }
}

#[test]
fn pages_of_mailed_links_are_kept_from_search_engines_and_tell_nobody_their_address() {
    let site = site();
    for language in ["", "en/"] {
        for page in ["reset-password", "verify-email", "change-email"] {
            let html = &site[&format!("{language}{page}.html")];
            for meta in [
                "robots\" content=\"noindex",
                "referrer\" content=\"no-referrer",
            ] {
                let tag = format!("<meta name=\"{meta}\">");
                assert!(html.contains(&tag), "{language}{page}: {tag}");
            }
        }
    }
}
