//! HTML: names of elements and attributes, values, comments.

use super::{Kind, Painter};

const COMMENT: (&str, &str) = ("<!--", "-->");

pub(super) fn paint(code: &str, painter: &mut Painter<'_>) {
    let mut rest = code;
    while let Some(start) = rest.find('<') {
        let (text, tag) = rest.split_at(start);
        painter.plain(text);
        rest = if tag.starts_with(COMMENT.0) {
            let end = tag
                .find(COMMENT.1)
                .map_or(tag.len(), |end| end + COMMENT.1.len());
            let (comment, after) = tag.split_at(end);
            painter.token(Kind::Comment, comment);
            after
        } else {
            element(tag, painter)
        };
    }
    painter.plain(rest);
}

/// Writes a tag; what follows it.
fn element<'a>(tag: &'a str, painter: &mut Painter<'_>) -> &'a str {
    let name_start = 1 + tag.get(1..).map_or(0, |rest| {
        rest.len() - rest.trim_start_matches(['/', '!']).len()
    });
    let (opening, mut rest) = tag.split_at(name_start.min(tag.len()));
    painter.plain(opening);
    let name;
    (name, rest) = rest.split_at(name_length(rest));
    if name.is_empty() {
        return rest;
    }
    painter.token(Kind::Keyword, name);
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '>' => {
                painter.plain(">");
                return rest.get(1..).unwrap_or_default();
            }
            '"' | '\'' => {
                let inner = rest.get(1..).unwrap_or_default();
                let length = inner.find(first).map_or(rest.len(), |end| end + 2);
                painter.token(Kind::Text, rest.get(..length).unwrap_or_default());
                length
            }
            _ if name_length(rest) > 0 => {
                let length = name_length(rest);
                painter.token(Kind::Key, rest.get(..length).unwrap_or_default());
                length
            }
            other => {
                painter.plain(rest.get(..other.len_utf8()).unwrap_or_default());
                other.len_utf8()
            }
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    rest
}

fn name_length(text: &str) -> usize {
    text.find(|letter: char| !(letter.is_ascii_alphanumeric() || matches!(letter, '-' | '_' | ':')))
        .unwrap_or(text.len())
}
