//! The dialect, headings and faults; other topics lie in modules of their own.

mod code;
mod components;
mod copy;
mod footnotes;
mod links;
mod setting;

use super::*;
use crate::content::Values;

const WORDS: &str = "[alert]\nnote = \"Заметка\"\nwarning = \"<Важно>\"\n\
    [text]\nfootnote = \"Сноска\"\nfootnotes = \"Сноски\"\nfootnote_back = \"К тексту: сноска\"\n\
    task_done = \"сделано\"\ntask_open = \"не сделано\"\ntable = \"Таблица\"\n";

const GLOSSARY: &str = "[terms.jwt]\ntitle = \"JWT\"\ntext = \"Подпись - \\\"кто вошёл\\\".\"\n\
    [terms.api]\ntitle = \"API\"\ntext = \"Связь программ.\"\n";

/// Reads a text as `content/ru/help/a.md`, with these parts at hand.
fn read_with(text: &str, parts: &[(&str, &str)]) -> (Body, Vec<String>) {
    read_in(Language::Russian, text, parts)
}

fn read_in(language: Language, text: &str, parts: &[(&str, &str)]) -> (Body, Vec<String>) {
    let (values, errors) = Values::parse(&[SourceFile::new(
        "content/site.toml",
        "[site]\nbase_url = \"https://a.example\"\nmail = \"a@b.example\"\nhtml = \"<i>x</i>\"\n",
    )]);
    assert_eq!(errors, []);
    let messages = Messages::parse(
        Language::Russian,
        &SourceFile::new("content/ru/messages.toml", WORDS),
    )
    .unwrap();
    let glossary = Glossary::parse(&SourceFile::new("content/ru/glossary.toml", GLOSSARY)).unwrap();
    let parts = parts
        .iter()
        .map(|(path, text)| {
            let file = SourceFile::new(format!("content/ru/{path}"), text);
            ((*path).to_owned(), file)
        })
        .collect();
    let surroundings = Surroundings {
        language,
        expressions: &Expressions::new(language, &values),
        messages: &messages,
        parts: &parts,
        glossary: Some(&glossary),
    };
    let file = SourceFile::new("content/ru/help/a.md", text);
    let (body, errors) = parse(&file, 0, &surroundings);
    (body, errors.iter().map(ToString::to_string).collect())
}

fn read(text: &str) -> (Body, Vec<String>) {
    read_with(text, &[])
}

/// The HTML with the holes closed by what was written.
fn filled(body: &Body) -> String {
    let fillings: Vec<_> = body
        .links
        .iter()
        .map(|link| match &link.usage {
            Usage::Link => format!("to=\"{}\"", link.target),
            Usage::Term => format!("term=\"{}\"", link.target),
            Usage::Picture { alternative, title } => {
                format!("[{} | {alternative} | {title}]", link.target)
            }
        })
        .collect();
    body.fill(&fillings)
}

fn html(text: &str) -> String {
    let (body, errors) = read(text);
    assert_eq!(errors, [""; 0], "{text}");
    filled(&body)
}

/// Each case is a text, the place of its one fault, the message and the cure.
fn assert_faults(cases: &[(&str, &str, &str, &str)]) {
    for (text, place, message, help) in cases {
        let (_, errors) = read(text);
        assert_eq!(errors.len(), 1, "{text:?}: {errors:#?}");
        for part in [place, message, help] {
            assert!(errors[0].contains(part), "{text:?}: {part}: {}", errors[0]);
        }
        assert!(errors[0].contains("= help: "), "{text:?}: {}", errors[0]);
    }
}

#[test]
fn the_dialect_is_commonmark_with_tables_strikethrough_tasks_and_footnotes() {
    for (text, part) in [
        ("*a* **b**", "<p><em>a</em> <strong>b</strong></p>"),
        ("~~a~~", "<del>a</del>"),
        ("|a|\n|-|\n|b|", "<td>b</td>"),
        (
            "- [x] a\n- [ ] b",
            "<ul>\n<li><input type=\"checkbox\" disabled checked aria-label=\"сделано\"> a</li>\n\
             <li><input type=\"checkbox\" disabled aria-label=\"не\u{a0}сделано\"> b</li>\n</ul>\n",
        ),
        ("а\n: б\n", "<dl>\n<dt>а</dt>\n<dd>б</dd>\n</dl>"),
        ("3. a\n4. b", "<ol start=\"3\">\n<li>a</li>"),
        ("a\\\nb", "a<br>\nb"),
        ("a\n\n---\n\nb", "<hr>"),
        ("2^10^ x~y", "<p>2^10^ x~y</p>"),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
        ("`<b>`", "<code>&lt;b&gt;</code>"),
        ("{{ site.mail }}", "<p>a@b.example</p>"),
    ] {
        assert!(html(text).contains(part), "{text}: {}", html(text));
    }
}

#[test]
fn columns_are_aligned_by_classes_because_the_policy_forbids_inline_styles() {
    let table = html("|a|b|c|d|\n|:-|:-:|-:|-|\n|1|2|3|4|\n");
    assert!(table.contains("<th class=\"align-left\">a</th><th class=\"align-center\">b</th><th class=\"align-right\">c</th><th>d</th>"), "{table}");
    assert!(
        table.contains("<td class=\"align-right\">3</td><td>4</td>"),
        "{table}"
    );
    assert!(!table.contains("style"), "{table}");
}

