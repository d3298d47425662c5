//! Components.

use proptest::prelude::*;

use super::*;

#[test]
fn components_become_elements() {
    for (text, expected) in [
        (
            "::: steps\n1. a\n2. b\n:::\nc",
            "<ol class=\"steps\">\n<li>a</li>\n<li>b</li>\n</ol>\n<p>c</p>\n",
        ),
        (
            "::: figure\n![a](b.png)\n\nВид *c*\n:::\n",
            "<figure>\n[b.png | a | ]\n<figcaption>Вид <em>c</em></figcaption>\n</figure>\n",
        ),
        (
            "::: tabs\n::: tab \"На \\ПК\"\na\n:::\n::: tab \"B\"\n- c\n:::\n:::\n",
            "<div class=\"tab-group\">\n<div class=\"tab-section\">\n<p class=\"tab-section-title\">На\u{a0}\\ПК</p>\n<p>a</p>\n</div>\n\
             <div class=\"tab-section\">\n<p class=\"tab-section-title\">B</p>\n<ul>\n<li>c</li>\n</ul>\n</div>\n</div>\n",
        ),
        (
            "::: questions\n## A?\n\nb\n:::\n",
            "<h2 id=\"a\">A?</h2>\n<p>b</p>\n",
        ),
        (
            "::: glossary\n:::\n",
            "<dl class=\"glossary\">\n<dt id=\"term-api\">API</dt>\n<dd>Связь программ.</dd>\n\
             <dt id=\"term-jwt\">JWT</dt>\n<dd>Подпись\u{a0}— «кто вошёл».</dd>\n</dl>\n",
        ),
        (
            ":::: steps\n1. a\n\n   ::: figure\n   ![b](c.png)\n\n   d\n   :::\n2. e\n::::",
            "<ol class=\"steps\">\n<li>\n<p>a</p>\n<figure>\n[c.png | b | ]\n<figcaption>d</figcaption>\n</figure>\n</li>\n\
             <li>\n<p>e</p>\n</li>\n</ol>\n",
        ),
    ] {
        assert_eq!(html(text), expected, "{text}");
    }
}

#[test]
fn fences_in_code_are_code() {
    for text in ["```\n::: steps\n:::\n```", "    ::: steps\n"] {
        let (body, _) = read(text);
        assert!(body.html.contains("::: "), "{text}: {}", body.html);
    }
}

#[test]
fn procedures_and_questions_are_collected_for_machines() {
    let (body, errors) = read(
        "## Вход\n\n::: steps\n1. Раз *два*.\n\n   Три.\n2. Четыре.\n:::\n\n\
         ## Вопросы\n\n::: questions\n### Как?\n\nТак.\n\n- и так\n\n#### Ещё\n\nвот\n\n### Где? {#where}\n\nТут.\n:::\n",
    );
    assert_eq!(errors, [""; 0]);
    assert_eq!(
        body.steps,
        [Procedure {
            title: "Вход".to_owned(),
            steps: vec!["Раз два. Три.".to_owned(), "Четыре.".to_owned()],
        }]
    );
    let question = |id: &str, question: &str, answer: &str| Question {
        id: id.to_owned(),
        question: question.to_owned(),
        answer: answer.to_owned(),
    };
    assert_eq!(
        body.questions,
        [
            question("как", "Как?", "Так.\nи\u{a0}так\nЕщё\nвот"),
            question("where", "Где?", "Тут."),
        ]
    );
}

#[test]
fn a_page_with_the_terms_says_so_and_keeps_their_ids_free() {
    let (body, errors) = read("## Term JWT\n\n::: glossary\n:::\n");
    assert_eq!(errors, [""; 0]);
    assert!(body.has_glossary);
    assert_eq!(body.ids, ["term-jwt-2", "term-api", "term-jwt"]);
    assert!(!read("[JWT](term:jwt)").0.has_glossary);
}

#[test]
fn a_rule_that_a_component_breaks_in_several_ways_is_told_once() {
    assert_faults(&[
        (
            "::: steps\na\n\n1. b\n\nc\n:::\n",
            "a.md:2:1",
            "`steps` holds one numbered list",
            "before or after",
        ),
        (
            "::: questions\na\n\nb\n:::\n",
            "a.md:2:1",
            "`questions` begins with a heading",
            "write `### Question`",
        ),
        (
            "::: figure\n::: steps\n1. a\n:::\n:::\n",
            "a.md:2:1",
            "`figure` holds one picture",
            "end `figure` with a line `:::`",
        ),
        (
            "1. a\n\n   ::: figure\n\n:::\n",
            "a.md:5:1",
            "not in the list or quotation it began in",
            "indent its first and its last line alike",
        ),
        (
            "1. a\n   ::: figure\n   ![b](c.png)\n   :::\n",
            "a.md:3:4",
            "`figure` holds one picture",
            "an empty line, and the caption",
        ),
        (
            "> ::: steps\n> 1. a\n> :::\n",
            "a.md:1:3",
            "a component cannot stand here",
            "not in a quotation",
        ),
    ]);
}

