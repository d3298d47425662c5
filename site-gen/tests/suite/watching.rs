//! A watched site is built again when a source changes, also after a mistake.

use std::fs;
use std::ops::ControlFlow;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use crate::fixture::{Fixture, page, today};
use site_gen::watch::watch;

const PATIENCE: Duration = Duration::from_secs(10);

#[test]
fn every_change_leads_to_one_build_and_a_mistake_does_not_end_the_watch() {
    let site = Fixture::new();
    let (root, out) = (site.root().to_owned(), site.out());
    let (sender, rounds) = channel();
    let watcher = thread::spawn(move || {
        watch(&root, &out, today(), |round| {
            let is_last = sender.send(round.result.map_err(|error| error.to_string()));
            match is_last {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            }
        })
    });
    let next = || rounds.recv_timeout(PATIENCE).unwrap();
    let index = site.root().join("content/ru/index.md");
    let html = || fs::read_to_string(site.out().join("index.html")).unwrap();

    next().unwrap();
    let first_id = fs::read_to_string(site.out().join("build-id.txt")).unwrap();

    fs::write(&index, page("Второй")).unwrap();
    assert_eq!(next().unwrap().written.changed, 2);
    assert!(html().contains("Второй"));
    assert_ne!(
        fs::read_to_string(site.out().join("build-id.txt")).unwrap(),
        first_id
    );

    fs::write(&index, page("<b>")).unwrap();
    assert!(next().unwrap_err().contains("raw HTML"));
    assert!(html().contains("Второй"));

    fs::write(&index, page("Третий")).unwrap();
    next().unwrap();
    assert!(html().contains("Третий"));
    assert!(
        rounds.recv_timeout(Duration::from_millis(300)).is_err(),
        "reading the sources must not start another build"
    );

    drop(rounds);
    fs::write(&index, page("Четвёртый")).unwrap();
    watcher.join().unwrap().unwrap();
}
