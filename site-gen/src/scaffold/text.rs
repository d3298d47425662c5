//! The words of a new page: enough to pass every check, and to be replaced.

use super::folder::Neighbours;
use crate::content::PagePath;
use crate::language::Language;

/// What a new page says until its editor says better.
struct Words {
    title: &'static str,
    description: &'static str,
    heading: &'static str,
    text: &'static str,
    index_title: &'static str,
}

const fn words(language: Language) -> Words {
    match language {
        Language::Russian => Words {
            title: "Новая страница",
            description: "Одно-два предложения о\u{a0}том, что здесь написано: их покажут списки и\u{a0}поиск.",
            heading: "С\u{a0}чего начать",
            text: "Первое предложение отвечает на\u{a0}вопрос, с\u{a0}которым сюда пришли.",
            index_title: "Новый раздел",
        },
        Language::English => Words {
            title: "New page",
            description: "One or two sentences on what is written here; lists and search show them.",
            heading: "Where to begin",
            text: "The first sentence answers the question that brought the reader here.",
            index_title: "New section",
        },
    }
}

/// A page with one heading.
pub(super) fn page(language: Language, title: Option<&str>, neighbours: &Neighbours) -> String {
    let words = words(language);
    let front = front_matter(title.unwrap_or(words.title), words.description, neighbours);
    let Words { heading, text, .. } = words;
    // The id stays when the heading is translated: links from one language fit the other.
    format!("{front}\n## {heading} {{#start}}\n\n{text}\n")
}

/// The first page of a folder that `path` begins. A template of sections lists their pages itself.
pub(super) fn index(language: Language, path: &PagePath, neighbours: &Neighbours) -> String {
    let words = words(language);
    let front = front_matter(words.index_title, words.description, neighbours);
    match neighbours.template {
        Some(_) => front,
        None => format!("{front}\n- [{}](/{})\n", words.title, path.file()),
    }
}

fn front_matter(title: &str, description: &str, neighbours: &Neighbours) -> String {
    let mut lines = vec![
        format!("title = {}", quoted(title)),
        format!("description = {}", quoted(description)),
    ];
    if let Some(template) = neighbours
        .template
        .as_ref()
        .filter(|template| *template != "page")
    {
        lines.push(format!("template = {}", quoted(template)));
    }
    if let Some(order) = neighbours.order {
        lines.push(format!("order = {order}"));
    }
    format!("+++\n{}\n+++\n", lines.join("\n"))
}

/// A string of TOML on one line.
fn quoted(text: &str) -> String {
    let line = text.replace(char::is_control, " ");
    toml::Value::String(line).to_string()
}

/// A name that is allowed and near to the one that is not.
pub(super) fn better_name(written: &str) -> Option<String> {
    let names: Vec<_> = written
        .split(['/', '\\'])
        .map(|name| {
            let latin: String = name
                .chars()
                .flat_map(char::to_lowercase)
                .map(latin)
                .collect();
            let words: Vec<_> = latin.split('-').filter(|word| !word.is_empty()).collect();
            words.join("-")
        })
        .filter(|name| !name.is_empty())
        .collect();
    (!names.is_empty()).then(|| names.join("/"))
}

/// A small letter in Latin ones, as passports spell it; what is no letter becomes a dash.
fn latin(letter: char) -> String {
    const ALPHABET: [&str; 32] = [
        "a", "b", "v", "g", "d", "e", "zh", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s",
        "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "ie", "y", "", "e", "iu", "ia",
    ];
    match letter {
        'a'..='z' | '0'..='9' => letter.to_string(),
        'ё' => "e".to_owned(),
        _ => {
            let place = u32::from(letter).checked_sub(u32::from('а'));
            let known = place.and_then(|place| ALPHABET.get(usize::try_from(place).ok()?));
            (*known.unwrap_or(&"-")).to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_become_allowed_ones() {
        for (written, better) in [
            ("Help/Refunds Page", Some("help/refunds-page")),
            ("help/Возврат денег", Some("help/vozvrat-deneg")),
            ("help/_part", Some("help/part")),
            ("../x", Some("x")),
            ("help\\a", Some("help/a")),
            ("помощь/ёж", Some("pomoshch/ezh")),
            ("支払", None),
            ("/", None),
        ] {
            assert_eq!(better_name(written).as_deref(), better, "{written}");
        }
    }

    #[test]
    fn a_page_takes_the_template_and_the_place_after_its_neighbours() {
        let neighbours = Neighbours {
            template: Some("help-article".into()),
            order: Some(30),
        };
        let text = page(Language::English, Some("Say \"hi\""), &neighbours);
        assert!(
            text.starts_with("+++\ntitle = 'Say \"hi\"'\ndescription = \"One"),
            "{text}"
        );
        assert!(text.contains("\ntemplate = \"help-article\"\norder = 30\n+++\n\n## "));
    }

    proptest! {
        #[test]
        fn any_title_comes_back_from_the_front_matter(title in "\\PC{1,40}") {
            let text = page(Language::Russian, Some(&title), &Neighbours::default());
            let header = text.split("+++\n").nth(1).unwrap();
            let table: toml::Table = header.parse().unwrap();
            prop_assert_eq!(table["title"].as_str(), Some(title.as_str()));
        }

        #[test]
        fn whatever_was_written_the_better_name_is_allowed(written in "\\PC{0,40}") {
            if let Some(better) = better_name(&written) {
                let path = PagePath::from_file(&format!("{better}.md"));
                prop_assert!(path.is_ok(), "{}", better);
            }
        }
    }
}
