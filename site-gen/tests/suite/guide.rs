//! The editor's guide, `content/README.md`, says what is true: its examples are built, and its lists are the
//! generator's.
//!
//! A block of code is an example if a second word follows its language. `text` is a text that has no mistakes, a path
//! is a file of the site in which all of them are built, and `wrong` is a text that the build refuses, with the words of
//! the next block, which is marked `message`.

#![expect(
    clippy::unwrap_used,
    reason = "the driver of tests stops at the first surprise, as the tests do"
)]

use std::collections::BTreeSet;
use std::fs;

use png::{BitDepth, ColorType, Encoder};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use crate::fixture::{Fixture, page};

const GUIDE: &str = include_str!("../../../content/README.md");

/// The page that the texts are written on.
const EXAMPLE: &str = "ru/help/example.md";

struct Example {
    mark: &'static str,
    text: String,
}

fn examples() -> Vec<Example> {
    let mut examples: Vec<Example> = Vec::new();
    let mut is_open = false;
    for (event, range) in Parser::new(GUIDE).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_))) => {
                let fence = GUIDE[range].lines().next().unwrap();
                if let Some((_, mark)) = fence.split_once(' ') {
                    is_open = true;
                    let text = String::new();
                    examples.push(Example { mark, text });
                }
            }
            Event::End(TagEnd::CodeBlock) => is_open = false,
            Event::Text(text) if is_open => examples.last_mut().unwrap().text.push_str(&text),
            _ => {}
        }
    }
    examples
}

fn marked(mark: &str) -> Vec<String> {
    let all = examples().into_iter();
    all.filter(|example| example.mark == mark)
        .map(|example| example.text)
        .collect()
}

fn picture() -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 4, 2);
    encoder.set_color(ColorType::Grayscale);
    encoder.set_depth(BitDepth::Eight);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&[200; 8]).unwrap();
    writer.finish().unwrap();
    bytes
}

/// The site of the guide: every file that it shows, with the settings and the words of the real one.
fn site() -> Fixture {
    let mut site = Fixture::new()
        .template("help-article.html", "{{ page.content }}")
        .file(
            "content/site.toml",
            include_str!("../../../content/site.toml"),
        )
        .file(
            "content/ru/messages.toml",
            include_str!("../../../content/ru/messages.toml"),
        )
        .file(
            "content/en/messages.toml",
            include_str!("../../../content/en/messages.toml"),
        )
        .page("ru/login.md", "## Форма входа {#form}")
        .file(
            "content/ru/help/line.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 1\"><path d=\"M0 0h8\"/></svg>",
        )
        .file("content/README.md", GUIDE);
    for name in ["form@2x.png", "form@2x.dark.png"] {
        fs::write(site.root().join("content/ru/help").join(name), picture()).unwrap();
    }
    for Example { mark, text } in examples() {
        if mark.starts_with("content/") {
            site = site.file(mark, &text);
        }
    }
    site
}

/// What the generator offers instead of a name that it does not know.
fn offered(page: &str, lead: &str) -> BTreeSet<String> {
    let errors = site().file(&format!("content/{EXAMPLE}"), page).errors();
    let (_, rest) = errors.split_once(lead).unwrap_or_else(|| {
        unreachable!("no list begins with {lead:?} in:\n{errors}");
    });
    let list = rest.lines().next().unwrap();
    list.split(", ").map(str::to_owned).collect()
}

/// The part of the guide under a heading.
fn part(title: &str) -> &'static str {
    let (_, rest) = GUIDE.split_once(&format!("\n## {title}\n")).unwrap();
    rest.split_once("\n## ").map_or(rest, |(part, _)| part)
}

/// The words in backticks.
fn names(text: &str) -> BTreeSet<String> {
    let words = text.split('`').skip(1).step_by(2);
    words.map(str::to_owned).collect()
}

#[test]
fn every_example_that_is_right_is_built_without_a_word() {
    let texts = marked("text");
    assert!(texts.len() > 15);
    let mut site = site();
    for text in texts {
        site = site.page(EXAMPLE, &format!("\n{text}"));
        match site.build() {
            Ok(report) => assert_eq!(report.warnings.to_string(), "", "{text}"),
            Err(errors) => unreachable!("{text}\n{errors}"),
        }
    }
}

#[test]
fn every_example_that_is_wrong_is_refused_with_the_words_of_the_guide() {
    let (texts, messages) = (marked("wrong"), marked("message"));
    assert!(!texts.is_empty());
    assert_eq!(texts.len(), messages.len());
    for (text, message) in texts.iter().zip(messages) {
        let site = site().page(EXAMPLE, &format!("\n{text}"));
        let told = site.errors();
        assert!(told.starts_with(&message), "{text}\n{told}\n{message}");
    }
}

#[test]
fn the_keys_of_the_front_matter_are_those_of_the_generator() {
    let listed: BTreeSet<_> = part("Заголовок файла")
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once('`'))
        .map(|(key, _)| key.to_owned())
        .collect();
    let page = page("").replacen("title", "xyzzy = 1\ntitle", 1);
    assert_eq!(listed, offered(&page, "the keys are: "));
}

#[test]
fn every_component_and_every_language_of_code_is_in_the_guide() {
    let line = |part: &'static str, start: &str| {
        let mut lines = part.lines();
        lines.find(|line| line.starts_with(start)).unwrap()
    };
    let (languages, _) = line(part("Код"), "Языки: ").split_once(". ").unwrap();
    let known = offered(&page("```xyzzy\n```"), "the languages are: ");
    assert_eq!(names(languages), known);
    for component in offered(&page("::: xyzzy\n:::"), "the components are: ") {
        let opening = format!("\n::: {component}");
        assert!(GUIDE.contains(&opening), "{component}");
    }
}

#[test]
fn the_table_of_contents_leads_to_every_part() {
    let place = |title: &str| {
        let small = title.to_lowercase();
        let kept = small.chars().filter(|letter| *letter != ',');
        kept.map(|letter| if letter == ' ' { '-' } else { letter })
            .collect::<String>()
    };
    let parts: Vec<_> = GUIDE
        .lines()
        .filter_map(|line| line.strip_prefix("## "))
        .filter(|title| !title.contains('{'))
        .filter(|title| *title != "Частые вопросы")
        .map(|title| format!("- [{title}](#{})", place(title)))
        .collect();
    let contents: Vec<_> = GUIDE
        .lines()
        .filter(|line| line.starts_with("- [") && line.contains("](#"))
        .collect();
    assert_eq!(contents, parts);
}
