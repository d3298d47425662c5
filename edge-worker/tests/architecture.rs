//! The dependency rule, read from the source: `domain ← app ← (store, providers, http) ← shell`.
//!
//! A layer that reaches upward fails here with file and line, before the reach becomes a habit. Every path in the code is
//! read, not only the `use` lines, and in every form that rustfmt writes.

#![allow(
    clippy::unwrap_used,
    reason = "this is test code: a surprise ends the test"
)]

use std::fs;
use std::path::{Path, PathBuf};

/// The layers, and for each those that it may name.
const LAYERS: [(&str, &[&str]); 6] = [
    ("domain", &["domain"]),
    ("app", &["domain", "app"]),
    ("store", &["domain", "app", "store"]),
    ("providers", &["domain", "app", "providers"]),
    ("http", &["domain", "app", "http"]),
    (
        "shell",
        &["domain", "app", "store", "providers", "http", "shell"],
    ),
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
    let source = source();
    let mut files_read = 0;
    let mut breaches = Vec::new();
    for (layer, _) in LAYERS {
        for file in files_of(&source, layer) {
            files_read += 1;
            let module = module_of(file.strip_prefix(&source).unwrap());
            let text = fs::read_to_string(&file).unwrap();
            for (line, breach) in breaches_in(&text, &module) {
                breaches.push(format!("{}:{line}: {breach}", file.display()));
            }
        }
    }
    assert!(files_read > 30, "only {files_read} files: has it moved?");
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn every_module_belongs_to_a_layer() {
    for entry in fs::read_dir(source()).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let is_known = ["lib", "bin"].contains(&name) || is_layer(name);
        assert!(is_known, "{} is outside the layers", path.display());
    }
}

#[test]
fn the_rule_sees_a_reach_in_every_form() {
    for (text, expected) in [
        ("use crate::app::App;", 1),
        ("use crate::{domain::time::Instant, store::sql};", 1),
        (
            "use crate::{\n    domain::{time::Instant, user::User},\n    http::routes::ROUTES,\n    app,\n};",
            2,
        ),
        ("    let app = crate::app::App::new();", 1),
        ("pub(in crate::shell) fn f() {}", 1),
        ("use super::super::http::routes;", 1),
        ("use super::super::{http::routes, domain};", 1),
        ("use worker::Env;", 1),
        ("use ::worker::Env;", 1),
        ("let now = worker::Date::now();", 1),
        ("use crate::domain::time::Instant;", 0),
        ("use super::time::Instant;", 0),
        (
            "use super::http::Something; // domain::http, whatever that is",
            0,
        ),
        ("//! [`crate::app`] is only mentioned", 0),
        ("let x = coworker::x;", 0),
        ("let worker = 1;", 0),
    ] {
        let found = breaches_in(text, &["domain", "money"]);
        assert_eq!(found.len(), expected, "{text}: {found:?}");
    }
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn is_layer(name: &str) -> bool {
    LAYERS.iter().any(|(layer, _)| *layer == name)
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
    files
}

/// `domain/money.rs` is the module `domain::money`.
fn module_of(file: &Path) -> Vec<&str> {
    file.iter()
        .map(|part| part.to_str().unwrap().trim_end_matches(".rs"))
        .collect()
}

/// Line numbers and what is wrong there.
fn breaches_in(text: &str, module: &[&str]) -> Vec<(usize, String)> {
    let layer = module.first().copied().unwrap_or_default();
    let allowed = LAYERS
        .iter()
        .find(|(name, _)| *name == layer)
        .map_or([].as_slice(), |(_, allowed)| allowed);
    let mut breaches = Vec::new();
    for (line, path) in paths_in(text) {
        let first = path.first().map_or("", String::as_str);
        if let Some(target) = target_in_crate(&path, module)
            && is_layer(&target)
            && !allowed.contains(&target.as_str())
        {
            breaches.push((line, format!("{layer} reaches up to {target}")));
        } else if layer != "shell" && path.len() > 1 && WORLDLY_CRATES.contains(&first) {
            breaches.push((line, format!("{layer} uses {first}, which is the shell's")));
        }
    }
    breaches
}

/// The top-level module that a path of `crate::` or `super::` leads to.
fn target_in_crate(path: &[String], module: &[&str]) -> Option<String> {
    let supers = path.iter().take_while(|part| *part == "super").count();
    match path.first()?.as_str() {
        "crate" => path.get(1).cloned(),
        "super" => {
            let kept = module.get(..module.len().checked_sub(supers)?)?;
            let rest = path.get(supers..)?.iter().map(String::as_str);
            kept.iter().copied().chain(rest).next().map(str::to_owned)
        }
        _ => None,
    }
}

/// Every path in the code with the line where it begins; groups in braces are taken apart.
fn paths_in(text: &str) -> Vec<(usize, Vec<String>)> {
    let code: String = text
        .lines()
        .flat_map(|line| {
            [
                line.split("//").next().unwrap_or_default(),
                "
",
            ]
        })
        .collect();
    let mut reader = Reader {
        rest: &code,
        line: 1,
    };
    let mut paths = Vec::new();
    while !reader.rest.is_empty() {
        let line = reader.line;
        let begun = paths.len();
        reader.read_path(&[], &mut paths);
        if paths.len() == begun && reader.line == line {
            reader.skip(1);
        }
    }
    paths
}

struct Reader<'a> {
    rest: &'a str,
    line: usize,
}

impl Reader<'_> {
    /// Reads `a::b::{c, d::e}` into its leaves, each behind `before`.
    fn read_path(&mut self, before: &[String], paths: &mut Vec<(usize, Vec<String>)>) {
        let mut path = before.to_vec();
        let line = self.line;
        loop {
            let name: String = self.rest.chars().take_while(|c| is_of_name(*c)).collect();
            if !name.is_empty() {
                self.skip(name.len());
                path.push(name);
            }
            if !self.rest.starts_with("::") {
                break;
            }
            self.skip(2);
            if self.rest.starts_with('{') {
                self.read_group(&path, paths);
                return;
            }
        }
        if path.len() > before.len() {
            paths.push((line, path));
        }
    }

    fn read_group(&mut self, before: &[String], paths: &mut Vec<(usize, Vec<String>)>) {
        self.skip(1);
        while let Some(next) = self.rest.chars().next() {
            if next == '}' {
                self.skip(1);
                return;
            }
            if is_of_name(next) {
                self.read_path(before, paths);
            } else {
                self.skip(next.len_utf8());
            }
        }
    }

    fn skip(&mut self, bytes: usize) {
        let mut end = bytes;
        while !self.rest.is_char_boundary(end) {
            end += 1;
        }
        let (skipped, rest) = self.rest.split_at(end);
        self.line += skipped.matches('\n').count();
        self.rest = rest;
    }
}

fn is_of_name(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}
