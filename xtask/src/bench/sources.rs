//! The synthetic site on disk, as one generator reads it: its theme from `tests/bench`, its pages from the corpus.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use crate::bench::corpus::{self, Corpus};
use crate::bench::generator::Generator;
use crate::failure::Failure;
use crate::project::{self, Project};
use crate::tree;

const HOME: &str = "Справка";
/// What our generator needs beside pages and theme: the product's own, so that no key is missing when one is added.
const OUR_SETTINGS: [&str; 2] = ["content/site.toml", "content/ru/messages.toml"];

/// Writes the sources of a site into an empty folder, and returns how many bytes of Markdown they hold.
///
/// # Errors
/// A file cannot be read or written.
pub(super) fn write(
    project: &Project,
    generator: Generator,
    corpus: &Corpus,
    root: &Path,
) -> Result<usize, Failure> {
    project::remove_folder(root)?;
    copy_theme(project, generator, root)?;
    let content = root.join(generator.content());
    let index = generator.index_file();
    let mut size = 0;
    let mut add = |path: &str, text: &str| {
        size += text.len();
        write_file(&content.join(path), text.as_bytes())
    };
    if generator == Generator::MdBook {
        add("SUMMARY.md", &summary(corpus))?;
    } else {
        add(index, &generator.index(HOME, 0))?;
    }
    add(&format!("help/{index}"), &generator.index(HOME, 0))?;
    for section in 0..corpus.sections() {
        let folder = corpus::section_folder(section);
        let title = corpus.section_title(section);
        add(
            &format!("{folder}/{index}"),
            &generator.index(&title, section + 1),
        )?;
        for (order, number) in (1..).zip(corpus.pages_of(section)) {
            let page = generator.page(&corpus.article(number), order);
            add(&format!("{}.md", corpus::page_path(number)), &page)?;
        }
    }
    Ok(size)
}

fn copy_theme(project: &Project, generator: Generator, root: &Path) -> Result<(), Failure> {
    let theme = project.path("tests/bench").join(generator.name());
    let files = tree::files(&theme).map_err(|error| Failure::file("read", &theme, &error))?;
    for file in files {
        copy(&theme.join(&file), &root.join(&file))?;
    }
    if generator == Generator::Ours {
        for file in OUR_SETTINGS {
            copy(&project.path(file), &root.join(file))?;
        }
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<(), Failure> {
    let content = fs::read(from).map_err(|error| Failure::file("read", from, &error))?;
    write_file(to, &content)
}

fn write_file(path: &Path, content: &[u8]) -> Result<(), Failure> {
    project::make_folder(path.parent().unwrap_or(path))?;
    fs::write(path, content).map_err(|error| Failure::file("write", path, &error))
}

/// mdBook's table of contents.
fn summary(corpus: &Corpus) -> String {
    let mut text = format!("# Summary\n\n- [{HOME}](help/index.md)\n");
    for section in 0..corpus.sections() {
        let folder = corpus::section_folder(section);
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "  - [{}]({folder}/index.md)",
            corpus.section_title(section)
        );
        for number in corpus.pages_of(section) {
            let path = corpus::page_path(number);
            let _ = writeln!(text, "    - [{}]({path}.md)", corpus.title(number));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::write;
    use crate::bench::corpus::Corpus;
    use crate::bench::generator::Generator;
    use crate::project::Project;
    use crate::tree;
    use site_gen::{BuildMode, generate};
    use time::{Date, Month};

    #[test]
    fn our_generator_finds_no_mistake_in_the_synthetic_site() {
        let folder = tempfile::tempdir().unwrap();
        write(
            &Project::locate(),
            Generator::Ours,
            &Corpus::new(40),
            folder.path(),
        )
        .unwrap();
        let files = generate(
            folder.path(),
            BuildMode::Publish,
            Date::from_calendar_date(2026, Month::November, 23).unwrap(),
        )
        .unwrap_or_else(|errors| panic!("{errors}"));
        let pages: Vec<_> = files.iter().filter(|file| file.is_page()).collect();
        assert_eq!(pages.len(), 40 + 2 + 2);
        let page = pages
            .iter()
            .find(|page| page.path.ends_with("article-00021.html"))
            .unwrap();
        let html = str::from_utf8(&page.content).unwrap();
        // Itself and its neighbours.
        assert_eq!(html.matches("<li class=\"sibling\">").count(), 20);
        for part in [
            "id=\"details\"",
            "<table",
            "<pre",
            "class=\"next\"",
            "class=\"contents\"",
            "class=\"above\"",
        ] {
            assert!(html.contains(part), "{part} is missing in:\n{html}");
        }
    }

    #[test]
    fn the_sources_are_the_same_every_time() {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        for generator in [
            Generator::Ours,
            Generator::Hugo,
            Generator::Zola,
            Generator::MdBook,
        ] {
            for folder in [&one, &other] {
                write(
                    &Project::locate(),
                    generator,
                    &Corpus::new(25),
                    folder.path(),
                )
                .unwrap();
            }
            assert_eq!(
                tree::first_difference(one.path(), other.path()).unwrap(),
                None
            );
        }
    }
}
