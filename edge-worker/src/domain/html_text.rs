//! The words of a page without its HTML.
//!
//! The predecessor kept its documents as HTML that staff wrote; nothing of it may reach a page of ours as HTML.

/// Elements whose content nobody reads.
const UNREAD: [&str; 3] = ["script", "style", "head"];

/// Elements that begin a new line.
const BLOCKS: [&str; 14] = [
    "p", "br", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table",
];

/// The text of a piece of HTML, line by line, without empty lines in a row.
pub(super) fn text_of(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, behind)) = rest.split_once('<') {
        text.push_str(&decode(before));
        let (tag, after) = behind.split_once('>').unwrap_or((behind, ""));
        let name = name_of(tag);
        rest = if !tag.starts_with('/') && UNREAD.contains(&name.as_str()) {
            behind_element(after, &name)
        } else {
            after
        };
        if BLOCKS.contains(&name.as_str()) {
            text.push('\n');
        }
    }
    text.push_str(&decode(rest));
    tidy(&text)
}

fn name_of(tag: &str) -> String {
    tag.trim_start_matches('/')
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .collect::<String>()
        .to_ascii_lowercase()
}

/// What stands behind the end of an element.
fn behind_element<'a>(html: &'a str, name: &str) -> &'a str {
    let end = format!("</{name}");
    html.to_ascii_lowercase()
        .find(&end)
        .and_then(|at| html.get(at..))
        .and_then(|from_end| from_end.split_once('>'))
        .map_or("", |(_, behind)| behind)
}

/// The five signs that HTML cannot do without, and the space that editors write. `&amp;` comes last: what it makes is no
/// further sign.
fn decode(text: &str) -> String {
    [
        ("&nbsp;", " "),
        ("&laquo;", "«"),
        ("&raquo;", "»"),
        ("&mdash;", "—"),
        ("&ndash;", "–"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ]
    .into_iter()
    .fold(text.replace('\u{a0}', " "), |text, (sign, character)| {
        text.replace(sign, character)
    })
}

fn tidy(text: &str) -> String {
    let mut tidied = String::new();
    let mut is_gap = false;
    for line in text.lines() {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if line.is_empty() {
            is_gap = !tidied.is_empty();
            continue;
        }
        if !tidied.is_empty() {
            tidied.push('\n');
        }
        if is_gap {
            tidied.push('\n');
        }
        is_gap = false;
        tidied.push_str(&line);
    }
    tidied
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_left_and_marks_are_not() {
        for (html, text) in [
            ("", ""),
            ("просто", "просто"),
            (
                "<h1>Оферта</h1>\n<p>Цена &lt;&nbsp;<b>100</b>&nbsp;₽.<br>Всё.</p>",
                "Оферта\n\nЦена < 100 ₽.\nВсё.",
            ),
            ("<ul><li>раз</li><li>два</li></ul>", "раз\n\nдва"),
            ("a<script>alert('<b>')</script>b", "ab"),
            ("a<STYLE>p{}</style >b", "ab"),
            ("a<script>never ended", "a"),
            ("&amp;lt;", "&lt;"),
            ("a < b", "a"),
            ("<", ""),
        ] {
            assert_eq!(text_of(html), text, "{html}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_without_panic(html in "\\PC{0,60}", marks in "[<>/a-zİ&;\n ]{0,40}") {
            let _ = text_of(&html);
            let _ = text_of(&marks);
        }
    }
}
