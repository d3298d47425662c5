//! Raw HTML is refused; what it was meant for is written in Markdown.

use std::ops::Range;

use super::Transformation;

/// What to write in place of elements that people know.
const INSTEAD: [(&[&str], &str); 13] = [
    (&["b", "strong"], "write **text**"),
    (&["i", "em"], "write *text*"),
    (&["s", "del", "strike"], "write ~~text~~"),
    (&["code", "kbd", "samp", "tt"], "write `text`"),
    (&["pre"], "write the code between two lines ```"),
    (&["a"], "write [text](address)"),
    (
        &["img", "picture", "svg"],
        "put the file beside the page and write ![what it shows](name.png)",
    ),
    (&["br"], "end the line with a backslash"),
    (
        &["h1", "h2", "h3", "h4", "h5", "h6"],
        "write `## Heading` or `### Heading`",
    ),
    (
        &["ul", "ol", "li"],
        "begin each item of a list with `- ` or `1. `",
    ),
    (
        &["p", "div", "span", "center", "font"],
        "write the text alone: an empty line begins a new paragraph",
    ),
    (
        &["table", "tr", "td", "th", "tbody", "thead"],
        "write the rows of a table with `|` between the cells, and `|---|---|` below the first",
    ),
    (
        &["script", "style", "link"],
        "scripts and styles belong into site-gen/theme",
    ),
];

impl Transformation<'_> {
    /// The marker of a fence, or HTML that someone wrote.
    pub(super) fn html_block(&mut self, range: &Range<usize>) {
        let found = self
            .fences
            .iter()
            .position(|fence| range.contains(&fence.range.start));
        match found {
            Some(index) => self.fence(index),
            None => self.refuse_html(range),
        }
    }

    /// One refusal a line: `<b>x</b>` is one mistake, not two.
    pub(super) fn refuse_html(&mut self, range: &Range<usize>) {
        let text = self.expanded.text();
        let last = self.refused.replace(range.start);
        let between = last.and_then(|last| text.get(last..range.start));
        if between.is_some_and(|between| !between.contains('\n')) {
            return;
        }
        let written = text.get(range.clone()).unwrap_or_default();
        let first_line = written.lines().next().unwrap_or_default();
        let message = format!("raw HTML is not allowed here: `{first_line}`");
        self.refuse(range.clone(), message, cure(written));
    }
}

fn cure(written: &str) -> String {
    const AS_IT_IS: &str = "to show it as it is, put a backslash before `<`";
    if written.starts_with("<!--") {
        return "take it out: readers could find it in the page".to_owned();
    }
    let name = written.trim_start_matches(['<', '/']);
    let end = name.find(|letter: char| !letter.is_ascii_alphanumeric());
    let name = name.get(..end.unwrap_or(name.len())).unwrap_or_default();
    let name = name.to_ascii_lowercase();
    let known = INSTEAD
        .iter()
        .find(|(names, _)| names.contains(&name.as_str()));
    let instead = known.map_or("write it in Markdown", |(_, instead)| *instead);
    format!("{instead}; {AS_IT_IS}")
}
