//! Texts with values, parts, terms and buttons, from files to finished pages.

use crate::fixture::{Fixture, page};
use site_gen::BuildMode;

const GLOSSARY: &str = "[terms.jwt]\ntitle = \"JWT\"\ntext = \"Signed note\"\n";

fn site() -> Fixture {
    Fixture::new()
        .file("content/prices.toml", "month = 199000\n")
        .file("content/ru/glossary.toml", GLOSSARY)
        .page("ru/help/glossary.md", "::: glossary\n:::")
        .file(
            "content/ru/parts/_support.md",
            "[Помощь](../help/index.md)\n",
        )
}

#[test]
fn a_text_uses_values_parts_terms_and_buttons() {
    let mut site = site();
    for (text, expected) in [
        ("{{ prices.month | money }}", "<p>1\u{a0}990\u{a0}₽</p>"),
        (
            "{{ include(\"parts/_support.md\") }}",
            "<p><a href=\"/help/\">Помощь</a></p>",
        ),
        (
            "[JWT](term:jwt)",
            "<a href=\"/help/glossary.html#term-jwt\" class=\"term\" title=\"Signed note\">JWT</a>",
        ),
        (
            "[Войти](button:help/index.md)",
            "<a href=\"/help/\" class=\"button\">Войти</a>",
        ),
    ] {
        site = site.page("ru/a.md", text);
        let html = site.render("a.html");
        assert!(html.contains(expected), "{text}:\n{html}");
    }
    let pages = site.generate(BuildMode::Publish);
    assert!(!pages.keys().any(|path| path.contains("_support")));
}

#[test]
fn the_link_of_a_part_is_checked_and_told_in_the_part() {
    let errors = site()
        .file("content/ru/parts/_support.md", "a\n[b](nope.md)\n")
        .page("ru/a.md", "{{ include(\"/parts/_support.md\") }}")
        .errors();
    assert!(
        errors.starts_with(
            "error: there is no page \"parts/nope.md\"\n --> content/ru/parts/_support.md:2:1\n"
        ),
        "{errors}"
    );
}

#[test]
fn a_term_needs_a_page_with_the_glossary() {
    let errors = site()
        .page("ru/help/glossary.md", "")
        .page("ru/a.md", "[JWT](term:jwt)")
        .errors();
    assert!(
        errors.starts_with(
            "error: no page lists the terms of the glossary\n --> content/ru/a.md:5:1\n"
        ),
        "{errors}"
    );
}

#[test]
fn what_pages_share_is_checked_like_the_pages() {
    for (path, text, place) in [
        (
            "content/prices.toml",
            "month = x",
            "content/prices.toml:1:9",
        ),
        ("content/section.toml", "a = 1", "content/section.toml"),
        (
            "content/ru/glossary.toml",
            "[terms.jwt]\n",
            "content/ru/glossary.toml:1:1",
        ),
    ] {
        let errors = Fixture::new().file(path, text).errors();
        assert!(errors.contains(place), "{path}:\n{errors}");
    }
    let errors = Fixture::new()
        .file("content/ru/a.md", &page("## A {#x}\n\n## B {#x}"))
        .errors();
    assert!(errors.contains("the id `x` is already used"), "{errors}");
}
