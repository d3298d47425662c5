//! What is published of styles and scripts: everything but their comments, which are for those who change the theme.
//!
//! Comments are a good part of our files, and a phone would wait for them. Nothing else is taken out, so that a published file
//! can still be read.

use std::ops::Range;

use super::imports::quoted_length;

/// The text without these comments, and without the lines that held nothing else.
pub(super) fn without(text: &str, comments: &[Range<usize>]) -> String {
    let blank = [' ', '\t'];
    let mut lean = String::with_capacity(text.len());
    let mut position = 0;
    for comment in comments {
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
            // A line break in a comment ends a statement, as one outside does.
            if text
                .get(comment.clone())
                .is_some_and(|inside| inside.contains('\n'))
            {
                lean.push('\n');
            }
            position = comment.end;
        }
    }
    lean.push_str(text.get(position..).unwrap_or_default());
    lean
}

/// The comments of a style sheet, strings passed over.
pub(super) fn comments_of_style(text: &str) -> Vec<Range<usize>> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assets::imports;

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
            assert_eq!(without(text, &comments_of_style(text)), expected, "{text}");
        }
    }

    #[test]
    fn scripts_lose_their_comments_and_no_statement_runs_into_the_next() {
        for (text, expected) in [
            ("/** a */\n\nb();\n", "\nb();\n"),
            ("  // a\n  b(); // c\n", "  b(); \n"),
            ("const a = /** @type {B} */ (c);\n", "const a =  (c);\n"),
            ("a /*\n*/ b", "a \n b"),
            (
                "a(\"// b\", `/* ${c} */`, /[/*]/);\n",
                "a(\"// b\", `/* ${c} */`, /[/*]/);\n",
            ),
            ("// a", ""),
        ] {
            assert_eq!(without(text, &imports::comments(text)), expected, "{text}");
        }
    }
}
