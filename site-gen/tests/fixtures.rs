//! Whole sites, one for each feature and one for each mistake, held against snapshots that a person has read.
//!
//! A fixture is a folder below `fixtures/features` or `fixtures/errors`, laid over `fixtures/base`, a site that builds.
//! Each folder is a test of its own: to add one, write the files that differ from the base and a `fixture.txt`. Its
//! first line says what the fixture shows; then come, each in its line,
//!
//! - `<path>`: show this file of the finished site, of a page the part inside `<main>`;
//! - `whole <path>`: show all of the file;
//! - `names <beginning>`: list the files of the finished site whose names begin so;
//! - `without <path>`: take a file of the base away;
//! - `preview`: build for the editor, not for visitors.
//!
//! What a mistake leads to is always shown as a whole. `INSTA_UPDATE=always` writes the snapshots anew; read them.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};
use site_gen::{BuildMode, build};
use time::{Date, Month};

fn main() -> ExitCode {
    let mut trials = Vec::new();
    for kind in ["features", "errors"] {
        for name in names_below(&folder().join(kind)) {
            let title = format!("{kind}::{name}");
            trials.push(Trial::test(title, move || {
                check(kind, &name);
                Ok(())
            }));
        }
    }
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

/// Builds one fixture and compares what comes of it with its snapshot.
fn check(kind: &str, name: &str) {
    let source = folder().join(kind).join(name);
    let site = tempfile::tempdir().unwrap();
    lay_over(&folder().join("base"), site.path());
    lay_over(&source, site.path());
    let text = fs::read_to_string(source.join("fixture.txt")).unwrap();
    let (remark, wishes) = text.split_once('\n').unwrap();
    for path in wishes
        .lines()
        .filter_map(|line| line.strip_prefix("without "))
    {
        fs::remove_file(site.path().join(path)).unwrap();
    }
    let mode = if wishes.lines().any(|line| line == "preview") {
        BuildMode::Preview
    } else {
        BuildMode::Publish
    };
    let today = Date::from_calendar_date(2026, Month::November, 23).unwrap();
    let dist = site.path().join("dist");
    let told = match build(site.path(), &dist, mode, today) {
        Ok(report) => report.warnings.to_string(),
        Err(mistakes) if kind == "errors" => mistakes.to_string(),
        Err(mistakes) => panic!("{mistakes}"),
    };
    assert!(kind == "features" || !told.is_empty(), "nothing is wrong");
    let shown = if kind == "errors" {
        told
    } else {
        told + &show(&dist, wishes)
    };
    let mut settings = insta::Settings::new();
    settings.set_snapshot_path(format!("snapshots/{kind}"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.set_description(remark);
    // A space that does not break looks like any other one.
    let shown = mask(&shown).replace('\u{a0}', "⍽");
    settings.bind(|| insta::assert_snapshot!(name, shown));
}

/// The files of the finished site that the fixture wants to show.
fn show(dist: &Path, wishes: &str) -> String {
    let mut shown = String::new();
    for wish in wishes.lines() {
        if wish == "preview" || wish.starts_with("without ") {
            continue;
        }
        writeln!(shown, "── {wish}").unwrap();
        if let Some(beginning) = wish.strip_prefix("names ") {
            let mut files = BTreeMap::new();
            collect(dist, "", &mut files);
            for name in files.keys().filter(|name| name.starts_with(beginning)) {
                writeln!(shown, "{name}").unwrap();
            }
            continue;
        }
        let path = wish.strip_prefix("whole ").unwrap_or(wish);
        let text = fs::read_to_string(dist.join(path)).unwrap_or_else(|_| "(not made)".to_owned());
        let main = text
            .split_once("<main>")
            .and_then(|(_, rest)| rest.split_once("</main>"))
            .filter(|_| !wish.starts_with("whole "));
        writeln!(shown, "{}", main.map_or(&*text, |(main, _)| main).trim()).unwrap();
    }
    shown
}

/// Puts a word in place of every digest: snapshots are about what is published, not about its bytes.
fn mask(text: &str) -> String {
    let mut masked = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_in_word = |letter: char| letter.is_ascii_alphanumeric();
        let length = rest
            .find(|letter| !is_in_word(letter))
            .unwrap_or(rest.len());
        let (word, _) = rest.split_at(length.max(first.len_utf8()));
        let is_hash = matches!(word, "sha256" | "sha384");
        let after = rest.split_at(word.len()).1;
        if is_hash && after.starts_with('-') {
            let is_of_digest = |letter: char| is_in_word(letter) || "+/=-".contains(letter);
            let end = after.find(|letter| !is_of_digest(letter));
            write!(masked, "{word}-‹digest›").unwrap();
            rest = after.split_at(end.unwrap_or(after.len())).1;
            continue;
        }
        let is_digest = word.len() == 10
            && word.bytes().all(|byte| byte.is_ascii_hexdigit())
            && word.bytes().any(|byte| byte.is_ascii_digit());
        masked.push_str(if is_digest { "‹digest›" } else { word });
        rest = after;
    }
    masked
}

/// Copies a folder over another one.
fn lay_over(from: &Path, to: &Path) {
    let mut files = BTreeMap::new();
    collect(from, "", &mut files);
    for (name, place) in files {
        let target = to.join(name);
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(place, target).unwrap();
    }
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, PathBuf>) {
    for name in names_below(folder) {
        let place = folder.join(&name);
        if place.is_dir() {
            collect(&place, &format!("{prefix}{name}/"), files);
        } else {
            files.insert(format!("{prefix}{name}"), place);
        }
    }
}

fn names_below(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")
}
