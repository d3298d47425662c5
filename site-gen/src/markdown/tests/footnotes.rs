//! Footnotes.

use super::*;

#[test]
fn footnotes_are_listed_at_the_end_with_links_to_and_fro() {
    let (body, errors) =
        read("раз[^z] два[^a] три[^z]\n\n[^a]: Один.\n\n[^z]: Два [c](d.md).\n\nг\n");
    assert_eq!(errors, [""; 0]);
    let link = |number: usize, id: &str| {
        format!(
            "<sup class=\"footnote\"><a href=\"#note--{number}\" id=\"{id}\" aria-label=\"Сноска {number}\">{number}</a></sup>"
        )
    };
    let back = |number: usize, id: &str| {
        format!(
            " <a class=\"footnote-back\" href=\"#{id}\" aria-label=\"К\u{a0}тексту: сноска {number}\">↩</a>"
        )
    };
    assert_eq!(
        filled(&body),
        format!(
            "<p>раз{} два{} три{}</p>\n<p>г</p>\n<section class=\"footnotes\" aria-label=\"Сноски\">\n<ol>\n\
             <li id=\"note--1\">\n<p>Два <a to=\"d.md\">c</a>.{}{}</p>\n</li>\n\
             <li id=\"note--2\">\n<p>Один.{}</p>\n</li>\n</ol>\n</section>\n",
            link(1, "note-back--1"),
            link(2, "note-back--2"),
            link(1, "note-back--1-2"),
            back(1, "note-back--1"),
            back(1, "note-back--1-2"),
            back(2, "note-back--2"),
        )
    );
    assert_eq!(
        body.ids,
        [
            "note-back--1",
            "note-back--2",
            "note-back--1-2",
            "note--1",
            "note--2"
        ]
    );
}

#[test]
fn footnotes_without_a_partner_are_told_at_their_places() {
    assert_faults(&[
        (
            "a\nb[^1] c\n",
            "a.md:2:2",
            "there is no footnote `[^1]`",
            "add a line to the text: [^1]: …",
        ),
        (
            "a\n\n[^1]: b\n",
            "a.md:3:1",
            "the text never refers to the footnote `[^1]`",
            "write [^1] where it belongs",
        ),
        (
            "a[^1]\n\n[^1]: b\n\n[^1]: c\n",
            "a.md:5:1",
            "the footnote `[^1]` is written twice",
            "take one of them out",
        ),
    ]);
    for text in ["a \\[^1] b", "`[^1]`", "a [^ b] c"] {
        let (_, errors) = read(text);
        assert_eq!(errors, [""; 0], "{text}");
    }
}
