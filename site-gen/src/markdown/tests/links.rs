//! Links, pictures and buttons, and where they were written.

use super::*;

#[test]
fn every_link_and_picture_leaves_a_hole_that_is_filled_in_order() {
    assert_eq!(
        html("[a *b*](c.md \"d\\\"\") ![e *f* `<g>`](/h.png \"i\")\n"),
        "<p><a to=\"c.md\" title=\"d&quot;\">a <em>b</em></a> [/h.png | e f <g> | i]</p>\n"
    );
}

#[test]
fn a_picture_inside_the_text_of_a_picture_is_only_text() {
    assert_eq!(
        html("![a ![b](c.png) d](e.png) f\n"),
        "<p>[e.png | a b d | ] f</p>\n"
    );
}

#[test]
fn links_have_kinds() {
    for (text, expected) in [
        (
            "[Войти](button:../login.md#x \"y\")",
            "<a to=\"../login.md#x\" class=\"button\" title=\"y\">Войти</a>",
        ),
        (
            "[JWT](term:jwt)",
            "<a term=\"jwt\" class=\"term\" title=\"Подпись\u{a0}— «кто вошёл».\">JWT</a>",
        ),
        (
            "<a@b.example>",
            "<a to=\"mailto:a@b.example\">a@b.example</a>",
        ),
        (
            "<https://a.example>",
            "<a to=\"https://a.example\">https://a.example</a>",
        ),
        (
            "[a][b]\n\n[b]: c.md \"d\"",
            "<a to=\"c.md\" title=\"d\">a</a>",
        ),
        ("![-](a.png)", "[a.png |  | ]"),
    ] {
        assert_eq!(html(text), format!("<p>{expected}</p>\n"));
    }
}

#[test]
fn faults_of_links_and_pictures_are_told_with_the_cure() {
    assert_faults(&[
        (
            "a ![](x.png)\n",
            "a.md:1:3",
            "the picture has no text for those who do not see it",
            "if it is decoration only, write ![-](…)",
        ),
        (
            "[](x.md)\n",
            "a.md:1:1",
            "the link has no text",
            "write between the brackets where it leads",
        ),
        (
            "a\n[b](term:jtw)\n",
            "a.md:2:1",
            "the glossary has no term `jtw`",
            "did you mean \"jwt\"?",
        ),
        (
            "[b](term:zzzzz)\n",
            "a.md:1:1",
            "the glossary has no term `zzzzz`",
            "add the table [terms.zzzzz] to content/ru/glossary.toml",
        ),
    ]);
}

#[test]
fn a_link_knows_its_place_and_the_folder_it_is_written_in() {
    let text = "a\n{{ site.mail }} [b](c.md)\n\n{{ include(\"/parts/_d.md\") }}\n\n[e](f.md)";
    let part = "x\n\n[y](z.md)\n";
    let (body, errors) = read_with(text, &[("parts/_d.md", part)]);
    assert_eq!(errors, [""; 0]);
    let places: Vec<_> = body
        .links
        .iter()
        .map(|link| {
            let written = &link.origin.file.text()[link.origin.range.clone()];
            let path = link.origin.file.path().to_string();
            (path, written.to_owned(), link.folder())
        })
        .collect();
    let place = |path: &str, written: &str, folder: &str| {
        (path.to_owned(), written.to_owned(), folder.to_owned())
    };
    assert_eq!(
        places,
        [
            place("content/ru/help/a.md", "[b](c.md)", "help"),
            place("content/ru/parts/_d.md", "[y](z.md)", "parts"),
            place("content/ru/help/a.md", "[e](f.md)", "help"),
        ]
    );
    assert_eq!(body.parts, ["parts/_d.md"]);
    assert!(body.uses_values);
    assert!(!read("plain").0.uses_values);
}

#[test]
fn a_fault_in_a_part_is_shown_there() {
    let (_, errors) = read_with(
        "## A {#x}\n\n{{ include(\"_d.md\") }}\n",
        &[("help/_d.md", "one\n\n## B {#x}\n")],
    );
    assert_eq!(errors.len(), 1);
    assert!(
        errors[0].contains("--> content/ru/help/_d.md:3:1"),
        "{}",
        errors[0]
    );
    assert!(
        errors[0].contains("= note: included from content/ru/help/a.md:3"),
        "{}",
        errors[0]
    );
}
