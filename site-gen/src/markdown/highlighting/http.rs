//! HTTP: the method, the names of headers, and a body that may be JSON.

use super::grammars::JSON;
use super::{Kind, Painter, lexer};

pub(super) fn paint(code: &str, painter: &mut Painter<'_>) {
    let mut position = 0;
    for (index, line) in code.split_inclusive('\n').enumerate() {
        position += line.len();
        if line.trim().is_empty() {
            painter.plain(line);
            break;
        }
        match line.split_once(':') {
            Some((name, _)) if is_header(name) => {
                painter.token(Kind::Key, name);
                painter.plain(line.get(name.len()..).unwrap_or_default());
            }
            _ if index == 0 => {
                let word = line.split([' ', '\n']).next().unwrap_or_default();
                if !word.is_empty() {
                    painter.token(Kind::Keyword, word);
                }
                painter.plain(line.get(word.len()..).unwrap_or_default());
            }
            _ => painter.plain(line),
        }
    }
    let body = code.get(position..).unwrap_or_default();
    if body.trim_start().starts_with(['{', '[']) {
        lexer::paint(&JSON, body, painter);
    } else {
        painter.plain(body);
    }
}

fn is_header(name: &str) -> bool {
    !name.is_empty()
        && name
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
}
