//! SECURITY.md names the tests that hold its promises, and this test holds it to them.
//!
//! A test is named `path/of/the/file::its_name`; in the scripts for browsers, whose tests are named by sentences, by the words
//! of the sentence.

#![allow(
    clippy::unwrap_used,
    reason = "this is test code: a surprise ends the test"
)]

use std::fs;
use std::path::{Path, PathBuf};

/// How many tests the document names at least, so that a change of its form cannot leave this test with nothing to do.
const FEWEST: usize = 60;

#[test]
fn every_test_that_the_document_names_is_there() {
    let text = fs::read_to_string(root().join("SECURITY.md")).unwrap();
    let named: Vec<_> = tests_named_in(&text).collect();
    assert!(
        named.len() >= FEWEST,
        "only {} tests are named",
        named.len()
    );
    let missing: Vec<_> = named
        .into_iter()
        .filter(|(file, name)| !is_there(&root(), file, name))
        .collect();
    assert!(missing.is_empty(), "not there: {missing:#?}");
}

#[test]
fn every_promise_names_a_test() {
    let text = fs::read_to_string(root().join("SECURITY.md")).unwrap();
    let (_, promises) = text.split_once("\n## What we promise\n").unwrap();
    let (promises, _) = promises.split_once("\n## ").unwrap();
    let rows = promises.lines().filter(|line| line.starts_with("| "));
    let rows: Vec<_> = rows.skip(1).collect();
    assert!(rows.len() >= 15, "only {} promises are read", rows.len());
    let idle: Vec<_> = rows
        .into_iter()
        .filter(|row| tests_named_in(row).next().is_none())
        .collect();
    assert!(idle.is_empty(), "held by no test: {idle:#?}");
}

#[test]
fn a_test_that_is_not_there_is_missed() {
    let named: Vec<_> =
        tests_named_in("see `Cargo.toml`, `a.rs::b` and `c.mjs::of words`.").collect();
    assert_eq!(named, [("a.rs", "b"), ("c.mjs", "of words")]);
    let is_there = |file, name| is_there(&root(), file, name);
    let own = "edge-worker/tests/security_document.rs";
    assert!(is_there(own, "a_test_that_is_not_there_is_missed"));
    assert!(!is_there(own, "a_test_that_is_not_there"));
    assert!(!is_there("no/such/file.rs", "main"));
}

/// Every piece of code in the text that has the form of a test's name.
fn tests_named_in(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let codes = text.split('`').skip(1).step_by(2);
    codes.filter_map(|code| code.split_once("::"))
}

fn is_there(root: &Path, file: &str, name: &str) -> bool {
    let text = fs::read_to_string(root.join(file)).unwrap_or_default();
    if Path::new(file).extension().is_some_and(|end| end == "rs") {
        text.contains(&format!("fn {name}("))
    } else {
        text.lines()
            .any(|line| line.trim_start().starts_with("test(") && line.contains(name))
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}
