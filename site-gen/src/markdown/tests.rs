use super::*;
use crate::content::Messages;

const ALERTS: &str = "[alert]\nnote = \"Заметка\"\nwarning = \"<Важно>\"\n";

fn read(text: &str) -> (Body, Vec<String>) {
    let settings = Settings::parse(&SourceFile::new(
        Settings::FILE,
        "[site]\nbase_url = \"https://a.example\"\nmail = \"a@b.example\"\nhtml = \"<i>x</i>\"\n",
    ))
    .unwrap();
    let messages = Messages::parse(&SourceFile::new("content/ru/messages.toml", ALERTS)).unwrap();
    let file = SourceFile::new("content/ru/a.md", text);
    let (body, errors) = parse(&file, 0, &settings, &messages);
    (body, errors.iter().map(ToString::to_string).collect())
}

fn html(text: &str) -> String {
    let (body, errors) = read(text);
    assert_eq!(errors, [""; 0], "{text}");
    let attributes: Vec<_> = body
        .links
        .iter()
        .map(|link| format!("to=\"{}\"", link.target))
        .collect();
    body.fill(&attributes)
}

#[test]
fn the_dialect_is_commonmark_with_tables_strikethrough_tasks_and_footnotes() {
    for (text, part) in [
        ("*a* **b**", "<p><em>a</em> <strong>b</strong></p>"),
        ("~~a~~", "<del>a</del>"),
        ("|a|\n|-|\n|b|", "<td>b</td>"),
        ("- [x] a", "type=\"checkbox\" checked=\"\""),
        ("a[^1]\n\n[^1]: b", "footnote-definition"),
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
            ("kod", "Код и слово", 3)
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
fn faults_are_told_with_line_and_cure() {
    for (text, place, message) in [
        (
            "## A {#x}\n\n## B {#x}\n",
            "a.md:3:1",
            "the id `x` is already used on this page",
        ),
        (
            "## A {.big}\n",
            "a.md:1:1",
            "a heading can be given an id and nothing else",
        ),
        (
            "## A {onclick=x}\n",
            "a.md:1:1",
            "a heading can be given an id and nothing else",
        ),
        (
            "a\n\n<div>\nb\n</div>\n",
            "a.md:3:1",
            "raw HTML is not allowed here: `<div>`",
        ),
        (
            "a <b>c</b>\n",
            "a.md:1:3",
            "raw HTML is not allowed here: `<b>`",
        ),
        (
            "<!-- c -->\n",
            "a.md:1:1",
            "raw HTML is not allowed here: `<!-- c -->`",
        ),
        (
            "a\n{{ site.html }}\n",
            "a.md:2:1",
            "raw HTML is not allowed here: `<i>`",
        ),
        (
            "[a][b]\n",
            "a.md:1:1",
            "the text says nowhere what `[b]` is",
        ),
        (
            "> [!TIP]\n> a\n",
            "content/ru/messages.toml\n",
            "the message `alert.tip` is missing",
        ),
    ] {
        let (_, errors) = read(text);
        assert_eq!(errors.len(), 1, "{text:?}: {errors:?}");
        assert!(errors[0].contains(place), "{text:?}: {}", errors[0]);
        assert!(errors[0].contains(message), "{text:?}: {}", errors[0]);
        assert!(errors[0].contains("= help: "), "{text:?}: {}", errors[0]);
    }
}

#[test]
fn an_alert_has_a_title_in_the_language_of_the_page_and_a_quotation_stays_one() {
    assert_eq!(
        html("> [!WARNING]\n> > a\n"),
        "<div class=\"alert alert-warning\" role=\"note\">\n<p class=\"alert-title\">&lt;Важно&gt;</p>\n\
         <blockquote>\n<p>a</p>\n</blockquote>\n</div>\n"
    );
}

#[test]
fn every_link_and_picture_leaves_a_hole_that_is_filled_in_order() {
    assert_eq!(
        html("[a *b*](c.md \"d\\\"\") ![e *f* `<g>`](/h.png)\n"),
        "<p><a to=\"c.md\" title=\"d&quot;\">a <em>b</em></a> <img to=\"/h.png\" alt=\"e f &lt;g&gt;\"></p>\n"
    );
}

#[test]
fn a_picture_inside_the_text_of_a_picture_is_only_text() {
    assert_eq!(
        html("![a ![b](c.png) d](e.png) f\n"),
        "<p><img to=\"e.png\" alt=\"a b d\"> f</p>\n"
    );
}

#[test]
fn a_link_knows_its_place_in_the_file() {
    let text = "a\n{{ site.mail }} [b](c.md)\n";
    let (body, _) = read(text);
    assert_eq!(&text[body.links[0].range.clone()], "[b](c.md)");
}
