//! Front matter beyond title and text: notations, addresses, drafts, dates and reviews.

#![expect(
    clippy::unwrap_used,
    reason = "the driver of tests stops at the first surprise, as the tests do"
)]

use std::path::Path;
use std::process::Command;

use site_gen::BuildMode;

use crate::fixture::{Fixture, page, today};

/// A page with these lines in its front matter.
fn page_with(lines: &str) -> String {
    page("## Часть").replacen("description", &format!("{lines}\ndescription"), 1)
}

#[test]
fn front_matter_may_be_written_in_yaml() {
    let html = Fixture::new()
        .template("page.html", "{{ page.title }}|{{ page.order }}|{{ page.updated }}|{{ page.address }}")
        .file(
            "content/ru/a.md",
            "---\ntitle: \"Вход: как\"\ndescription: Коротко\norder: 3\nupdated: 2026-02-01\nslug: enter\n---\nТекст\n",
        )
        .render("enter.html");
    assert_eq!(html, "Вход: как|3|2026-02-01|/enter.html");
}

#[test]
fn mistakes_in_yaml_are_told_at_their_place() {
    for (header, place, message) in [
        (
            "titel: Вход",
            "a.md:2:1",
            "the front matter has no key `titel`",
        ),
        (
            "order: два",
            "a.md:2:8",
            "`order` takes a whole number, and this is a text",
        ),
        (
            "nav: Я\nupdated: вчера",
            "a.md:3:10",
            "`updated` takes a date",
        ),
        (
            "nav: [a, b]",
            "a.md:2:6",
            "`nav` takes a text, and this is a list",
        ),
        (
            "aliases: [help]",
            "a.md:2:11",
            "the alias is not an address of this site",
        ),
        ("- a\n- b", "a.md:2:1", "is not a list of keys with values"),
        ("nav: \"Вход", "a.md:2:6", "the text in quotes does not end"),
        (
            "nav: a\nnav: b",
            "a.md:3:1",
            "the key stands here for the second time",
        ),
    ] {
        let more = if header.starts_with('-') {
            ""
        } else {
            "\ntitle: A\ndescription: B"
        };
        let errors = Fixture::new()
            .file("content/ru/a.md", &format!("---\n{header}{more}\n---\n"))
            .errors();
        assert!(errors.contains(place), "{header}:\n{errors}");
        assert!(errors.contains(message), "{header}:\n{errors}");
    }
}

#[test]
fn a_slug_changes_the_address_and_links_to_the_file_follow() {
    let site = Fixture::new()
        .file(
            "content/ru/help/refunds.md",
            &page_with("slug = \"money-back\""),
        )
        .page("ru/a.md", "[b](help/refunds.md#часть)");
    assert!(
        site.render("a.html")
            .contains("href=\"/help/money-back.html#часть\"")
    );
    assert!(
        !site
            .generate(BuildMode::Publish)
            .contains_key("help/refunds.html")
    );
}

#[test]
fn an_alias_leads_to_the_page_and_can_be_linked() {
    let site = Fixture::new()
        .file(
            "content/ru/a.md",
            &page_with("aliases = [\"/help/old.html\", \"/older/\"]"),
        )
        .template("page.html", "<a href=\"/help/old.html\">{{ page.content }}");
    let redirects = &site.generate(BuildMode::Publish)["_redirects"];
    for line in ["/help/old.html /a.html 301\n", "/older/ /a.html 301\n"] {
        assert!(redirects.contains(line), "{redirects}");
    }
}

#[test]
fn two_pages_cannot_share_an_address_whoever_claims_it() {
    for (lines, message) in [
        (
            "slug = \"b\"",
            "the address /b.html is already that of content/ru/a.md",
        ),
        (
            "aliases = [\"/help/\"]",
            "the alias /help/ already leads to content/ru/help/index.md",
        ),
        (
            "aliases = [\"/b.html\"]",
            "the alias /b.html already leads to content/ru/b.md",
        ),
    ] {
        let errors = Fixture::new()
            .file("content/ru/a.md", &page_with(lines))
            .page("ru/b.md", "")
            .errors();
        assert!(errors.contains(message), "{lines}:\n{errors}");
    }
}

#[test]
fn a_draft_is_seen_in_previews_only_and_nothing_published_may_lead_to_it() {
    let site = Fixture::new().file("content/ru/a.md", &page_with("draft = true"));
    assert!(!site.generate(BuildMode::Publish).contains_key("a.html"));
    assert!(site.generate(BuildMode::Preview).contains_key("a.html"));
    let errors = site.page("ru/b.md", "[a](a.md)").errors();
    assert!(
        errors.contains("the page \"a.md\" is a draft and will not be published"),
        "{errors}"
    );
}

#[test]
fn a_page_to_be_read_again_warns_first_and_stops_the_build_a_month_later() {
    // All tests take place on 2026-11-23.
    for (day, expected) in [
        ("2026-11-24", None),
        ("2026-11-23", Some("warning: ")),
        ("2026-10-25", Some("warning: ")),
        ("2026-10-24", Some("error: ")),
    ] {
        let site =
            Fixture::new().file("content/ru/a.md", &page_with(&format!("review_by = {day}")));
        let told = match site.build() {
            Ok(report) => report.warnings.to_string(),
            Err(errors) => errors,
        };
        match expected {
            None => assert_eq!(told, "", "{day}"),
            Some(severity) => {
                let message = format!(
                    "{severity}the page was to be read again by {day}\n --> content/ru/a.md:3:13"
                );
                assert!(told.starts_with(&message), "{day}: {told}");
            }
        }
    }
}

