//! A watched site is built again when a source changes, also after a mistake.

use std::collections::BTreeSet;
use std::fs;
use std::ops::ControlFlow;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::fixture::{Fixture, page, today};
use site_gen::BuildMode;
use site_gen::watch::watch;
use site_gen::workshop::{Changes, Workshop};

const PATIENCE: Duration = Duration::from_secs(10);

#[test]
fn every_change_leads_to_one_build_and_a_mistake_does_not_end_the_watch() {
    let site = Fixture::new();
    let (root, out) = (site.root().to_owned(), site.out());
    let (sender, rounds) = channel();
    let watcher = thread::spawn(move || {
        watch(&root, &out, today(), |attempt| {
            let is_last = sender.send(attempt.result.map_err(|error| error.to_string()));
            match is_last {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            }
        })
    });
    let next = || rounds.recv_timeout(PATIENCE).unwrap();
    let index = site.root().join("content/ru/index.md");
    let news = || -> Value {
        let text = fs::read_to_string(site.out().join("preview.json")).unwrap();
        serde_json::from_str(&text).unwrap()
    };
    let html = || fs::read_to_string(site.out().join("index.html")).unwrap();

    next().unwrap();
    let first = news();
    assert_eq!(first["errors"], json!([]));

    fs::write(&index, page("Второй")).unwrap();
    assert_eq!(next().unwrap().written.changed, 2);
    assert!(html().contains("Второй"));
    let second = news();
    assert_ne!(second["id"], first["id"]);

    fs::write(&index, page("<b>")).unwrap();
    assert!(next().unwrap_err().contains("raw HTML"));
    assert!(html().contains("Второй"));
    let broken = news();
    assert_eq!(broken["id"], second["id"]);
    assert_eq!(broken["errors"][0]["file"], "content/ru/index.md");
    assert_eq!(broken["errors"][0]["line"], 5);

    fs::write(&index, page("Третий")).unwrap();
    next().unwrap();
    assert!(html().contains("Третий"));
    assert_eq!(news()["errors"], json!([]));
    assert!(
        rounds.recv_timeout(Duration::from_millis(300)).is_err(),
        "reading the sources must not start another build"
    );

    drop(rounds);
    fs::write(&index, page("Четвёртый")).unwrap();
    watcher.join().unwrap().unwrap();
}

#[test]
fn a_site_that_is_broken_from_the_start_leaves_the_folder_as_it_was_but_for_the_news() {
    let site = Fixture::new();
    site.build().unwrap();
    let before = site.dist();
    let site = site.page("ru/index.md", "<b>");
    watch(site.root(), &site.out(), today(), |attempt| {
        attempt.result.unwrap_err();
        ControlFlow::Break(())
    })
    .unwrap();
    let mut after = site.dist();
    let news: Value = serde_json::from_slice(&after.remove("preview.json").unwrap()).unwrap();
    assert_eq!(news["id"], "");
    assert_eq!(news["errors"].as_array().unwrap().len(), 1);
    // The list of the generator's own files names it.
    after.insert(".site-gen".to_owned(), before[".site-gen"].clone());
    assert_eq!(after, before);

    let site = site.page("ru/index.md", "mended");
    site.build().unwrap();
    assert!(
        !site.dist().contains_key("preview.json"),
        "it is never published"
    );
}

#[test]
fn files_that_programs_made_for_a_moment_do_not_read_the_site_again() {
    let site = Fixture::new();
    let mut workshop = Workshop::new(site.root(), BuildMode::Preview, today());
    assert!(workshop.check().is_good());
    // Whoever reads everything meets this.
    let site = site.file("content/site.toml", "broken");
    let mut update = |path: &str| {
        let files = BTreeSet::from([path.to_owned(), "content/ru/index.md".to_owned()]);
        workshop.update(&Changes::Files(files), &()).is_good()
    };
    assert!(update("content/ru/sedA1b2C3"));
    assert!(update("content/ru/index.md.tmp"));
    assert!(!update("content/site.toml"));
    // A folder is gone with its files.
    let site = site.file(
        "content/site.toml",
        "[site]\nbase_url = \"https://a.example\"\n",
    );
    workshop.check();
    let pages = workshop.check().pages;
    fs::remove_dir_all(site.root().join("content/ru/help")).unwrap();
    let files = BTreeSet::from(["content/ru/help".to_owned()]);
    assert_eq!(
        workshop.update(&Changes::Files(files), &()).pages,
        pages - 1
    );
}
