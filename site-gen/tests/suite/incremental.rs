//! After any series of edits the site that was kept up to date is the site that a clean build makes, byte by byte; and
//! where the clean build refuses, the kept one refuses with the same words.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "the driver of tests stops at the first surprise, as the tests do"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use proptest::prelude::*;
use site_gen::BuildMode;
use site_gen::build;
use site_gen::output::Stage;
use site_gen::workshop::{Changes, Workshop};

use crate::fixture::{Fixture, files_below, today};

/// The pages that edits are made to; not all of them exist in the beginning.
const PAGES: [&str; 7] = [
    "ru/index",
    "ru/help/index",
    "ru/help/a",
    "ru/help/b",
    "ru/help/deep/c",
    "en/index",
    "en/help/a",
];

const LAYOUT: &str = "<title>{{ page.title }}</title>\
    {% for crumb in page.breadcrumbs %}<a href=\"{{ crumb.address }}\">{{ crumb.title }}</a>{% endfor %}\
    {% for other in section %}<a href=\"{{ other.address }}\">{{ other.nav }}{{ other.current }}</a>{% endfor %}\
    {% for part in sections %}<b>{{ part.title }}{{ part.pages | length }}</b>{% endfor %}\
    {% for twin in page.alternates %}<a href=\"{{ twin.address }}\">{{ twin.title }}</a>{% endfor %}\
    {% if page.next %}<a href=\"{{ page.next.address }}\">{{ page.next.title }}</a>{% endif %}\
    <i>{{ site.word }} {{ t.alert.note }} {{ pages[\"index\"].title }}</i>{{ page.content }}";

/// One step of an editor.
#[derive(Debug, Clone)]
enum Edit {
    /// A page is written, whether it was there or not.
    Write {
        page: usize,
        title: usize,
        text: usize,
        front: usize,
    },
    /// A page is deleted.
    Delete(usize),
    /// A page gets another name.
    Rename { from: usize, to: usize },
    /// A value of the site changes.
    Value(usize),
    /// A word of the interface changes.
    Word(usize),
    /// The layout changes.
    Layout(usize),
}

const TEXTS: [&str; 6] = [
    "## Начало\n\nТекст",
    "## Другое {#other}\n\n[a](/help/a.md#other)",
    "[на главную](/index.md) и [сюда](#part)\n\n## Часть {#part}",
    "[b](/help/b.md#начало) {{ site.word }}",
    "> [!NOTE]\n> {{ site.word }}",
    "[нет](/nowhere.md)",
];

const FRONTS: [&str; 5] = [
    "",
    "order = 5\n",
    "slug = \"moved\"\n",
    "draft = true\n",
    "aliases = [\"/old.html\"]\n",
];

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let page = 0..PAGES.len();
    let edit = prop_oneof![
        8 => (page.clone(), 0..3_usize, 0..TEXTS.len(), 0..FRONTS.len())
            .prop_map(|(page, title, text, front)| Edit::Write { page, title, text, front }),
        1 => page.clone().prop_map(Edit::Delete),
        1 => (page.clone(), page).prop_map(|(from, to)| Edit::Rename { from, to }),
        1 => (0..3_usize).prop_map(Edit::Value),
        1 => (0..3_usize).prop_map(Edit::Word),
        1 => (0..3_usize).prop_map(Edit::Layout),
    ];
    prop::collection::vec(edit, 1..14)
}

/// Makes the edit and tells which files it touched.
fn apply(edit: &Edit, root: &Path) -> BTreeSet<String> {
    let file = |page: usize| format!("content/{}.md", PAGES[page]);
    let write = |path: String, text: String| {
        let place = root.join(&path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, text).unwrap();
        BTreeSet::from([path])
    };
    match *edit {
        Edit::Write {
            page,
            title,
            text,
            front,
        } => {
            let front = FRONTS[front];
            let text = format!(
                "+++\ntitle = \"Страница {title}\"\ndescription = \"О ней\"\n{front}+++\n{}\n",
                TEXTS[text]
            );
            write(file(page), text)
        }
        Edit::Delete(page) => {
            let _ = fs::remove_file(root.join(file(page)));
            BTreeSet::from([file(page)])
        }
        Edit::Rename { from, to } => {
            let to_path = root.join(file(to));
            fs::create_dir_all(to_path.parent().unwrap()).unwrap();
            let _ = fs::rename(root.join(file(from)), to_path);
            BTreeSet::from([file(from), file(to)])
        }
        Edit::Value(number) => write(
            "content/site.toml".to_owned(),
            format!("[site]\nbase_url = \"https://a.example\"\nword = \"слово {number}\"\n"),
        ),
        Edit::Word(number) => {
            let words = format!("[alert]\nnote = \"Заметка {number}\"\n");
            let mut touched = write("content/ru/messages.toml".to_owned(), words.clone());
            touched.extend(write("content/en/messages.toml".to_owned(), words));
            touched
        }
        Edit::Layout(number) => write(
            "site-gen/theme/templates/page.html".to_owned(),
            format!("<p>{number}</p>{LAYOUT}"),
        ),
    }
}

fn fixture() -> Fixture {
    let site = Fixture::new();
    let everything = [Edit::Value(0), Edit::Word(0), Edit::Layout(0)];
    for edit in &everything {
        apply(edit, site.root());
    }
    site.page("ru/help/a.md", TEXTS[1])
        .page("ru/help/b.md", TEXTS[0])
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(12)
    })]

    #[test]
    fn a_site_kept_up_to_date_equals_a_clean_build(edits in edits()) {
        let site = fixture();
        let kept = site.root().join("kept");
        let mut workshop = Workshop::new(site.root(), BuildMode::Publish, today());
        let mut changes = Changes::Everything;
        for step in 0..=edits.len() {
            if let Some(edit) = step.checked_sub(1).and_then(|step| edits.get(step)) {
                changes = Changes::Files(apply(edit, site.root()));
            }
            let stage = Stage::open(&kept).unwrap();
            let round = workshop.update(&changes, &stage);
            let clean = site.root().join(format!("clean-{step}"));
            match build(site.root(), &clean, BuildMode::Publish, today()) {
                Ok(report) => {
                    prop_assert!(round.is_good(), "{}", round.diagnostics);
                    stage.commit(&workshop.names(), None).unwrap();
                    prop_assert_eq!(report.pages, round.pages);
                    prop_assert_eq!(files_below(&kept), files_below(&clean));
                }
                Err(error) => {
                    stage.discard();
                    prop_assert_eq!(error.to_string(), round.diagnostics.to_string());
                }
            }
        }
    }
}
