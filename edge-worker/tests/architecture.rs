//! The dependency rule, read from the source: `domain ← app ← (store, http) ← shell`.
//!
//! A layer that reaches upward fails here with file and line, before the reach becomes a habit.

#![allow(
    clippy::unwrap_used,
    reason = "this is test code: a surprise ends the test"
)]

use std::fs;
use std::path::{Path, PathBuf};

/// A layer, the layers it may name, and the crates from outside that only it and its equals may use.
const LAYERS: [(&str, &[&str]); 5] = [
    ("domain", &["domain"]),
    ("app", &["domain", "app"]),
    ("store", &["domain", "app", "store"]),
    ("http", &["domain", "app", "http"]),
    ("shell", &["domain", "app", "store", "http", "shell"]),
];

/// Crates that touch the world: the platform, the clock, the dice. The shell alone may use them.
const WORLDLY_CRATES: [&str; 6] = [
    "worker",
    "wasm_bindgen",
    "js_sys",
    "web_sys",
    "getrandom",
    "futures_util",
];

#[test]
fn no_layer_reaches_upward() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files_read = 0;
    let mut breaches = Vec::new();
    for (layer, allowed) in LAYERS {
        for file in files_of(&source, layer) {
            let text = fs::read_to_string(&file).unwrap();
            files_read += 1;
            for (line, breach) in breaches_in(&text, layer, allowed) {
                breaches.push(format!("{}:{line}: {breach}", file.display()));
            }
        }
    }
    assert!(
        files_read > 30,
        "only {files_read} files were found: has the source moved?"
    );
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn the_rule_sees_a_reach_in_every_form() {
    let domain: &[&str] = &["domain"];
    for (text, expected) in [
        ("use crate::app::App;", 1),
        ("use crate::{domain::time::Instant, store::sql};", 1),
        (
            "use crate::{\n    app::App,\n    domain::time::Instant,\n    http::routes,\n};",
            2,
        ),
        ("    let app = crate::app::App::new();", 1),
        ("pub(in crate::shell) fn f() {}", 1),
        ("use super::super::http::routes;", 1),
        ("use worker::Env;", 1),
        ("use ::worker::Env;", 1),
        ("let now = worker::Date::now();", 1),
        ("use crate::domain::time::Instant;", 0),
        ("//! [`crate::app`] is only mentioned", 0),
        ("let coworker::x = 1;", 0),
    ] {
        assert_eq!(
            breaches_in(text, "domain", domain).len(),
            expected,
            "{text}"
        );
    }
}

/// `layer.rs` and everything below `layer/`.
fn files_of(source: &Path, layer: &str) -> Vec<PathBuf> {
    let mut files = vec![source.join(layer).with_extension("rs")];
    let mut folders = vec![source.join(layer)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// Line numbers and what is wrong there.
fn breaches_in(text: &str, layer: &str, allowed: &[&str]) -> Vec<(usize, String)> {
    let mut breaches = Vec::new();
    let mut inside_group = false;
    for (index, line) in text.lines().enumerate() {
        let code = line.split("//").next().unwrap_or_default();
        let mut named = names_after(code, "crate::");
        named.extend(names_after(code, "super::super::"));
        if inside_group || code.contains("crate::{") {
            let members = code.rsplit("crate::{").next().unwrap_or_default();
            named.extend(members.split([',', '{', '}']).map(first_name));
            inside_group = !code.contains('}');
        }
        for (other, _) in LAYERS {
            if named.contains(&other) && !allowed.contains(&other) {
                breaches.push((index + 1, format!("{layer} reaches up to {other}")));
            }
        }
        for worldly in WORLDLY_CRATES {
            if layer != "shell" && uses_crate(code, worldly) {
                breaches.push((
                    index + 1,
                    format!("{layer} uses {worldly}, which is the shell's"),
                ));
            }
        }
    }
    breaches
}

fn names_after<'a>(code: &'a str, prefix: &str) -> Vec<&'a str> {
    code.split(prefix).skip(1).map(first_name).collect()
}

fn first_name(path: &str) -> &str {
    let path = path.trim_start();
    path.split(|character: char| !character.is_alphanumeric() && character != '_')
        .next()
        .unwrap_or_default()
}

fn uses_crate(code: &str, name: &str) -> bool {
    code.match_indices(name).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = &code[at + name.len()..];
        !before.is_some_and(|character| character.is_alphanumeric() || character == '_')
            && after.starts_with("::")
    })
}
