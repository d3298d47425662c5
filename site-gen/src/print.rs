//! Articles on one sheet: a whole section as a single page to print.
//!
//! Each article was written to stand alone, so on a common page its ids get a prefix, its headings step down one level
//! under its title, and a link to a neighbour leads to the place on the sheet. Its pictures come at once: paper shows what nobody
//! has scrolled to.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// An article as it goes onto the sheet.
#[derive(Debug, Clone, Copy)]
pub struct PrintedArticle<'a> {
    /// The address of its page.
    pub address: &'a str,
    /// Its text as HTML.
    pub content: &'a str,
}

/// The texts of the articles, in their order, fit for one page. The template gives the articles themselves the ids
/// `article-1`, `article-2` and so on.
#[must_use]
pub fn on_one_sheet(articles: &[PrintedArticle<'_>]) -> Vec<String> {
    let places: BTreeMap<_, _> = articles
        .iter()
        .zip(1..)
        .map(|(article, number)| (article.address, format!("article-{number}")))
        .collect();
    articles
        .iter()
        .map(|article| {
            let prefix = places.get(article.address).map_or("", String::as_str);
            fit(article.content, prefix, &places)
        })
        .collect()
}

fn fit(html: &str, prefix: &str, places: &BTreeMap<&str, String>) -> String {
    let mut fitted = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    while let Some((text, tag_and_rest)) = rest.split_once('<') {
        fitted.push_str(text);
        fitted.push('<');
        let end = end_of_tag(tag_and_rest);
        let (tag, after) = tag_and_rest
            .split_at_checked(end)
            .unwrap_or((tag_and_rest, ""));
        write_tag(tag, prefix, places, &mut fitted);
        rest = after;
    }
    fitted.push_str(rest);
    fitted
}

/// Where the tag ends: at its `>`, which is none if it stands in quotes.
fn end_of_tag(text: &str) -> usize {
    let mut open = None;
    text.char_indices()
        .find(|(_, letter)| {
            match (open, *letter) {
                (None, '"' | '\'') => open = Some(*letter),
                (Some(quote), letter) if letter == quote => open = None,
                _ => {}
            }
            open.is_none() && *letter == '>'
        })
        .map_or(text.len(), |(position, _)| position)
}

fn write_tag(tag: &str, prefix: &str, places: &BTreeMap<&str, String>, fitted: &mut String) {
    let mut rest = match lowered(tag) {
        Some((name, rest)) => {
            fitted.push_str(&name);
            rest
        }
        None => tag,
    };
    while let Some((before, quoted)) = rest.split_once("=\"") {
        let Some((value, after)) = quoted.split_once('"') else {
            break;
        };
        let name = before.rsplit(char::is_whitespace).next().unwrap_or(before);
        fitted.push_str(before);
        fitted.push_str("=\"");
        match name {
            "id" | "for" => _ = write!(fitted, "{prefix}-{value}"),
            "aria-labelledby" | "aria-describedby" | "aria-controls" | "headers" => {
                let all: Vec<_> = value
                    .split(' ')
                    .map(|id| format!("{prefix}-{id}"))
                    .collect();
                fitted.push_str(&all.join(" "));
            }
            "href" => fitted.push_str(&target(value, prefix, places)),
            "loading" => fitted.push_str("eager"),
            _ => fitted.push_str(value),
        }
        fitted.push('"');
        rest = after;
    }
    fitted.push_str(rest);
}

/// The name of a heading's tag one level down, and what follows it.
fn lowered(tag: &str) -> Option<(String, &str)> {
    let slash = if tag.starts_with('/') { "/" } else { "" };
    let after = tag.strip_prefix(slash)?.strip_prefix('h')?;
    let level = after
        .chars()
        .next()?
        .to_digit(10)
        .filter(|level| (1..=6).contains(level))?;
    let rest = after.get(1..)?;
    let is_name_over = rest.is_empty() || rest.starts_with(char::is_whitespace);
    is_name_over.then(|| (format!("{slash}h{}", (level + 1).min(6)), rest))
}

/// Where a link leads on the sheet.
fn target(value: &str, prefix: &str, places: &BTreeMap<&str, String>) -> String {
    let (address, anchor) = value
        .split_once('#')
        .map_or((value, None), |(address, anchor)| {
            (address, Some(anchor).filter(|anchor| !anchor.is_empty()))
        });
    let place = match address {
        "" => Some(prefix),
        _ => places.get(address).map(String::as_str),
    };
    match (place, anchor) {
        (Some(place), Some(anchor)) => format!("#{place}-{anchor}"),
        (Some(place), None) => format!("#{place}"),
        (None, _) => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn second(content: &str) -> String {
        let article = |address, content| PrintedArticle { address, content };
        let sheet = on_one_sheet(&[
            article("/help/a.html", ""),
            article("/help/b.html", content),
        ]);
        sheet[1].clone()
    }

    #[test]
    fn ids_get_a_prefix_and_everything_that_names_them_follows() {
        for (content, expected) in [
            ("text & <b>text</b>", "text & <b>text</b>"),
            ("<p id=\"x\">a</p>", "<p id=\"article-2-x\">a</p>"),
            (
                "<label class=\"c\" for=\"x\"><input id=\"x\" disabled>",
                "<label class=\"c\" for=\"article-2-x\"><input id=\"article-2-x\" disabled>",
            ),
            (
                "<div aria-labelledby=\"x y\" data-id=\"z\">",
                "<div aria-labelledby=\"article-2-x article-2-y\" data-id=\"z\">",
            ),
            (
                "<a title=\"id=>x\" href=\"#x\">",
                "<a title=\"id=>x\" href=\"#article-2-x\">",
            ),
            (
                "<code>id=&quot;x&quot;</code>",
                "<code>id=&quot;x&quot;</code>",
            ),
            ("a < b", "a < b"),
        ] {
            assert_eq!(second(content), expected);
        }
    }

    #[test]
    fn links_between_the_articles_stay_on_the_sheet() {
        for (link, expected) in [
            ("/help/a.html", "#article-1"),
            ("/help/a.html#x", "#article-1-x"),
            ("/help/b.html#", "#article-2"),
            ("#x", "#article-2-x"),
            ("/help/c.html#x", "/help/c.html#x"),
            ("https://b.example/#x", "https://b.example/#x"),
        ] {
            let html = format!("<a href=\"{link}\">a</a>");
            assert_eq!(second(&html), format!("<a href=\"{expected}\">a</a>"));
        }
    }

    #[test]
    fn pictures_do_not_wait_for_somebody_to_scroll_to_them() {
        let picture = second("<img src=\"/a.png\" alt=\"loading\" loading=\"lazy\">");
        assert_eq!(
            picture,
            "<img src=\"/a.png\" alt=\"loading\" loading=\"eager\">"
        );
    }

    #[test]
    fn headings_step_down_one_level() {
        for (content, expected) in [
            ("<h2>a</h2>", "<h3>a</h3>"),
            (
                "<h3 class=\"c\" id=\"x\">a</h3>",
                "<h4 class=\"c\" id=\"article-2-x\">a</h4>",
            ),
            ("<h6>a</h6>", "<h6>a</h6>"),
            ("<hr><header>a</header>", "<hr><header>a</header>"),
        ] {
            assert_eq!(second(content), expected);
        }
    }
}
