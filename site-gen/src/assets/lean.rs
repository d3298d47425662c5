//! What is published of styles: everything but their comments, which are for those who change the theme.
//!
//! Comments are a good part of our files, and a phone would wait for them. Nothing else is taken out: the rest of what makes a
//! style sheet readable costs next to nothing once it is compressed.

use std::ops::Range;

/// A style sheet without its comments, and without the lines that held nothing else.
pub(super) fn without_comments(text: &str) -> String {
    let blank = [' ', '\t'];
    let mut lean = String::with_capacity(text.len());
    let mut position = 0;
    for comment in comments(text) {
        let line = text.get(..comment.start).unwrap_or_default();
        let line = line.trim_end_matches(blank);
        let begins_line = line.is_empty() || line.ends_with('\n');
        let code = text.get(position..comment.start).unwrap_or_default();
        let after = text.get(comment.end..).unwrap_or_default();
        let rest = after.trim_start_matches(blank);
        if begins_line && (rest.is_empty() || rest.starts_with('\n')) {
            lean.push_str(code.trim_end_matches(blank));
            position = text.len() - rest.len() + usize::from(!rest.is_empty());
        } else {
            lean.push_str(code);
            position = comment.end;
        }
    }
    lean.push_str(text.get(position..).unwrap_or_default());
    lean
}

/// The comments of a style sheet, strings passed over.
fn comments(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut position = 0;
    while let Some(rest) = text.get(position..).filter(|rest| !rest.is_empty()) {
        let length = if let Some(comment) = rest.strip_prefix("/*") {
            let length = comment.find("*/").map_or(rest.len(), |end| end + 4);
            found.push(position..position + length);
            length
        } else if let Some(quote @ ('"' | '\'')) = rest.chars().next() {
            quoted_length(rest, quote)
        } else {
            rest.chars().next().map_or(1, char::len_utf8)
        };
        position += length;
    }
    found
}

/// How long the string at the beginning of `rest` is, with its quotes; it ends with its line at the latest.
pub(super) fn quoted_length(rest: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (offset, letter) in rest.char_indices().skip(1) {
        match letter {
            '\n' => return offset,
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if letter == quote => return offset + 1,
            _ => {}
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_gone_and_strings_that_look_like_them_stay() {
        for (text, expected) in [
            ("/* a */\na {}\n", "a {}\n"),
            ("a {\n  /* b */\n  c: d; /* e */\n}\n", "a {\n  c: d; \n}\n"),
            ("/* a */\n/* b */\nc {}", "c {}"),
            ("a { b: \"/* c */\" }", "a { b: \"/* c */\" }"),
            ("a {} /* b", "a {} "),
            ("", ""),
        ] {
            assert_eq!(without_comments(text), expected, "{text}");
        }
    }
}
