use proptest::prelude::*;

use super::*;

fn paint(language: &str, code: &str) -> String {
    let mut html = String::new();
    Syntax::find(language).unwrap().write(code, &mut html);
    html
}

/// The pieces of one kind.
fn pieces(language: &str, code: &str, kind: Kind) -> Vec<String> {
    let html = paint(language, code);
    let opening = format!("<span class=\"{}\">", kind.class());
    html.split(&opening)
        .skip(1)
        .map(|rest| rest.split("</span>").next().unwrap().to_owned())
        .collect()
}

/// What a browser copies.
fn copied(html: &str) -> String {
    let mut text = String::new();
    for piece in html.split('<') {
        let plain = if piece.starts_with("span") || piece.starts_with("/span") {
            piece.split_once('>').unwrap().1
        } else {
            piece
        };
        text.push_str(plain);
    }
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}

/// The language, the code, and all of its pieces of one kind.
const CASES: &[(&str, &str, Kind, &[&str])] = &[
    ("bash", "echo \"a\" # b", Kind::Comment, &["# b"]),
    ("bash", "echo a#b", Kind::Comment, &[]),
    (
        "bash",
        "curl -X POST \\\n  --data 'x' https://a.example/#b",
        Kind::Key,
        &["-X", "--data"],
    ),
    ("sh", "echo $HOME ${A}", Kind::Key, &["$HOME", "${A}"]),
    (
        "sh",
        "for i in 1 2; do",
        Kind::Keyword,
        &["for", "in", "do"],
    ),
    (
        "json",
        "{\"a\": \"b\", \"c\": [1, -2.5e3]}",
        Kind::Key,
        &["\"a\"", "\"c\""],
    ),
    ("json", "{\"a\": \"b\\\"c\"}", Kind::Text, &["\"b\\\"c\""]),
    ("json", "[true, null, 12]", Kind::Keyword, &["true", "null"]),
    ("json", "[true, null, 12]", Kind::Number, &["12"]),
    ("toml", "# c\na-b = 'x' # d", Kind::Comment, &["# c", "# d"]),
    ("toml", "[t]\na-b = 1", Kind::Key, &["a-b"]),
    ("yaml", "a: b # c\n\"d\": yes", Kind::Key, &["a", "\"d\""]),
    (
        "javascript",
        "const a = `x\ny`; // z",
        Kind::Text,
        &["`x\ny`"],
    ),
    (
        "typescript",
        "let a: string /* b\nc */ = 1",
        Kind::Comment,
        &["/* b\nc */"],
    ),
    (
        "rust",
        "fn a<'x>() -> &'x str { \"b\" }",
        Kind::Keyword,
        &["fn"],
    ),
    (
        "css",
        "a:hover { color: red; --b: 1px }",
        Kind::Number,
        &["1px"],
    ),
    ("css", "@media print { }", Kind::Keyword, &["@media"]),
    (
        "sql",
        "SELECT a FROM b WHERE c = 'it''s' -- d",
        Kind::Keyword,
        &["SELECT", "FROM", "WHERE"],
    ),
    ("sql", "SELECT a -- d", Kind::Comment, &["-- d"]),
    (
        "python",
        "def a():\n    \"\"\"b\n    c\"\"\"\n",
        Kind::Text,
        &["\"\"\"b\n    c\"\"\""],
    ),
    (
        "html",
        "<a href=\"/b\">c</a><!-- d -->",
        Kind::Keyword,
        &["a", "a"],
    ),
    (
        "html",
        "<a href=\"/b\">c = \"d\"</a>",
        Kind::Text,
        &["\"/b\""],
    ),
    (
        "html",
        "<!-- <a> -->",
        Kind::Comment,
        &["&lt;!-- &lt;a&gt; --&gt;"],
    ),
    (
        "http",
        "POST /a HTTP/1.1\nHost: b\n\n{\"c\": 1}",
        Kind::Key,
        &["Host", "\"c\""],
    ),
    (
        "http",
        "Authorization: Bearer <x>\n",
        Kind::Key,
        &["Authorization"],
    ),
    ("http", "GET /a?b:c HTTP/1.1", Kind::Keyword, &["GET"]),
    (
        "console",
        "$ echo 1\n1\n# exit",
        Kind::Prompt,
        &["$ ", "# "],
    ),
    ("console", "$ echo 1\n1\n", Kind::Number, &["1"]),
    ("text", "for 1 \"x\" # y", Kind::Keyword, &[]),
];

#[test]
fn each_language_shows_what_matters_in_it() {
    for (language, code, kind, expected) in CASES {
        assert_eq!(
            pieces(language, code, *kind),
            *expected,
            "{language}: {code}"
        );
        assert_eq!(copied(&paint(language, code)), *code);
    }
}

#[test]
fn a_name_that_is_not_known_comes_with_what_was_meant() {
    for (name, expected) in [
        ("js", "did you mean \"javascript\"?"),
        ("JSON", "did you mean \"json\"?"),
        ("pyton", "did you mean \"python\"?"),
        ("brainfuck", "the languages are: bash, console, css"),
    ] {
        let help = Syntax::find(name).unwrap_err();
        assert!(help.starts_with(expected), "{name}: {help}");
    }
    for name in NAMES {
        assert!(Syntax::find(name).is_ok(), "{name}");
    }
}

proptest! {
    #[test]
    fn the_copied_text_of_any_code_is_the_code(
        language in proptest::sample::select(NAMES.to_vec()),
        code in "[a-z0-9\"'`#$<>&/*:=@{} .\\\\\n\u{434}-]{0,60}",
    ) {
        prop_assert_eq!(copied(&paint(language, &code)), code);
    }
}