#[test]
fn headings_have_ids_by_words_or_by_hand() {
    let text = "## Как войти\n\n## Как войти\n\n### `Код` и *слово* {#kod}\n";
    let (body, _) = read(text);
    let found: Vec<_> = body
        .headings
        .iter()
        .map(|heading| (heading.id.as_str(), heading.title.as_str(), heading.level))
        .collect();
    assert_eq!(
        found,
        [
            ("как-войти", "Как войти", 2),
            ("как-войти-2", "Как войти", 2),
            ("kod", "Код и\u{a0}слово", 3)
        ]
    );
    assert!(html(text).contains("<h2 id=\"как-войти-2\">Как войти</h2>"));
}

#[test]
fn an_id_made_from_words_gives_way_to_one_written_by_hand_further_down() {
    let (body, errors) = read("## Вход\n\n## Другое {#вход}\n");
    let ids: Vec<_> = body.headings.iter().map(|heading| &heading.id).collect();
    assert_eq!(ids, ["вход-2", "вход"]);
    assert_eq!(errors, [""; 0]);
}

#[test]
fn faults_are_told_with_place_and_cure() {
    assert_faults(&[
        (
            "## A {#x}\n\n## B {#x}\n",
            "a.md:3:1",
            "the id `x` is already used on this page",
            "give the heading another {#id}",
        ),
        (
            "## A {.big}\n",
            "a.md:1:1",
            "a heading can be given an id and nothing else",
            "write `## Heading {#id}`",
        ),
        (
            "## A {onclick=x}\n",
            "a.md:1:1",
            "a heading can be given an id and nothing else",
            "write `## Heading {#id}`",
        ),
        (
            "a\n\n# B\n",
            "a.md:3:1",
            "a page has one heading of level 1, and that is its title",
            "begin the heading with `##`",
        ),
        (
            "### A\n",
            "a.md:1:1",
            "the heading skips a level: `###` after `#`",
            "begin it with fewer `#`",
        ),
        (
            "## A\n\n### B\n\n##### C\n",
            "a.md:5:1",
            "the heading skips a level: `#####` after `###`",
            "begin it with fewer `#`",
        ),
        (
            "a\n\n<div>\nb\n</div>\n",
            "a.md:3:1",
            "raw HTML is not allowed here: `<div>`",
            "an empty line begins a new paragraph",
        ),
        (
            "a <b>c</b>\n",
            "a.md:1:3",
            "raw HTML is not allowed here: `<b>`",
            "write **text**; to show it as it is, put a backslash",
        ),
        (
            "<!-- c -->\n",
            "a.md:1:1",
            "raw HTML is not allowed here: `<!-- c -->`",
            "take it out: readers could find it",
        ),
        (
            "<!DOCTYPE html>\n",
            "a.md:1:1",
            "raw HTML is not allowed here: `<!DOCTYPE html>`",
            "write it in Markdown; to show it as it is",
        ),
        (
            "a <SVG viewBox=\"0 0 1 1\"/>\n",
            "a.md:1:3",
            "raw HTML is not allowed here: `<SVG viewBox=\"0 0 1 1\"/>`",
            "put the file beside the page and write ![what it shows](name.png)",
        ),
        (
            "a\n{{ site.html }}\n",
            "a.md:2:1",
            "raw HTML is not allowed here: `<i>`",
            "backslash",
        ),
        (
            "[a][b]\n",
            "a.md:1:1",
            "the text says nowhere what `[b]` is",
            "add a line to the text: [b]: …",
        ),
        (
            "> [!TIP]\n> a\n",
            "content/ru/messages.toml\n",
            "the message `alert.tip` is missing",
            "add tip = \"…\" below [alert]",
        ),
    ]);
}

#[test]
fn two_tags_in_two_lines_are_two_mistakes() {
    let (_, errors) = read("a <b>c</b>\nd <i>e</i>\n");
    assert_eq!(errors.len(), 2, "{errors:?}");
}

#[test]
fn headings_in_lists_and_back_up_skip_no_level() {
    let (_, errors) = read("## A\n\n- ### B\n\n  c\n\n#### D\n\n## E\n");
    assert_eq!(errors, [""; 0]);
}

#[test]
fn wide_tables_scroll_in_a_frame_that_takes_the_focus_and_narrow_ones_do_not() {
    let frame =
        "<div class=\"table-frame\" role=\"group\" aria-label=\"Таблица\" tabindex=\"0\">\n<table>";
    let wide = html("|a|b|c|d|\n|-|-|-|-|\n|1|2|3|4|\n");
    assert!(wide.starts_with(frame), "{wide}");
    assert!(wide.ends_with("</tbody></table>\n</div>\n"), "{wide}");
    let narrow = html("|a|b|c|\n|-|-|-|\n|1|2|3|\n");
    assert_eq!(
        narrow,
        "<table><thead><tr><th>a</th><th>b</th><th>c</th></tr></thead><tbody>\n\
         <tr><td>1</td><td>2</td><td>3</td></tr>\n</tbody></table>\n"
    );
}

#[test]
fn the_plain_text_has_one_block_a_line() {
    let (body, _) = read(
        "## Один {#a}\n\nДва *три*\nчетыре `пять`.\n\n- шесть\n- семь\n\n|а|б|\n|-|-|\n|в|г|\n\n\
         ```\nx = 1\ny\n```\n\n> [!NOTE]\n> восемь\n",
    );
    assert_eq!(
        body.text,
        "Один\nДва три четыре пять.\nшесть\nсемь\nа б\nв г\nx = 1 y\nЗаметка\nвосемь\n"
    );
}

#[test]
fn an_alert_has_a_title_in_the_language_of_the_page_and_a_quotation_stays_one() {
    assert_eq!(
        html("> [!WARNING]\n> > a\n"),
        "<div class=\"alert alert-warning\" role=\"note\">\n<p class=\"alert-title\">&lt;Важно&gt;</p>\n\
         <blockquote>\n<p>a</p>\n</blockquote>\n</div>\n"
    );
}
