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
use site_gen::output::Stage;
use site_gen::workshop::{Changes, Workshop};
use site_gen::{BuildMode, build, generate};

use crate::fixture::{Fixture, files_below, today};

/// The pages that edits are made to; not all of them exist in the beginning.
const PAGES: [&str; 8] = [
    "ru/index",
    "ru/help/index",
    "ru/help/a",
    "ru/help/b",
    "ru/help/deep/index",
    "ru/help/deep/c",
    "en/index",
    "en/help/a",
];

const LAYOUT: &str = "<title>{{ page.title }}</title><link href=\"{{ asset(\"css/site.css\") }}\" rel=\"stylesheet\">\
    <script src=\"{{ asset(\"js/site.js\") }}\" integrity=\"{{ asset_integrity(\"js/site.js\") }}\"></script>\
    {{ page.structured_data }} {{ page.updated }} {{ search_index }} {{ feed_address }}\
    {% for crumb in page.breadcrumbs %}<a href=\"{{ crumb.address }}\">{{ crumb.title }}</a>{% endfor %}\
    {% for other in section %}<a href=\"{{ other.address }}\">{{ other.nav }}{{ other.current }}</a>{% endfor %}\
    {% for part in subsections %}<b>{{ part.title }}{% for article in part.articles %}{{ article.title }}{% endfor %}</b>{% endfor %}\
    {% if section_index %}<a href=\"{{ section_index.address }}\">{{ section_index.print_address }}</a>{% endif %}\
    {% for twin in page.alternates %}<a href=\"{{ twin.address }}\">{{ twin.title }}</a>{% endfor %}\
    {% if page.next %}<a href=\"{{ page.next.address }}\">{{ page.next.title }}</a>{% endif %}\
    {% if page.markdown_address %}<a href=\"{{ page.markdown_address }}\">md</a>{% endif %}\
    <i>{{ site.word }} {{ t.alert.note }} {{ pages[\"index\"].title }}</i>{{ page.content }}";

const SHEET: &str = "<h1>{{ page.title }}</h1>{% for article in articles %}<h2>{{ article.title }}</h2>\
    <a href=\"{{ article.address }}\">{{ article.description }}</a>{{ article.content }}{% endfor %}";

const TEXTS: [&str; 13] = [
    "## Начало\n\nТекст",
    "## Другое {#other}\n\n[a](/help/a.md#other)",
    "[на главную](/index.md) и [сюда](#part)\n\n## Часть {#part}",
    "[b](/help/b.md#начало) {{ site.word }}",
    "> [!NOTE]\n> {{ site.word }}",
    "[нет](/nowhere.md)",
    "![Снимок](shot.svg)",
    "{{ include(\"/help/_part.md\") }}\n\n## Начало",
    "[токен](term:jwt) и [файл](/rules.txt)\n\n## Начало",
    "::: glossary\n:::\n\n## Начало",
    "::: questions\n\n## Когда?\n\n{{ prices.month }} дня.\n\n:::",
    "[копия](https://a.example/help/a.md) [раздел]({{ site.base_url }}/help/deep/print.html)",
    "[лента](https://a.example/help/feed.xml)",
];

const FRONTS: [&str; 9] = [
    "",
    "order = 5\n",
    "slug = \"moved\"\n",
    "draft = true\n",
    "aliases = [\"/old.html\"]\n",
    "aliases = [\"/help/gone.html\"]\n",
    "nav = \"Коротко\"\nupdated = 2026-02-01\n",
    "robots = \"noindex\"\n",
    "review_by = 2026-11-01\n",
];

/// Files beside the pages, each with what it may hold; the last choice of each is that there is no such file.
const FILES: [(&str, &[&str]); 13] = [
    (
        "content/site.toml",
        &[
            "[site]\nbase_url = \"https://a.example\"\nbrand = \"A\"\nword = \"слово\"\n",
            "[site]\nbase_url = \"https://a.example\"\nbrand = \"B\"\nword = \"другое\"\n",
            "[site]\nbase_url = \"https://b.example\"\nword = \"слово\"\n",
        ],
    ),
    (
        "content/prices.toml",
        &["month = 1\n", "month = 2\n", "year = 3\n"],
    ),
    (
        "content/ru/messages.toml",
        &[
            "[alert]\nnote = \"Заметка\"\n",
            "[alert]\nnote = \"Замечание\"\n",
            "[alert]\ntip = \"Совет\"\n",
        ],
    ),
    (
        "content/ru/glossary.toml",
        &[
            "[terms.jwt]\ntitle = \"JWT\"\ntext = \"Запись.\"\n",
            "[terms.jwt]\ntitle = \"JWT\"\ntext = \"Подписанная запись.\"\n",
            "[terms.hash]\ntitle = \"Хеш\"\ntext = \"Строка.\"\n",
        ],
    ),
    (
        "content/published.txt",
        &[
            "/\n",
            "/\n/help/gone.html\n",
            "/\n/old.html\n/help/b.html\n",
        ],
    ),
    (
        "content/ru/help/_part.md",
        &[
            "Часть.\n",
            "Другая [часть](/help/a.md).\n",
            "{{ include(\"_inner.md\") }}\n",
            "![Снимок](shot.svg)\n",
        ],
    ),
    (
        "content/ru/help/_inner.md",
        &[
            "Внутри {{ prices.month }}.\n",
            "## Внутри\n",
            "[нет](nope.md)\n",
        ],
    ),
    (
        "content/ru/help/shot.svg",
        &[
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"6\"/>\n",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"6\"/>\n",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>\n",
        ],
    ),
    (
        "content/ru/help/shot.dark.svg",
        &[
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"6\" fill=\"red\"/>\n",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"7\" height=\"6\"/>\n",
        ],
    ),
    (
        "site-gen/theme/css/site.css",
        &["a{}\n", "b{}\n", "@import \"nope.css\";\n"],
    ),
    (
        "site-gen/theme/js/site.js",
        &["a();\n", "b();\n", "import \"./nope.js\";\n"],
    ),
    ("site-gen/theme/static/rules.txt", &["1\n", "2\n"]),
    (
        "site-gen/theme/templates/print.html",
        &[SHEET, "<h1>{{ page.title }}</h1>", "{{ page.nope }}"],
    ),
];

