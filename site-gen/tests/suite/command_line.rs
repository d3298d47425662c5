//! The program that editors start: what it prints, where, and how it ends.

use crate::fixture::Fixture;

#[test]
fn a_build_says_in_one_line_what_it_did() {
    let site = Fixture::new();
    let output = site.run("build");
    assert!(output.status.success());
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "built 3 pages, 9 files changed, 0 removed\n"
    );
    assert_eq!(output.stderr, b"");
    assert!(site.out().join("index.html").exists());
}

#[test]
fn mistakes_go_to_the_error_stream_and_end_with_code_1() {
    let site = Fixture::new().page("ru/a.md", "[b](nope.md)");
    for command in ["build", "check"] {
        let output = site.run(command);
        assert_eq!(output.status.code(), Some(1), "{command}");
        assert_eq!(output.stdout, b"");
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(
            errors.starts_with("error: there is no page \"nope.md\"\n --> content/ru/a.md:5:1\n"),
            "{errors}"
        );
        assert!(
            errors.ends_with("\n1 mistake; nothing was written\n"),
            "{errors}"
        );
        assert!(!site.out().exists());
    }
}

#[test]
fn a_check_writes_nothing() {
    let site = Fixture::new();
    let output = site.run("check");
    assert!(output.status.success());
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "still to be translated: content/en/help/index.md\nchecked 3 pages, no mistakes\n"
    );
    assert!(!site.out().exists());
}