#[test]
fn what_is_wrong_with_a_component_is_told_at_its_place() {
    assert_faults(&[
        (
            "::: stps\n:::\n",
            "a.md:1:1",
            "there is no component `stps`",
            "did you mean \"steps\"?",
        ),
        (
            "::: xyzzy\n:::\n",
            "a.md:1:1",
            "there is no component `xyzzy`",
            "the components are: figure",
        ),
        (
            "a\n\n::: steps x\n1. a\n:::\n",
            "a.md:3:1",
            "`steps` takes no arguments",
            "write `::: steps`",
        ),
        (
            "a\n:::\n",
            "a.md:2:1",
            "none has begun",
            "begin the component",
        ),
        (
            "::: steps\n1. a\n",
            "a.md:1:1",
            "`steps` begins here and does not end",
            "put a line `:::`",
        ),
        (
            "::: steps\n- a\n:::\n",
            "a.md:2:1",
            "`steps` holds one numbered list",
            "write 1., 2., 3.",
        ),
        (
            "::: steps\n:::\n",
            "a.md:1:1",
            "`steps` holds one numbered list",
            "write 1., 2., 3.",
        ),
        (
            "::: steps\n1. a\n\nb\n:::\n",
            "a.md:4:1",
            "`steps` holds one numbered list",
            "before or after",
        ),
        (
            "::: figure\n![a](b.png)\n:::\n",
            "a.md:1:1",
            "`figure` holds one picture",
            "an empty line, and the caption",
        ),
        (
            "::: figure\n![a](b.png)\nc\n\nd\n:::\n",
            "a.md:2:1",
            "`figure` holds one picture",
            "an empty line, and the caption",
        ),
        (
            "::: figure\n![a](b.png)\n\nc\n\nd\n:::\n",
            "a.md:6:1",
            "`figure` holds one picture",
            "an empty line, and the caption",
        ),
    ]);
}

#[test]
fn what_is_wrong_inside_a_component_is_told_at_its_place() {
    assert_faults(&[
        (
            "::: tab \"A\"\nb\n:::\n",
            "a.md:1:1",
            "`tab` stands directly inside `tabs`",
            "put `::: tabs`",
        ),
        (
            "::: tabs\n::: tab\na\n:::\n::: tab \"B\"\nb\n:::\n:::\n",
            "a.md:2:1",
            "`tab` takes one argument, its title in quotes",
            "write `::: tab \"Title\"`",
        ),
        (
            "::: tabs\n::: tab \"A\"\na\n:::\n:::\n",
            "a.md:1:1",
            "`tabs` holds two or more",
            "no tabs are needed",
        ),
        (
            "::: tabs\n::: tab \"A\"\na\n:::\nx\n\n::: tab \"B\"\nb\n:::\n:::\n",
            "a.md:5:1",
            "`tabs` holds two or more",
            "no tabs are needed",
        ),
        (
            "::: questions\na\n:::\n",
            "a.md:2:1",
            "`questions` begins with a heading",
            "`### Question`",
        ),
        (
            "::: questions\n:::\n",
            "a.md:1:1",
            "`questions` begins with a heading",
            "`### Question`",
        ),
        (
            "::: questions\n## A\n\n## B\n\nc\n:::\n",
            "a.md:2:1",
            "the question has no answer",
            "under the heading",
        ),
        (
            "::: glossary\na\n:::\n",
            "a.md:2:1",
            "`glossary` holds nothing",
            "before or after",
        ),
        (
            "- a\n\n  ::: steps\n  1. c\n\nb\n\n:::\n",
            "a.md:8:1",
            "`steps` ends here, but not in the list",
            "indent",
        ),
        (
            "> ::: steps\n",
            "a.md:1:3",
            "a component cannot stand here",
            "not in a quotation",
        ),
        (
            "::: steps\n1. a <b>\n:::\n",
            "a.md:2:6",
            "raw HTML is not allowed here",
            "backslash",
        ),
        (
            "## A {#term-jwt}\n\n::: glossary\n:::\n",
            "a.md:1:1",
            "the id `term-jwt` is already used",
            "another {#id}",
        ),
    ]);
}

proptest! {
    #[test]
    fn a_text_without_fences_is_what_it_would_be_without_components(
        text in "[a-c:#>*` \\-\n]{0,80}",
    ) {
        let text = text.replace("::", ": ");
        let values = Values::default();
        let messages = Messages::parse(Language::Russian, &SourceFile::new("m.toml", WORDS)).unwrap();
        let surroundings = Surroundings {
            language: Language::Russian,
            expressions: &Expressions::new(Language::Russian, &values),
            messages: &messages,
            parts: &BTreeMap::new(),
            glossary: None,
        };
        let file = SourceFile::new("content/ru/a.md", &text);
        let (mut expanded, _) = expansion::expand(&file, 0, &surroundings);
        prop_assert_eq!(fences::mark(&mut expanded, dialect()), []);
        prop_assert_eq!(expanded.text(), file.text());
    }

    #[test]
    fn every_place_in_a_text_with_fences_is_its_place_in_the_file(
        lines in proptest::collection::vec("(::: [a-c]{1,3}|:::|[а-в]{1,4}|  - [d-f]{2}|```|)", 0..12),
    ) {
        let text = lines.join("\n");
        let values = Values::default();
        let messages = Messages::parse(Language::Russian, &SourceFile::new("m.toml", WORDS)).unwrap();
        let surroundings = Surroundings {
            language: Language::Russian,
            expressions: &Expressions::new(Language::Russian, &values),
            messages: &messages,
            parts: &BTreeMap::new(),
            glossary: None,
        };
        let file = SourceFile::new("content/ru/a.md", &text);
        let (mut expanded, _) = expansion::expand(&file, 0, &surroundings);
        let fences = fences::mark(&mut expanded, dialect());
        for fence in &fences {
            let origin = expanded.origin(fence.range.clone());
            let written = &text[origin.range];
            prop_assert!(written.starts_with(":::"), "{:?}", written);
            prop_assert!(written.ends_with(&fence.words), "{:?}", written);
        }
        for (position, letter) in expanded.text().char_indices() {
            if !"<!->".contains(letter) {
                let origin = expanded.origin(position..position + letter.len_utf8());
                prop_assert_eq!(&text[origin.range], letter.to_string());
            }
        }
    }
}
