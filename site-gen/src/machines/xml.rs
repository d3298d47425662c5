//! Text made safe for XML 1.0.

/// Escapes text for the content of an element or a quoted attribute.
///
/// Characters that XML 1.0 cannot hold, not even escaped, become U+FFFD; line breaks and tabs are written as references,
/// since a reader turns the plain ones of an attribute into spaces.
///
/// See <https://www.w3.org/TR/xml/#charsets> and <https://www.w3.org/TR/xml/#AVNormalize>.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' => escaped.push_str("&#9;"),
            '\n' => escaped.push_str("&#10;"),
            '\r' => escaped.push_str("&#13;"),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            other => escaped.push(other),
        }
    }
    escaped
}