#[test]
fn a_published_address_must_go_on_leading_somewhere() {
    let site = Fixture::new().file("content/published.txt", "/\n/help/gone.html\n");
    let errors = site.errors();
    assert!(
        errors.contains("the address /help/gone.html was published"),
        "{errors}"
    );
    site.file(
        "content/ru/a.md",
        &page_with("aliases = [\"/help/gone.html\"]"),
    )
    .build()
    .unwrap();
}

#[test]
fn recording_writes_the_list_that_later_builds_are_held_to() {
    let site = Fixture::new();
    let output = Command::new(env!("CARGO_BIN_EXE_site"))
        .args(["check", "--record", "--root"])
        .arg(site.root())
        .output()
        .unwrap();
    assert!(output.status.success());
    let list = std::fs::read_to_string(site.root().join("content/published.txt")).unwrap();
    assert!(list.ends_with("\n/\n/en/\n/help/\n"), "{list}");
    let errors = site.without("content/ru/help/index.md").errors();
    assert!(
        errors.contains("the address /help/ was published"),
        "{errors}"
    );
}

#[test]
fn dates_come_from_the_history_unless_they_are_written() {
    let site = Fixture::new()
        .template("page.html", "{{ page.updated }}")
        .file("content/ru/a.md", &page_with("updated = 2026-01-02"));
    assert_eq!(site.render("index.html"), "", "no repository, no date");
    commit(site.root(), "2026-03-04T12:00:00+00:00");
    assert_eq!(site.render("index.html"), "2026-03-04");
    assert_eq!(site.render("a.html"), "2026-01-02");
    let site = site.page("ru/index.md", "Новое");
    commit(site.root(), "2026-05-06T23:30:00-02:00");
    assert_eq!(
        site.render("index.html"),
        "2026-05-07",
        "days are those of UTC"
    );
    assert_eq!(site.render("help/index.html"), "2026-03-04");
}

#[test]
fn a_translation_older_than_its_original_is_a_warning() {
    let site = Fixture::new();
    commit(site.root(), "2026-03-04T12:00:00+00:00");
    assert_eq!(site.build().unwrap().warnings.to_string(), "");
    let site = site.page("ru/index.md", "Новое");
    commit(site.root(), "2026-05-06T12:00:00+00:00");
    let warnings = site.build().unwrap().warnings.to_string();
    assert!(
        warnings.starts_with(
            "warning: the translation is older than content/ru/index.md\n --> content/en/index.md:1:1\n"
        ),
        "{warnings}"
    );
    let site = site.file("content/en/index.md", &page_with("updated = 2026-05-06"));
    assert_eq!(site.build().unwrap().warnings.to_string(), "");
}

#[test]
fn a_shallow_clone_is_named_and_its_dates_are_not_guessed() {
    let site = Fixture::new().template("page.html", "{{ page.updated }}");
    commit(site.root(), "2026-03-04T12:00:00+00:00");
    let site = site.page("ru/index.md", "Новое").page("en/index.md", "New");
    commit(site.root(), "2026-05-06T12:00:00+00:00");
    let site = site
        .page("ru/index.md", "Новее")
        .page("en/index.md", "Newer");
    commit(site.root(), "2026-07-08T12:00:00+00:00");
    let folder = tempfile::tempdir().unwrap();
    let address = format!("file://{}", site.root().display());
    let clone = folder.path().join("clone");
    git(
        folder.path(),
        &["clone", "--quiet", "--depth=2", &address, "clone"],
    );
    let report = site_gen::build(&clone, &clone.join("dist"), BuildMode::Publish, today()).unwrap();
    let html = |name: &str| std::fs::read_to_string(clone.join("dist").join(name)).unwrap();
    assert_eq!(html("index.html"), "2026-07-08");
    assert_eq!(
        html("help/index.html"),
        "",
        "last changed before the boundary"
    );
    let warnings = report.warnings.to_string();
    assert!(
        warnings.contains("warning: the clone is shallow: pages without a day of last change: 1"),
        "{warnings}"
    );
    assert!(warnings.contains("git fetch --unshallow"), "{warnings}");
}

/// Commits everything in the folder as of a moment.
fn commit(root: &Path, moment: &str) {
    if !root.join(".git").exists() {
        git(root, &["init", "--quiet"]);
    }
    git(root, &["add", "content", "site-gen"]);
    let committed = Command::new("git")
        .arg("-C")
        .arg(root)
        .args([
            "-c",
            "user.name=Editor",
            "-c",
            "user.email=editor@example.com",
        ])
        .args([
            "-c",
            "commit.gpgsign=false",
            "commit",
            "--quiet",
            "--message=edit",
        ])
        .env("GIT_COMMITTER_DATE", moment)
        .env("GIT_AUTHOR_DATE", moment)
        .status()
        .unwrap();
    assert!(committed.success());
}

fn git(root: &Path, arguments: &[&str]) {
    let status = Command::new("git")
        .arg("-C")
        .arg(root)
        .args(arguments)
        .status();
    assert!(status.unwrap().success(), "git {arguments:?}");
}
