//! A small site in a scratch folder, changed step by step and built through the library.

#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "the driver of tests stops at the first surprise, as the tests do"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use site_gen::output::OutputFile;
use site_gen::{BuildMode, Report, build, generate};
use tempfile::TempDir;
use time::{Date, Month};

/// The front matter of a page about which nothing special is to be said.
pub(crate) fn page(text: &str) -> String {
    format!("+++\ntitle = \"Title\"\ndescription = \"About\"\n+++\n{text}\n")
}

/// The day on which all tests take place.
pub(crate) fn today() -> Date {
    Date::from_calendar_date(2026, Month::November, 23).unwrap()
}

/// A site that builds. Every test changes what it is about.
pub(crate) struct Fixture {
    folder: TempDir,
}

impl Fixture {
    /// Two pages in Russian, one of them in English, and the smallest theme.
    pub(crate) fn new() -> Self {
        let fixture = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        let messages = "[alert]\nnote = \"Note\"\n[script]\nhello = \"Hi\"\n";
        fixture
            .file(
                "content/site.toml",
                "[site]\nbase_url = \"https://a.example\"\nmail = \"a@b.example\"\n",
            )
            .file("content/ru/messages.toml", messages)
            .file("content/en/messages.toml", messages)
            .file("content/ru/index.md", &page("## Начало"))
            .file("content/ru/help/index.md", &page("## Помощь"))
            .file("content/en/index.md", &page("## Start"))
            .template(
                "page.html",
                "<title>{{ page.title }}</title>\n{{ page.content }}",
            )
    }

    /// Writes a file of the project.
    pub(crate) fn file(self, path: &str, text: &str) -> Self {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    /// Writes a page with plain front matter; `path` is below `content/`.
    pub(crate) fn page(self, path: &str, text: &str) -> Self {
        self.file(&format!("content/{path}"), &page(text))
    }

    /// Writes a template.
    pub(crate) fn template(self, name: &str, text: &str) -> Self {
        self.file(&format!("site-gen/theme/templates/{name}"), text)
    }

    /// Deletes a file of the project.
    pub(crate) fn without(self, path: &str) -> Self {
        fs::remove_file(self.root().join(path)).unwrap();
        self
    }

    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn out(&self) -> PathBuf {
        self.root().join("dist")
    }

    /// Builds into `dist/`, for publication.
    pub(crate) fn build(&self) -> Result<Report, String> {
        build(self.root(), &self.out(), BuildMode::Publish, today())
            .map_err(|error| error.to_string())
    }

    /// The files of the finished site that are text, in memory.
    pub(crate) fn generate(&self, mode: BuildMode) -> BTreeMap<String, String> {
        generate(self.root(), mode, today())
            .unwrap_or_else(|errors| panic!("{errors}"))
            .into_iter()
            .filter_map(|OutputFile { path, content }| {
                Some((path, String::from_utf8(content).ok()?))
            })
            .collect()
    }

    /// One page of the finished site.
    pub(crate) fn render(&self, output: &str) -> String {
        self.generate(BuildMode::Publish).remove(output).unwrap()
    }

    /// What the build says is wrong.
    pub(crate) fn errors(&self) -> String {
        self.build().unwrap_err()
    }

    /// Runs the program on this site.
    pub(crate) fn run(&self, command: &str) -> Output {
        self.run_with(&[command])
    }

    /// Runs the program on this site with more to say than the command.
    pub(crate) fn run_with(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// The program, ready to be run on this site.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_site"));
        command.args(arguments).arg("--root").arg(self.root());
        command
    }

    /// Every file of `dist/` with its content, without the ages that the generator keeps for itself.
    pub(crate) fn dist(&self) -> BTreeMap<String, Vec<u8>> {
        files_below(&self.out())
    }
}

/// Every file of an output folder with its content, without the ages that the generator keeps for itself.
pub(crate) fn files_below(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    collect(folder, "", &mut files);
    files.remove(".site-gen-state");
    files
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read(entry.path()).unwrap());
        }
    }
}
