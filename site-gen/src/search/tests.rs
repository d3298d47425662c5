//! The index as a whole: what is found again, and that changes leave no trace of how they came.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;

fn terms(text: &str) -> Arc<PageTerms> {
    Arc::new(analyse(&SearchedPage {
        title: "",
        description: "",
        headings: &[],
        text,
    }))
}

fn pages(texts: &[String]) -> Vec<(String, Arc<PageTerms>)> {
    let address = |number| format!("/help/{number:03}.html");
    let texts = texts.iter().enumerate();
    texts
        .map(|(number, text)| (address(number), terms(text)))
        .collect()
}

/// Words that share beginnings, so that shards have something to share out.
fn word() -> impl Strategy<Value = String> {
    "(при|про|под|с)?(вход|плат|парол|токен)(а|ом|ить|ная)?[а-в]{0,2}"
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(word(), 0..30).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn an_index_that_was_changed_equals_one_made_at_once(
        before in prop::collection::vec(text(), 1..12),
        edits in prop::collection::vec((any::<prop::sample::Index>(), text()), 1..6),
        added in prop::option::of(text()),
    ) {
        let mut texts = before;
        let mut index = SearchIndex::new(Language::Russian, pages(&texts));
        for (place, text) in edits {
            let place = place.index(texts.len());
            texts[place] = text;
            index.update(pages(&texts));
            prop_assert_eq!(
                index.files_beside(|_| false),
                SearchIndex::new(Language::Russian, pages(&texts)).files_beside(|_| false)
            );
        }
        texts.extend(added);
        index.update(pages(&texts));
        prop_assert_eq!(index.files_beside(|_| false), SearchIndex::new(Language::Russian, pages(&texts)).files_beside(|_| false));
    }
}

#[test]
fn the_order_of_pages_and_the_number_of_threads_do_not_show() {
    let texts: Vec<_> = (0..1500)
        .map(|number| format!("слово{} общее страница{number}", number % 7))
        .collect();
    let expected = SearchIndex::new(Language::Russian, pages(&texts)).files_beside(|_| false);
    let mut shuffled = pages(&texts);
    shuffled.reverse();
    let one_thread = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .unwrap();
    let files = one_thread
        .install(|| SearchIndex::new(Language::Russian, shuffled).files_beside(|_| false));
    assert_eq!(files, expected);
}

#[test]
fn a_small_site_has_four_files() {
    let index = SearchIndex::new(Language::English, pages(&["sign in to the cabinet".into()]));
    let files = index.files_beside(|_| false);
    assert_eq!(files.len(), 4);
    assert!(
        files[..3]
            .iter()
            .all(|file| { file.path.starts_with("search/en/") })
    );
    assert_eq!(files[3].path, "search/en.json");
}

#[test]
fn an_edit_leaves_most_shards_as_they_were() {
    let word = |number: u32| format!("с{}ж", digest::dice(&number.to_string()) % 9000);
    let text = |page: u32| (0..60).map(|place| word(page * place)).collect::<Vec<_>>();
    let mut texts: Vec<_> = (0..600).map(|page| text(page).join(" ")).collect();
    let mut index = SearchIndex::new(Language::Russian, pages(&texts));
    let before = index.files_beside(|_| false);
    texts[77].push_str(" неслыханное");
    index.update(pages(&texts));
    let after = index.files_beside(|_| false);
    let changed = after.iter().filter(|file| !before.contains(file)).count();
    assert!(before.len() > 10, "{}", before.len());
    assert!((2..=5).contains(&changed), "{changed} of {}", after.len());
}

#[test]
fn a_site_without_pages_has_a_manifest_all_the_same() {
    let files = SearchIndex::new(Language::Russian, Vec::new()).files_beside(|_| false);
    let json: serde_json::Value = serde_json::from_slice(&files[0].content).unwrap();
    assert_eq!(json["pages"], 0);
}

/// Words of Snowball's own word lists, of the help, and those that the English algorithm treats by name.
#[test]
fn words_stem_as_the_list_says_that_the_scripts_are_held_to() {
    let list = include_str!("vectors/stems.txt");
    let stemmers = stems::Stemmers::default();
    let mut count = 0;
    for line in list.lines() {
        let (word, expected) = line.split_once(' ').unwrap();
        assert_eq!(stemmers.stem(word), expected, "{word}");
        count += 1;
    }
    assert!(count > 7000);
}

#[test]
fn texts_are_cut_as_the_list_says_that_the_scripts_are_held_to() {
    let texts: Vec<(String, Vec<String>)> =
        serde_json::from_str(include_str!("vectors/texts.json")).unwrap();
    let stemmers = stems::Stemmers::default();
    for (text, expected) in texts {
        let mut folded = String::new();
        words::fold(&text, &mut folded);
        let found: Vec<_> = words::folded_words(&folded)
            .map(|word| stemmers.stem(word))
            .collect();
        assert_eq!(found, expected, "{text}");
    }
}

/// The pages that the scripts are tested on, and one that holds so many words that there are several shards.
fn sample() -> Vec<(String, Arc<PageTerms>)> {
    #[derive(serde::Deserialize)]
    struct Page {
        address: String,
        title: String,
        description: String,
        sections: Vec<(String, String, String)>,
    }
    let pages: Vec<Page> = serde_json::from_str(include_str!("vectors/pages.json")).unwrap();
    let words: Vec<_> = include_str!("vectors/stems.txt")
        .lines()
        .step_by(4)
        .collect();
    let mut sample = vec![("/help/words.html".to_owned(), terms(&words.join("\n")))];
    for page in pages {
        let sections = page.sections.iter();
        let headings: Vec<_> = sections
            .clone()
            .map(|(id, title, _)| crate::markdown::Heading {
                id: id.clone(),
                title: title.clone(),
                level: 2,
            })
            .collect();
        let text: Vec<_> = sections.map(|(_, _, text)| text.as_str()).collect();
        let terms = analyse(&SearchedPage {
            title: &page.title,
            description: &page.description,
            headings: &headings,
            text: &text.join("\n"),
        });
        sample.push((page.address, Arc::new(terms)));
    }
    sample
}

/// `UPDATE_VECTORS=1` writes the index anew; then the tests of the scripts must still pass.
#[test]
fn the_index_of_the_sample_is_the_one_that_the_scripts_are_tested_on() {
    use base64::Engine as _;
    let files: std::collections::BTreeMap<_, _> = SearchIndex::new(Language::Russian, sample())
        .files_beside(|_| false)
        .into_iter()
        .map(|file| {
            let content = base64::engine::general_purpose::STANDARD.encode(file.content);
            (file.path, content)
        })
        .collect();
    assert!(files.len() > 6, "several shards of terms and endings");
    let json = serde_json::to_string_pretty(&files).unwrap() + "\n";
    if std::env::var_os("UPDATE_VECTORS").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/search/vectors/index.json");
        std::fs::write(path, &json).unwrap();
    }
    let is_same = json == include_str!("vectors/index.json");
    assert!(is_same, "run with UPDATE_VECTORS=1 if that was meant");
}
