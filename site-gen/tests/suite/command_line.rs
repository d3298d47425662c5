//! The program that editors start: what it prints, where, and how it ends.

#![expect(
    clippy::unwrap_used,
    reason = "what reads the output stops at the first surprise, as the tests do"
)]

use std::io::{Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener};
use std::process::Output;
use std::thread;

use serde_json::{Value, json};

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
    for (command, consequence) in [
        ("build", "nothing was written"),
        ("check", "the site cannot be published"),
    ] {
        let output = site.run(command);
        assert_eq!(output.status.code(), Some(1), "{command}");
        assert_eq!(output.stdout, b"");
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(
            errors.starts_with("error: there is no page \"nope.md\"\n --> content/ru/a.md:5:1\n"),
            "{errors}"
        );
        assert!(
            errors.ends_with(&format!("\n1 mistake; {consequence}\n")),
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

fn text(bytes: &[u8]) -> &str {
    str::from_utf8(bytes).unwrap()
}

fn read_json(output: &Output) -> Value {
    assert_eq!(text(&output.stderr), "");
    assert_eq!(text(&output.stdout).lines().count(), 1);
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn json_tells_mistakes_and_missing_translations_and_nothing_else_is_on_the_standard_output() {
    let site = Fixture::new();
    let untranslated = json!(["content/en/help/index.md"]);
    for arguments in [
        &["check", "--format=json"][..],
        &["check", "--format=json", "--record"],
    ] {
        let output = site.run_with(arguments);
        assert_eq!(output.status.code(), Some(0));
        assert_eq!(
            read_json(&output),
            json!({"errors": 0, "warnings": 0, "diagnostics": [], "untranslated": untranslated})
        );
    }
    assert!(site.root().join("content/published.txt").exists());

    let site = site.page("ru/a.md", "[b](nope.md)");
    let output = site.run_with(&["check", "--format", "json"]);
    assert_eq!(output.status.code(), Some(1));
    let report = read_json(&output);
    assert_eq!(report["errors"], 1);
    assert_eq!(report["diagnostics"][0]["file"], "content/ru/a.md");
    assert_eq!(report["diagnostics"][0]["line"], 5);
    assert_eq!(
        report["untranslated"],
        json!(["content/en/a.md", "content/en/help/index.md"])
    );
}

#[test]
fn a_record_that_cannot_be_written_is_a_mistake_in_either_format() {
    let site = Fixture::new();
    std::fs::create_dir(site.root().join("content/published.txt")).unwrap();
    let output = site.run_with(&["check", "--record"]);
    assert_eq!(output.status.code(), Some(1));
    let errors = text(&output.stderr);
    assert!(
        errors.starts_with("error: the file cannot be read: "),
        "{errors}"
    );
    let output = site.run_with(&["check", "--record", "--format=json"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(read_json(&output)["errors"], 1);
}

#[test]
fn a_site_without_outside_links_asks_nobody() {
    let site = Fixture::new();
    let output = site
        .command(&["check", "--external"])
        .env("PATH", "")
        .output()
        .unwrap();
    assert!(output.status.success());
    assert!(
        text(&output.stdout).ends_with("checked 3 pages and 0 outside links, no mistakes\n"),
        "{}",
        text(&output.stdout)
    );
}

#[test]
fn an_outside_link_without_a_safe_connection_is_a_mistake_at_its_place() {
    for format in ["text", "json"] {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = format!("https://{}/", listener.local_addr().unwrap());
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let _ = stream.read(&mut [0; 512]).unwrap();
            stream.write_all(b"this is not TLS at all").unwrap();
        });
        let site = Fixture::new().page("ru/a.md", &format!("So [b]({address})."));
        let output = site
            .command(&["check", "--external", "--format", format])
            .env("no_proxy", "*")
            .output()
            .unwrap();
        server.join().unwrap();
        assert_eq!(output.status.code(), Some(1));
        let errors = text(&output.stderr);
        assert!(
            errors.starts_with("asked 1 of 1 outside links\n"),
            "{errors}"
        );
        if format == "text" {
            assert_eq!(text(&output.stdout), "");
            assert!(errors.contains("offers no safe connection: "), "{errors}");
            assert!(errors.contains("\n --> content/ru/a.md:5:4\n"), "{errors}");
            assert!(
                errors.ends_with("1 mistake; the site itself can be built\n"),
                "{errors}"
            );
        } else {
            let report: Value = serde_json::from_slice(&output.stdout).unwrap();
            assert_eq!(report["errors"], 1);
            assert_eq!(report["diagnostics"][0]["column"], 4);
        }
    }
}

#[test]
fn without_network_or_curl_one_line_says_so() {
    let links = (0..20).map(|host| format!("[a](https://{host}.example/)\n"));
    let site = Fixture::new().page("ru/a.md", &links.collect::<String>());
    let ask = |format: &str, variable: &str, value: &str| {
        let mut command = site.command(&["check", "--external", "--format", format]);
        for name in [
            "no_proxy",
            "NO_PROXY",
            "ALL_PROXY",
            "all_proxy",
            "HTTPS_PROXY",
        ] {
            command.env_remove(name);
        }
        command.env(variable, value).output().unwrap()
    };
    // Nobody listens there, so nothing can be reached.
    let dead_proxy = "http://127.0.0.1:1";
    for (variable, value, message) in [
        ("https_proxy", dead_proxy, "there seems to be no network"),
        (
            "PATH",
            "",
            "the program curl is missing; install curl, or write its folder into PATH",
        ),
    ] {
        let expected = format!("the outside links were not checked: {message}");
        let output = ask("text", variable, value);
        assert_eq!(output.status.code(), Some(1));
        let told: Vec<_> = text(&output.stderr)
            .lines()
            .filter(|line| !line.starts_with("asked "))
            .collect();
        assert_eq!(told, [format!("error: {expected}")]);
        assert_eq!(text(&output.stdout), "");
        let output = ask("json", variable, value);
        assert_eq!(output.status.code(), Some(1));
        let report: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(report["errors"], 1);
        assert_eq!(report["diagnostics"][0]["message"], expected);
    }
}
