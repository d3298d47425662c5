//! SVG drawings: published as they are, so what could run or load something is refused.
//!
//! A browser runs nothing in a drawing that stands in `<img>`, but everything once somebody opens its address.

use roxmltree::{Document, Error, Node};

use super::PictureError;

const NAMESPACE: &str = "http://www.w3.org/2000/svg";
const REFUSED: [&str; 9] = [
    "audio",
    "embed",
    "foreignObject",
    "handler",
    "iframe",
    "listener",
    "object",
    "script",
    "video",
];

/// Checks a drawing; its size in CSS pixels, where the drawing has one.
pub(super) fn check(text: &str) -> Result<Option<(u32, u32)>, PictureError> {
    let document = Document::parse(text).map_err(|error| match error {
        Error::DtdDetected => PictureError::UnsafeDrawing("a DOCTYPE".to_owned()),
        error => PictureError::Damaged(error.to_string()),
    })?;
    let root = document.root_element();
    if !root.has_tag_name((NAMESPACE, "svg")) {
        return Err(PictureError::UnknownFormat);
    }
    match document.descendants().find_map(fault) {
        Some(fault) => Err(PictureError::UnsafeDrawing(fault)),
        None => Ok(size(root)),
    }
}

fn fault(node: Node<'_, '_>) -> Option<String> {
    if let Some(instruction) = node.pi() {
        return Some(format!("the instruction `<?{}?>`", instruction.target));
    }
    let name = node.tag_name().name();
    if REFUSED
        .iter()
        .any(|refused| refused.eq_ignore_ascii_case(name))
    {
        return Some(format!("the element `<{name}>`"));
    }
    if name == "style" && node.descendants().filter_map(|node| node.text()).any(loads) {
        return Some("a style sheet that loads another file".to_owned());
    }
    node.attributes().find_map(|attribute| {
        let name = attribute.name().to_ascii_lowercase();
        let value = attribute.value().trim();
        let is_bad = name.starts_with("on")
            || (name == "href" && !is_inside(value))
            || (name == "attributename" && value.to_ascii_lowercase().ends_with("href"))
            || loads(value);
        is_bad.then(|| format!("the attribute `{}=\"{}\"`", attribute.name(), brief(value)))
    })
}

/// Whether an address stays in the file.
fn is_inside(address: &str) -> bool {
    let is_pixels = ["png", "jpeg", "webp", "gif"]
        .iter()
        .any(|format| address.starts_with(&format!("data:image/{format};")));
    address.starts_with('#') || is_pixels
}

/// Whether a style loads something from outside of the file. Escaped letters are not read but refused.
fn loads(style: &str) -> bool {
    let style = style.to_ascii_lowercase();
    let has_outer_address = style.split("url(").skip(1).any(|rest| {
        !is_inside(rest.trim_start_matches(|letter: char| {
            letter.is_whitespace() || matches!(letter, '"' | '\'')
        }))
    });
    has_outer_address
        || ["@import", "image-set(", "\\"]
            .iter()
            .any(|word| style.contains(word))
}

fn brief(value: &str) -> String {
    const LONGEST: usize = 40;
    if value.chars().count() <= LONGEST {
        return value.to_owned();
    }
    value.chars().take(LONGEST).chain(['…']).collect()
}

fn size(root: Node<'_, '_>) -> Option<(u32, u32)> {
    let length = |name| root.attribute(name).and_then(pixels);
    if let (Some(width), Some(height)) = (length("width"), length("height")) {
        return Some((width, height));
    }
    let mut numbers = root
        .attribute("viewBox")?
        .split([' ', ','])
        .filter(|number| !number.is_empty())
        .skip(2);
    Some((pixels(numbers.next()?)?, pixels(numbers.next()?)?))
}

/// A length in pixels, rounded; other units have none that a page could use.
fn pixels(length: &str) -> Option<u32> {
    let number = length.trim();
    let number: f64 = number.strip_suffix("px").unwrap_or(number).parse().ok()?;
    let rounded = number.round();
    if !(1.0..=100_000.0).contains(&rounded) {
        return None;
    }
    format!("{rounded:.0}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing(attributes: &str, content: &str) -> String {
        format!(
            "<svg xmlns=\"{NAMESPACE}\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" {attributes}>{content}</svg>"
        )
    }

    #[test]
    fn the_size_is_taken_from_lengths_or_from_the_view_box() {
        for (attributes, size) in [
            ("width=\"24\" height=\"16.4px\"", Some((24, 16))),
            ("width=\"24\" viewBox=\"0 0 48 32\"", Some((48, 32))),
            (
                "width=\"100%\" height=\"100%\" viewBox=\"0,0,48,32\"",
                Some((48, 32)),
            ),
            ("width=\"0\" height=\"3\"", None),
            ("viewBox=\"0 0 48\"", None),
            ("viewBox=\"0 0 1e300 5\"", None),
            ("", None),
        ] {
            assert_eq!(check(&drawing(attributes, "")), Ok(size), "{attributes}");
        }
    }

    #[test]
    fn what_stays_in_the_file_is_allowed() {
        for content in [
            "<use xlink:href=\"#a\"/><g fill=\"url(#b)\" style=\"filter: url('#c')\"/>",
            "<style>.a { fill: #10b981 }</style>",
            "<image href=\"data:image/png;base64,AAAA\"/>",
        ] {
            assert_eq!(check(&drawing("", content)), Ok(None), "{content}");
        }
    }

    #[test]
    fn what_could_run_or_load_something_is_refused_by_name() {
        for (content, named) in [
            ("<script>alert(1)</script>", "the element `<script>`"),
            ("<g><foreignObject/></g>", "the element `<foreignObject>`"),
            (
                "<g onload=\"alert(1)\"/>",
                "the attribute `onload=\"alert(1)\"`",
            ),
            (
                "<a href=\"javascript:alert(1)\"/>",
                "the attribute `href=\"javascript:alert(1)\"`",
            ),
            (
                "<image xlink:href=\"https://example.org/a.png\"/>",
                "the attribute `href=\"https://example.org/a.png\"`",
            ),
            (
                "<use href=\"other.svg#a\"/>",
                "the attribute `href=\"other.svg#a\"`",
            ),
            (
                "<image href=\"data:image/svg+xml;base64,AAAA\"/>",
                "the attribute `href=\"data:image/svg+xml;base64,AAAA\"`",
            ),
            (
                "<g fill=\"url(https://example.org)\"/>",
                "the attribute `fill=\"url(https://example.org)\"`",
            ),
            (
                "<style>@import 'a.css';</style>",
                "a style sheet that loads another file",
            ),
            (
                "<style>a { background: u\\72l(//example.org) }</style>",
                "a style sheet that loads another file",
            ),
            (
                "<set attributeName=\"xlink:href\" to=\"javascript:alert(1)\"/>",
                "the attribute `attributeName=\"xlink:href\"`",
            ),
            (
                "<?xml-stylesheet href=\"a.css\"?>",
                "the instruction `<?xml-stylesheet?>`",
            ),
        ] {
            let error = check(&drawing("", content)).unwrap_err();
            assert_eq!(
                error,
                PictureError::UnsafeDrawing(named.to_owned()),
                "{content}"
            );
        }
    }

    #[test]
    fn entities_and_other_documents_are_refused() {
        assert_eq!(
            check("<!DOCTYPE svg [<!ENTITY a \"b\">]><svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
            Err(PictureError::UnsafeDrawing("a DOCTYPE".to_owned()))
        );
        assert_eq!(check("<html/>"), Err(PictureError::UnknownFormat));
        assert!(matches!(check("<svg"), Err(PictureError::Damaged(_))));
    }
}
