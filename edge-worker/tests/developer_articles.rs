//! The help tells developers of every address and of every code, in both languages.

#![allow(
    clippy::unwrap_used,
    reason = "this is test code: a surprise ends the test"
)]

use std::fs;
use std::path::Path;

use edge_worker::http::openapi::document;
use edge_worker::http::routes::ROUTES;

fn article(language: &str, name: &str) -> String {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("../content");
    fs::read_to_string(content.join(format!("{language}/help/developers/{name}.md"))).unwrap()
}

fn missing_from<'a>(article: &str, words: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    words
        .filter(|word| !article.contains(&format!("`{word}`")))
        .collect()
}

#[test]
fn every_address_is_in_the_article_about_addresses() {
    let addresses = ROUTES.map(|route| format!("{} {}", route.method, route.path));
    for language in ["ru", "en"] {
        let article = article(language, "endpoints");
        let missing = missing_from(&article, addresses.iter().map(String::as_str));
        assert!(missing.is_empty(), "{language}: {missing:#?}");
    }
}

#[test]
fn every_code_is_in_the_article_about_errors() {
    let document = document();
    let schemas = document["components"]["schemas"].as_object().unwrap();
    let codes = || {
        schemas
            .keys()
            .filter_map(|name| name.strip_prefix("Failure."))
    };
    assert!(codes().count() > 10, "the document names its failures");
    for language in ["ru", "en"] {
        let missing = missing_from(&article(language, "errors"), codes());
        assert!(missing.is_empty(), "{language}: {missing:#?}");
    }
}
