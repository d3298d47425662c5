//! `cargo site new` makes pages that pass the checks, and never harms one that is there.

#![expect(
    clippy::unwrap_used,
    reason = "the driver of tests stops at the first surprise, as the tests do"
)]

use std::fs;
use std::process::Output;

use crate::fixture::Fixture;

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn read(site: &Fixture, path: &str) -> String {
    fs::read_to_string(site.root().join(path)).unwrap()
}

/// What the program says when it makes nothing.
fn refusal(site: &Fixture, arguments: &[&str]) -> String {
    let before = fs::read_dir(site.root().join("content/ru"))
        .unwrap()
        .count();
    let Output {
        status,
        stdout,
        stderr,
    } = site.run_with(arguments);
    assert_eq!(status.code(), Some(1));
    assert_eq!(stdout, b"");
    let after = fs::read_dir(site.root().join("content/ru"))
        .unwrap()
        .count();
    assert_eq!(after, before);
    text(&stderr)
}

fn help_section() -> Fixture {
    let article =
        "+++\ntitle = \"A\"\ndescription = \"B\"\ntemplate = \"help-article\"\norder = 20\n+++\n";
    Fixture::new()
        .template("help-article.html", "{{ page.content }}")
        .file("content/ru/help/a.md", article)
        .file("content/en/help/a.md", article)
        .page("en/help/index.md", "")
}

#[test]
fn a_new_page_passes_the_checks_in_both_languages_and_looks_like_its_neighbours() {
    let site = help_section();
    let output = site.run_with(&["new", "help/refunds"]);
    assert_eq!(text(&output.stderr), "");
    assert_eq!(
        text(&output.stdout),
        "made content/ru/help/refunds.md\n\
         made content/en/help/refunds.md\n\
         Write the title, the description and the text; cargo site serve shows the page at \
         /help/refunds.html and /en/help/refunds.html\n"
    );
    let russian = read(&site, "content/ru/help/refunds.md");
    assert!(
        russian.starts_with("+++\ntitle = \"Новая страница\"\n"),
        "{russian}"
    );
    for language in ["ru", "en"] {
        let page = read(&site, &format!("content/{language}/help/refunds.md"));
        assert!(
            page.contains("\ntemplate = \"help-article\"\norder = 30\n+++\n\n## "),
            "{page}"
        );
    }
    site.build().unwrap();
    assert!(site.render("en/help/refunds.html").contains("id=\"start\""));
}

#[test]
fn title_and_language_are_taken_from_the_command_line() {
    let site = help_section();
    let output = site.run_with(&[
        "new",
        "help/refunds",
        "--lang",
        "ru",
        "--title",
        "Возврат «денег»",
    ]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(
        read(&site, "content/ru/help/refunds.md").starts_with("+++\ntitle = \"Возврат «денег»\"\n")
    );
    assert!(!site.root().join("content/en/help/refunds.md").exists());
    site.build().unwrap();
}

#[test]
fn a_new_folder_gets_its_index_page_and_everything_passes_the_checks() {
    let site = Fixture::new();
    let output = site.run_with(&["new", "guides/start/first"]);
    let files = [
        "content/ru/guides/index.md",
        "content/ru/guides/start/index.md",
        "content/ru/guides/start/first.md",
    ];
    for file in files {
        assert!(text(&output.stdout).contains(&format!("made {file}\n")));
    }
    site.build().unwrap();
    assert!(
        site.render("guides/index.html")
            .contains("href=\"/guides/start/first.html\"")
    );
}

#[test]
fn a_page_that_is_there_is_not_touched() {
    let site = help_section().page("ru/help/refunds.md", "mine");
    let before = read(&site, "content/ru/help/refunds.md");
    assert_eq!(
        refusal(&site, &["new", "help/refunds"]),
        "error: content/ru/help/refunds.md exists and is not overwritten\n  \
         = help: to make the other language only: cargo site new help/refunds --lang en\n"
    );
    assert_eq!(read(&site, "content/ru/help/refunds.md"), before);
    assert!(!site.root().join("content/en/help/refunds.md").exists());
    assert_eq!(
        refusal(&site, &["new", "help/a"]),
        "error: content/ru/help/a.md exists and is not overwritten\n  \
         = help: open it, or take another name\n"
    );
}

#[test]
fn names_that_cannot_be_addresses_are_refused_with_a_better_one() {
    for (name, help) in [
        (
            "help/Refunds",
            "the name is part of the address; take help/refunds",
        ),
        ("Возврат", "the name is part of the address; take vozvrat"),
        ("../secret", "the name is part of the address; take secret"),
        (
            "help/_part",
            "the name is part of the address; take help/part",
        ),
        (
            "支払",
            "name it with small Latin letters, digits and `-`, its folder before a `/`: help/refunds",
        ),
    ] {
        assert_eq!(
            refusal(&Fixture::new(), &["new", name]),
            format!("error: \"{name}\" cannot be the name of a page\n  = help: {help}\n")
        );
    }
}

#[test]
fn a_name_may_be_written_as_the_file_that_it_becomes() {
    let site = help_section();
    assert!(site.run_with(&["new", "/help/refunds.md"]).status.success());
    assert!(site.root().join("content/ru/help/refunds.md").exists());
}

#[test]
fn orders_that_cannot_be_followed_are_refused_with_the_cure() {
    let site = Fixture::new();
    assert!(refusal(&site, &["new", "a", "--title", " "]).contains("the title is empty"));
    let site = site.without("content/en/messages.toml");
    assert!(refusal(&site, &["new", "a", "--lang", "en"]).contains(
        "the site has no language `en`\n  = help: a language begins with its file content/en/messages.toml"
    ));
    let site = site.without("content/ru/messages.toml");
    assert!(refusal(&site, &["new", "a"]).contains("there is no site in"));
}
