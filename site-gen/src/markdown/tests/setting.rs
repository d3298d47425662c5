//! Typography in marked-up text.

use super::*;

#[test]
fn typography_sees_through_markup_and_stops_at_code_and_addresses() {
    for (text, expected) in [
        (
            "Это \"**важно**\" - да",
            "<p>Это «<strong>важно</strong>»\u{a0}— да</p>",
        ),
        ("**\"важно**\"", "<p><strong>«важно</strong>»</p>"),
        ("в *доме*", "<p>в\u{a0}<em>доме</em></p>"),
        ("в\nдоме", "<p>в\u{a0}доме</p>"),
        ("слово\n-- слово", "<p>слово\u{a0}— слово</p>"),
        ("в `\"a\" - b` и", "<p>в\u{a0}<code>\"a\" - b</code> и</p>"),
        ("\\\"a\\\" \"b\"", "<p>\"a\" «b»</p>"),
        ("&quot;a&quot; - b", "<p>\"a\"\u{a0}— b</p>"),
        (
            "<https://a.example/b...c>",
            "<p><a to=\"https://a.example/b...c\">https://a.example/b...c</a></p>",
        ),
        ("[\"a\"](b--c.md)", "<p><a to=\"b--c.md\">«a»</a></p>"),
        ("![в \"доме\"](a.png)", "<p>[a.png | в\u{a0}«доме» | ]</p>"),
        (
            "|\"a|b\"|\n|-|-|\n",
            "<table><thead><tr><th>\"a</th><th>b\"</th></tr></thead><tbody>\n</tbody></table>",
        ),
        (
            "1990-*1995* `5-10` [5-10](1990-1995.md), 1990\\-1995",
            "<p>1990–<em>1995</em> <code>5-10</code> <a to=\"1990-1995.md\">5–10</a>, 1990-1995</p>",
        ),
        ("10 *ГБ*", "<p>10\u{a0}<em>ГБ</em></p>"),
    ] {
        assert_eq!(html(text).trim_end(), expected, "{text}");
    }
}

#[test]
fn titles_in_the_table_of_contents_are_set_and_their_ids_stay() {
    let (body, _) = read("## Вход в \"кабинет\" - как...\n");
    assert_eq!(body.headings[0].title, "Вход в\u{a0}«кабинет»\u{a0}— как…");
    assert_eq!(body.headings[0].id, "вход-в-кабинет-как");
}

#[test]
fn english_has_its_own_marks() {
    let (body, _) = read_in(Language::English, "It's \"*so*\" - 'really', 10 MB", &[]);
    assert_eq!(
        filled(&body),
        "<p>It’s “<em>so</em>”\u{a0}— ‘really’, 10\u{a0}MB</p>\n"
    );
}
