//! What a build does to the output folder, and what it leaves alone.

use std::fs;

use crate::fixture::Fixture;

#[test]
fn a_failed_build_leaves_every_file_as_it_was() {
    let site = Fixture::new();
    site.build().unwrap();
    let before = site.dist();
    assert!(before.contains_key("index.html"));
    let site = site
        .page("ru/index.md", "changed")
        .page("ru/a.md", "[b](nope.md)")
        .without("content/ru/help/index.md");
    site.build().unwrap_err();
    assert_eq!(site.dist(), before);
}

#[test]
fn two_builds_of_the_same_sources_are_equal_byte_by_byte() {
    let site = || {
        let mut site = Fixture::new()
            .file("site-gen/theme/css/site.css", "a{}")
            .file("site-gen/theme/js/a.js", "import \"./b.js\"")
            .file("site-gen/theme/js/b.js", "");
        for number in 0..40 {
            site = site.page(&format!("ru/help/p{number}.md"), "## A\n\n[b](index.md)");
        }
        site
    };
    let (one, other) = (site(), site());
    one.build().unwrap();
    other.build().unwrap();
    assert_eq!(one.dist(), other.dist());
}

#[test]
fn a_second_build_without_a_change_writes_nothing() {
    let site = Fixture::new();
    let first = site.build().unwrap();
    assert_eq!(first.pages, 3);
    assert_eq!(first.written.changed, 9);
    let second = site.build().unwrap();
    assert_eq!((second.written.changed, second.written.removed), (0, 0));
}

#[test]
fn a_page_that_was_deleted_disappears_from_the_output() {
    let site = Fixture::new();
    site.build().unwrap();
    assert!(site.dist().contains_key("help/index.html"));
    let site = site.without("content/ru/help/index.md");
    let report = site.build().unwrap();
    assert_eq!(
        report.written.removed, 3,
        "the page, its copy, and the list of copies"
    );
    assert!(!site.out().join("help").exists());
}

#[test]
fn a_file_that_someone_else_put_there_is_kept() {
    let site = Fixture::new();
    site.build().unwrap();
    fs::write(site.out().join("help/notes.txt"), "mine").unwrap();
    let site = site.without("content/ru/help/index.md");
    site.build().unwrap();
    assert_eq!(site.dist()["help/notes.txt"], b"mine");
}

#[test]
fn a_folder_that_was_not_made_by_the_generator_is_refused() {
    let site = Fixture::new();
    fs::create_dir(site.out()).unwrap();
    fs::write(site.out().join("thesis.txt"), "mine").unwrap();
    let error = site.errors();
    assert!(
        error.contains("is not empty and was not made by the generator"),
        "{error}"
    );
    assert_eq!(site.dist().len(), 1);
}
