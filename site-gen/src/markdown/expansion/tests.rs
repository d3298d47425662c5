use std::collections::BTreeMap;

use minijinja::Value;

use super::*;
use crate::content::{Messages, Values};
use crate::language::Language;
use crate::markdown::Expressions;

fn expand_with(text: &str, parts: &[(&str, &str)]) -> (Expanded, Vec<String>) {
    let (values, _) = Values::parse(&[SourceFile::new(
        "content/site.toml",
        "[site]\nmail = \"a@b.example\"\nn = 2\n",
    )]);
    assert_eq!(
        values.get("site").unwrap().get_attr("n").unwrap(),
        Value::from(2)
    );
    let messages = Messages::parse(
        Language::Russian,
        &SourceFile::new("content/ru/messages.toml", ""),
    )
    .unwrap();
    let parts: BTreeMap<_, _> = parts
        .iter()
        .map(|(path, text)| {
            let file = SourceFile::new(format!("content/ru/{path}"), text);
            ((*path).to_owned(), file)
        })
        .collect();
    let surroundings = Surroundings {
        language: Language::Russian,
        expressions: &Expressions::new(Language::Russian, &values),
        messages: &messages,
        parts: &parts,
        glossary: None,
    };
    let file = SourceFile::new("content/ru/help/a.md", text);
    let (expanded, errors) = super::expand(&file, 0, &surroundings);
    (expanded, errors.iter().map(ToString::to_string).collect())
}

fn expand(text: &str) -> (Expanded, Vec<String>) {
    expand_with(text, &[])
}

#[test]
fn values_are_filled_in_and_everything_else_stays() {
    for (text, expected) in [
        ("plain {#id} {% x %} {# c #}", "plain {#id} {% x %} {# c #}"),
        (
            "[{{ site.mail }}](mailto:{{ site.mail }})",
            "[a@b.example](mailto:a@b.example)",
        ),
        ("{{ site.n + 1 }}", "3"),
        ("{{ \"{{\" }} and {{ '}}' }}", "{{ and }}"),
    ] {
        let (expanded, errors) = expand(text);
        assert_eq!(expanded.text(), expected);
        assert_eq!(errors, [""; 0]);
    }
}

#[test]
fn an_undefined_value_is_shown_at_its_place() {
    let (_, errors) = expand("one\ntwo {{ site.nope }} three\n");
    assert!(
        errors[0].starts_with(
            "error: `site.nope` is undefined\n --> content/ru/help/a.md:2:5\n  |\n2 | two {{ site.nope }} three\n  |     ^^^^^^^^^^^^^^^\n"
        ),
        "{}",
        errors[0]
    );
}

#[test]
fn an_expression_that_does_not_end_is_an_error_of_its_line() {
    let (_, errors) = expand("a {{ site.n\n}}\n");
    assert_eq!(errors.len(), 1);
    assert!(errors[0].contains("a.md:1:3"), "{}", errors[0]);
}

#[test]
fn places_after_a_value_are_those_of_the_file() {
    let text = "{{ site.mail }} and <b>";
    let (expanded, _) = expand(text);
    let at = |part: &str| {
        let start = expanded.text().find(part).unwrap();
        text[expanded.origin(start..start + part.len()).range].to_owned()
    };
    assert_eq!(at("<b>"), "<b>");
    assert_eq!(at("b.ex"), "{{ site.mail }}");
    assert_eq!(at("example and"), "{{ site.mail }} and");
}

#[test]
fn a_part_stands_in_place_of_its_line_indented_like_it() {
    let parts = [
        ("help/_a.md", "one\n\ntwo {{ site.n }}\n"),
        ("_root.md", "{{ include(\"help/_a.md\") }}\nend\n"),
    ];
    for (text, expected) in [
        (
            "x\n\n{{ include(\"_a.md\") }}\n\ny\n",
            "x\n\none\n\ntwo 2\n\ny\n",
        ),
        ("{{include('/help/_a.md')}}", "one\n\ntwo 2"),
        ("{{ include(\"../_root.md\") }}\n", "one\n\ntwo 2\nend\n"),
        (
            "- x\n  {{ include(\"/_root.md\") }}\n",
            "- x\n  one\n  \n  two 2\n  end\n",
        ),
    ] {
        let (expanded, errors) = expand_with(text, &parts);
        assert_eq!(errors, [""; 0]);
        assert_eq!(expanded.text(), expected);
    }
    let (expanded, _) = expand_with("{{ include(\"/_root.md\") }}", &parts);
    assert_eq!(expanded.parts(), ["_root.md", "help/_a.md"]);
    let place = expanded.text().find("two").unwrap();
    assert_eq!(
        &*expanded.origin(place..place + 3).file.path(),
        "content/ru/help/_a.md"
    );
}

#[test]
fn an_error_in_a_part_is_shown_there_with_the_way_to_it() {
    let parts = [
        ("_inner.md", "a\n{{ site.nope }}\n"),
        ("_outer.md", "\n{{ include(\"_inner.md\") }}\n"),
    ];
    let (_, errors) = expand_with("1\n2\n{{ include(\"/_outer.md\") }}\n", &parts);
    assert_eq!(errors.len(), 1);
    assert!(
        errors[0].starts_with("error: `site.nope` is undefined\n --> content/ru/_inner.md:2:1\n"),
        "{}",
        errors[0]
    );
    assert!(
        errors[0].contains(
            "= note: included from content/ru/_outer.md:2, included from content/ru/help/a.md:3\n"
        ),
        "{}",
        errors[0]
    );
}

#[test]
fn inclusions_that_cannot_be_are_told_with_the_cure() {
    let parts = [
        ("_a.md", "{{ include(\"_b.md\") }}"),
        ("_b.md", "{{ include(\"_a.md\") }}"),
        ("help/_support.md", "x"),
    ];
    for (text, message, help) in [
        (
            "{{ include(\"_suport.md\") }}",
            "there is no part \"help/_suport.md\"",
            "did you mean \"_support.md\"?",
        ),
        (
            "{{ include(\"_zzzzzzzz.md\") }}",
            "there is no part \"help/_zzzzzzzz.md\"",
            "content/ru/help/_zzzzzzzz.md",
        ),
        (
            "{{ include(\"index.md\") }}",
            "\"help/index.md\" is not a part",
            "names of parts begin with `_`",
        ),
        (
            "text {{ include(\"_support.md\") }}",
            "`include` stands on a line of its own",
            "put nothing else on the line",
        ),
        (
            "{{ include(_support) }}",
            "`include` takes the path of one file",
            "write {{ include(",
        ),
        (
            "{{ include(\"/_a.md\") }}",
            "the part includes itself: content/ru/_a.md → content/ru/_b.md → content/ru/_a.md",
            "take one of these `include` lines out",
        ),
    ] {
        let (_, errors) = expand_with(text, &parts);
        assert_eq!(errors.len(), 1, "{text}: {errors:?}");
        assert!(errors[0].contains(message), "{text}: {}", errors[0]);
        assert!(errors[0].contains(help), "{text}: {}", errors[0]);
    }
}