/// What stands in the beginning: the first choice of these.
const PRESENT: [usize; 12] = [0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12];

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
    /// Another file is written or deleted.
    File { file: usize, choice: usize },
    /// The first choice of a file comes back.
    Mend(usize),
    /// The layout changes.
    Layout(usize),
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let page = 0..PAGES.len();
    // Most texts are right, for a site with a mistake has nothing to compare.
    let text = prop_oneof![4 => Just(0_usize), 6 => 0..TEXTS.len()];
    let front = prop_oneof![4 => Just(0_usize), 6 => 0..FRONTS.len()];
    let file = (0..FILES.len()).prop_flat_map(|file| {
        (0..=FILES[file].1.len()).prop_map(move |choice| Edit::File { file, choice })
    });
    let edit = prop_oneof![
        8 => (page.clone(), 0..3_usize, text, front)
            .prop_map(|(page, title, text, front)| Edit::Write { page, title, text, front }),
        1 => page.clone().prop_map(Edit::Delete),
        1 => (page.clone(), page).prop_map(|(from, to)| Edit::Rename { from, to }),
        4 => file,
        3 => (0..FILES.len()).prop_map(Edit::Mend),
        1 => (0..3_usize).prop_map(Edit::Layout),
    ];
    prop::collection::vec(edit, 1..14)
}

/// Makes the edit and tells which files it touched.
fn apply(edit: &Edit, root: &Path) -> BTreeSet<String> {
    let file = |page: usize| format!("content/{}.md", PAGES[page]);
    let write = |path: &str, text: &str| {
        let place = root.join(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, text).unwrap();
        BTreeSet::from([path.to_owned()])
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
                "+++\ntitle = \"Страница {title}\"\ndescription = \"О ней {}\"\n{front}+++\n{}\n",
                title / 2,
                TEXTS[text]
            );
            write(&file(page), &text)
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
        Edit::File { file, choice } => {
            let (path, choices) = FILES[file];
            if let Some(text) = choices.get(choice) {
                return write(path, text);
            }
            let _ = fs::remove_file(root.join(path));
            BTreeSet::from([path.to_owned()])
        }
        Edit::Mend(file) => write(FILES[file].0, FILES[file].1[0]),
        Edit::Layout(number) => write(
            "site-gen/theme/templates/page.html",
            &format!("<p>{number}</p>{LAYOUT}"),
        ),
    }
}

fn fixture() -> Fixture {
    let site = Fixture::new();
    apply(&Edit::Layout(0), site.root());
    for file in PRESENT {
        apply(&Edit::Mend(file), site.root());
    }
    site.file("content/en/messages.toml", "[alert]\nnote = \"Note\"\n")
        .page("ru/help/a.md", TEXTS[1])
        .page("ru/help/b.md", TEXTS[0])
        .page("ru/help/deep/index.md", TEXTS[9])
        .page("ru/help/deep/c.md", TEXTS[8])
        .page("ru/help/deep/d.md", TEXTS[7])
        .page("ru/help/e.md", TEXTS[6])
        .page("ru/help/deep/f.md", TEXTS[10])
        .page("ru/help/deep/g.md", TEXTS[11])
}

/// How many series of edits are tried; `FIXTURE_CASES` asks for more.
fn cases() -> u32 {
    let asked = std::env::var("FIXTURE_CASES").ok();
    asked.and_then(|cases| cases.parse().ok()).unwrap_or(12)
}

#[test]
fn the_site_that_edits_begin_with_has_everything_that_follows_other_things() {
    let site = fixture();
    site.build().unwrap();
    let files = site.dist();
    for name in [
        "sitemap.xml",
        "llms.txt",
        "search/ru.json",
        "help/a.md",
        "help/deep/print.html",
        "rules.txt",
    ] {
        assert!(files.contains_key(name), "{name}");
    }
}

#[test]
fn one_thread_and_many_make_the_same_bytes() {
    let site = fixture();
    let [one, many] = [1, 8].map(|threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| generate(site.root(), BuildMode::Publish, today()))
            .unwrap()
    });
    assert!(one.len() > 20, "{}", one.len());
    assert_eq!(one, many);
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(cases())
    })]

    #[test]
    fn a_site_kept_up_to_date_equals_a_clean_build(edits in edits()) {
        keep_up_to_date(&edits)?;
    }
}

#[test]
fn the_last_page_of_a_language_takes_its_words_along() {
    let words_differ = Edit::File { file: 2, choice: 2 };
    let no_english_page = Edit::Rename { from: 6, to: 0 };
    keep_up_to_date(&[words_differ, no_english_page]).unwrap();
}

/// Makes the edits one after the other, and compares the kept site with a clean one after each.
fn keep_up_to_date(edits: &[Edit]) -> Result<(), TestCaseError> {
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
                prop_assert_eq!(report.warnings.to_string(), round.diagnostics.to_string());
                prop_assert_eq!(files_below(&kept), files_below(&clean));
            }
            Err(error) => {
                stage.discard();
                prop_assert!(step > 0, "{}", error);
                prop_assert_eq!(error.to_string(), round.diagnostics.to_string());
            }
        }
    }
    Ok(())
}
