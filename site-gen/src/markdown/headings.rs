//! Ids of headings: `## Как войти` becomes `id="как-войти"`, `{#id}` sets it by hand.
//!
//! Ids are part of addresses that people share. An id written by hand is therefore never changed: two equal ones are an
//! error, while an id made from the words gives way with `-2`.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

/// A heading of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// The id, unique on the page.
    pub id: String,
    /// The words without markup.
    pub title: String,
    /// 1 to 6.
    pub level: u8,
}

/// What is wrong with a heading.
pub(super) struct Fault {
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) help: &'static str,
}

struct Found {
    level: u8,
    title: String,
    written: Option<String>,
    range: Range<usize>,
}

/// The headings of a text in order, with their ids, none of which is among `reserved`.
pub(super) fn collect(
    events: &[(Event<'_>, Range<usize>)],
    reserved: &[String],
) -> (Vec<Heading>, Vec<Fault>) {
    let found = find(events);
    let mut faults = check_levels(&found);
    let mut taken: BTreeMap<String, usize> = reserved.iter().map(|id| (id.clone(), 1)).collect();
    for heading in &found {
        let Some(id) = &heading.written else { continue };
        if taken.insert(id.clone(), 1).is_some() {
            faults.push(Fault {
                range: heading.range.clone(),
                message: format!("the id `{id}` is already used on this page"),
                help: "give the heading another {#id}",
            });
        }
    }
    let headings = found
        .into_iter()
        .map(|heading| Heading {
            id: heading
                .written
                .unwrap_or_else(|| free_id(&slug(&heading.title), &mut taken)),
            title: heading.title,
            level: heading.level,
        })
        .collect();
    (headings, faults)
}

/// The title of the page is the heading of level 1; from it on no level is skipped on the way down.
fn check_levels(found: &[Found]) -> Vec<Fault> {
    let mut above = 1;
    let mut faults = Vec::new();
    for heading in found {
        let level = heading.level;
        let fault = |message: String, help| Fault {
            range: heading.range.clone(),
            message,
            help,
        };
        if level == 1 {
            let message = "a page has one heading of level 1, and that is its title".to_owned();
            faults.push(fault(message, "begin the heading with `##`"));
        } else if level > above + 1 {
            let message = format!(
                "the heading skips a level: `{}` after `{}`",
                marks(level),
                marks(above)
            );
            faults.push(fault(
                message,
                "begin it with fewer `#`: readers who listen go from level to level",
            ));
        }
        above = level;
    }
    faults
}

fn marks(level: u8) -> String {
    "#".repeat(level.into())
}

fn find(events: &[(Event<'_>, Range<usize>)]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut is_inside = false;
    for (event, range) in events {
        match event {
            Event::Start(Tag::Heading { level, id, .. }) => {
                is_inside = true;
                found.push(Found {
                    level: level_number(*level),
                    title: String::new(),
                    written: id.as_ref().map(ToString::to_string),
                    range: range.clone(),
                });
            }
            Event::End(TagEnd::Heading(_)) => is_inside = false,
            Event::Text(text) | Event::Code(text) if is_inside => {
                if let Some(heading) = found.last_mut() {
                    heading.title.push_str(text);
                }
            }
            Event::SoftBreak | Event::HardBreak if is_inside => {
                if let Some(heading) = found.last_mut() {
                    heading.title.push(' ');
                }
            }
            _ => {}
        }
    }
    found
}

fn free_id(wanted: &str, taken: &mut BTreeMap<String, usize>) -> String {
    let mut number = taken.get(wanted).copied().unwrap_or(0);
    let mut id = wanted.to_owned();
    while taken.contains_key(&id) {
        number += 1;
        id = format!("{wanted}-{number}");
    }
    taken.insert(wanted.to_owned(), number.max(1));
    taken.entry(id.clone()).or_insert(1);
    id
}

/// Words as an id: letters of any alphabet and digits, small, joined by `-`.
pub(super) fn slug(title: &str) -> String {
    let small = title.to_lowercase();
    let words: Vec<_> = small
        .split(|letter: char| !(letter.is_alphanumeric() || letter == '_'))
        .filter(|word| !word.is_empty())
        .collect();
    if words.is_empty() {
        "section".to_owned()
    } else {
        words.join("-")
    }
}

const fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_ids_in_any_alphabet() {
        for (title, id) in [
            ("Как войти", "как-войти"),
            ("  Что, если… не вышло?  ", "что-если-не-вышло"),
            ("API v2.0", "api-v2-0"),
            ("user_token", "user_token"),
            ("«Ёлка» — №1", "ёлка-1"),
            ("!!!", "section"),
        ] {
            assert_eq!(slug(title), id);
        }
    }

    #[test]
    fn equal_words_get_numbers_that_meet_no_other_id() {
        let mut taken = BTreeMap::from([("оплата".to_owned(), 1)]);
        let ids: Vec<_> = ["оплата", "оплата", "оплата-2", "вход"]
            .iter()
            .map(|wanted| free_id(wanted, &mut taken))
            .collect();
        assert_eq!(ids, ["оплата-2", "оплата-3", "оплата-2-2", "вход"]);
    }
}
