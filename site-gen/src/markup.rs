//! Text made safe for HTML and XML, and HTML read again.

use std::borrow::Cow;

/// Escapes text for the content of an element or a quoted attribute.
///
/// ```
/// assert_eq!(site_gen::markup::escape("a < \"b\" & c"), "a &lt; &quot;b&quot; &amp; c");
/// ```
#[must_use]
pub fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    write_escaped(text, &mut escaped, entity);
    Cow::Owned(escaped)
}

/// Appends text escaped for the content of an element, where quotation marks may stand as they are.
///
/// ```
/// let mut html = String::new();
/// site_gen::markup::escape_text("a < \"b\" & c", &mut html);
/// assert_eq!(html, "a &lt; \"b\" &amp; c");
/// ```
pub fn escape_text(text: &str, html: &mut String) {
    write_escaped(text, html, |byte| {
        entity(byte).filter(|_| !matches!(byte, b'"' | b'\''))
    });
}

/// Escapes text for an element or an attribute of XML 1.0.
///
/// Characters that XML cannot hold, not even escaped, become U+FFFD; line breaks and tabs are written as references,
/// since a reader turns the plain ones of an attribute into spaces.
///
/// See <https://www.w3.org/TR/xml/#charsets> and <https://www.w3.org/TR/xml/#AVNormalize>.
///
/// ```
/// assert_eq!(site_gen::markup::escape_xml("a & b\n\u{1}\u{ffff}"), "a &amp; b&#10;\u{fffd}\u{fffd}");
/// ```
#[must_use]
pub fn escape_xml(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    write_escaped(text, &mut escaped, |byte| match byte {
        b'\t' => Some("&#9;"),
        b'\n' => Some("&#10;"),
        b'\r' => Some("&#13;"),
        0..0x20 => Some("\u{fffd}"),
        _ => entity(byte),
    });
    escaped.replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}

const fn entity(byte: u8) -> Option<&'static str> {
    match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        b'\'' => Some("&#39;"),
        _ => None,
    }
}

fn write_escaped(text: &str, escaped: &mut String, entity: impl Fn(u8) -> Option<&'static str>) {
    let mut copied = 0;
    for (position, byte) in text.bytes().enumerate() {
        let Some(replacement) = entity(byte) else {
            continue;
        };
        escaped.push_str(text.get(copied..position).unwrap_or_default());
        escaped.push_str(replacement);
        copied = position + 1;
    }
    escaped.push_str(text.get(copied..).unwrap_or_default());
}

/// Makes JSON fit to stand inside a `<script>` element, which it must not be able to close.
///
/// ```
/// assert_eq!(site_gen::markup::json_in_script("\"</script>\""), "\"\\u003c/script>\"");
/// ```
#[must_use]
pub fn json_in_script(json: &str) -> String {
    json.replace('<', "\\u003c")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

/// What comes after the next `<`.
#[must_use]
pub fn after_tag_start(html: &str) -> Option<&str> {
    html.get(memchr::memchr(b'<', html.as_bytes())? + 1..)
}

/// An attribute as `(name, value)`; the value is still escaped.
pub type Attribute<'a> = (&'a str, &'a str);

/// The attributes with a quoted value of all tags.
///
/// This reads what our own templates and Markdown make, where `<` in a text is always escaped.
///
/// ```
/// let html = "<a class=\"b\" href='/c'>href=\"/d\"</a>";
/// let found: Vec<_> = site_gen::markup::attributes(html).collect();
/// assert_eq!(found, [("class", "b"), ("href", "/c")]);
/// ```
pub fn attributes(html: &str) -> impl Iterator<Item = Attribute<'_>> {
    let mut rest = html;
    let mut is_in_tag = false;
    std::iter::from_fn(move || {
        loop {
            if !is_in_tag {
                rest = after_tag_start(rest)?;
                is_in_tag = rest.starts_with(|letter: char| letter.is_ascii_alphabetic());
                continue;
            }
            let end = memchr::memchr2(b'=', b'>', rest.as_bytes())?;
            let (before, after) = rest.split_at(end);
            rest = after.get(1..)?;
            if after.starts_with('>') {
                is_in_tag = false;
                continue;
            }
            let quote = rest.bytes().next();
            let Some(quote @ (b'"' | b'\'')) = quote else {
                continue;
            };
            let value = rest.get(1..)?;
            let end = memchr::memchr(quote, value.as_bytes())?;
            rest = value.get(end + 1..)?;
            let mut bytes = before.bytes();
            let name = bytes.rposition(|byte| byte.is_ascii_whitespace());
            let name = name.map_or(Some(before), |space| before.get(space + 1..));
            return Some((name?, value.get(..end)?));
        }
    })
}
