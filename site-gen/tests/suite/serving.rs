//! `cargo site serve` as a browser meets it: a real server, real requests, edits on the disk.

#![expect(
    clippy::unwrap_used,
    reason = "the driver of tests stops at the first surprise, as the tests do"
)]

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use serde_json::{Value, json};
use site_gen::serve::{Options, Preview, ServeError, Summary};
use ureq::Agent;

use crate::fixture::{Fixture, page, today};

const PATIENCE: Duration = Duration::from_secs(20);

/// A fixture that is served until this is dropped.
struct Served {
    site: Fixture,
    url: String,
    agent: Agent,
    rounds: Receiver<Summary>,
    end: Sender<()>,
    thread: Option<JoinHandle<Result<(), ServeError>>>,
}

impl Served {
    fn new(site: Fixture) -> Self {
        let preview = Preview::open(options(&site, 0)).unwrap();
        let url = preview.url().trim_end_matches('/').to_owned();
        let (sender, rounds) = channel();
        let (end, is_over) = channel();
        let thread = thread::spawn(move || {
            preview.run(|summary| {
                let _ = sender.send(summary);
                match is_over.try_recv() {
                    Ok(()) => ControlFlow::Break(()),
                    Err(_) => ControlFlow::Continue(()),
                }
            })
        });
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(PATIENCE))
            .build()
            .new_agent();
        Self {
            site,
            url,
            agent,
            rounds,
            end,
            thread: Some(thread),
        }
    }

    /// Waits for the next round.
    fn round(&self) -> Summary {
        self.rounds.recv_timeout(PATIENCE).unwrap()
    }

    /// Changes a page and waits until the change is served.
    fn edit(&self, path: &str, text: &str) -> Summary {
        fs::write(self.site.root().join("content").join(path), page(text)).unwrap();
        self.round()
    }

    fn get(&self, path: &str) -> (u16, String) {
        let mut response = self.agent.get(self.url.clone() + path).call().unwrap();
        let body = response.body_mut().read_to_string().unwrap();
        (response.status().as_u16(), body)
    }

    fn news(&self) -> Value {
        serde_json::from_str(&self.get("/preview.json").1).unwrap()
    }

    /// The events from now on.
    fn events(&self) -> impl Iterator<Item = Value> {
        let response = self
            .agent
            .get(self.url.clone() + "/-/preview")
            .call()
            .unwrap();
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let lines = BufReader::new(response.into_body().into_reader()).lines();
        lines.filter_map(|line| {
            let line = line.unwrap();
            Some(serde_json::from_str(line.strip_prefix("data: ")?).unwrap())
        })
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.end.send(());
        // A change wakes the server up, so that it sees the end.
        let _ = fs::write(self.site.root().join("content/ru/index.md"), page("end"));
        if let Some(thread) = self.thread.take() {
            let result = thread.join();
            if !thread::panicking() {
                result.unwrap().unwrap();
            }
        }
    }
}

fn options(site: &Fixture, port: u16) -> Options {
    Options {
        root: site.root().to_owned(),
        host: Ipv4Addr::LOCALHOST.into(),
        port,
        today: today(),
    }
}

#[test]
fn a_change_on_the_disk_is_served_and_told_with_the_names_of_the_files() {
    let served = Served::new(Fixture::new());
    assert_eq!(served.round().pages, 3);
    let mut events = served.events();
    let first = events.next().unwrap();
    assert_eq!(first["events"], "/-/preview");
    assert_eq!(first.get("changed"), None);

    let summary = served.edit("ru/index.md", "Второй");
    assert_eq!((summary.pages, summary.changed), (3, 1));
    assert!(served.get("/").1.contains("Второй"));
    let second = events.next().unwrap();
    assert_ne!(second["id"], first["id"]);
    assert_eq!(second["changed"], json!(["index.html"]));
    assert_eq!(served.news()["id"], second["id"]);
}

#[test]
fn a_file_that_an_editor_puts_in_place_of_the_old_one_is_served() {
    let served = Served::new(Fixture::new());
    served.round();
    let folder = served.site.root().join("content/ru");
    fs::write(folder.join(".index.md.swp"), page("new")).unwrap();
    fs::rename(folder.join(".index.md.swp"), folder.join("index.md")).unwrap();
    served.round();
    assert!(served.get("/").1.contains("new"));
}

#[test]
fn pages_come_go_and_move_with_their_folder() {
    let served = Served::new(Fixture::new());
    served.round();
    let content = served.site.root().join("content/ru");
    fs::create_dir(content.join("faq")).unwrap();
    served.round();
    served.edit("ru/faq/index.md", "Вопросы");
    assert_eq!(served.get("/faq/").0, 200);
    fs::rename(content.join("faq"), content.join("questions")).unwrap();
    served.round();
    assert_eq!(served.get("/faq/").0, 404);
    assert!(served.get("/questions/").1.contains("Вопросы"));
    fs::remove_dir_all(content.join("questions")).unwrap();
    while served.get("/questions/").0 != 404 {
        served.round();
    }
}

#[test]
fn a_mistake_leaves_the_last_good_site_and_is_told_until_it_is_mended() {
    let served = Served::new(Fixture::new());
    served.round();
    served.edit("ru/index.md", "Хорошо");
    let mut events = served.events();
    let good = events.next().unwrap();

    let summary = served.edit("ru/index.md", "[a](nope.md)");
    assert_eq!(summary.diagnostics.error_count(), 1);
    assert!(served.get("/").1.contains("Хорошо"));
    let broken = events.next().unwrap();
    assert_eq!(broken["id"], good["id"]);
    assert_eq!(
        broken["errors"],
        json!([{
            "severity": "error",
            "message": "there is no page \"nope.md\"",
            "file": "content/ru/index.md",
            "line": 5,
            "column": 1,
            "end_column": 13,
            "text": "[a](nope.md)",
            "help": broken["errors"][0]["help"],
        }])
    );
    // A page that is opened now learns of the mistake too.
    assert_eq!(served.news()["errors"], broken["errors"]);

    served.edit("ru/index.md", "Снова хорошо");
    let mended = events.next().unwrap();
    assert_eq!(mended["errors"], json!([]));
    assert_eq!(mended["changed"], json!(["index.html"]));
    assert!(served.get("/").1.contains("Снова хорошо"));
}

#[test]
fn a_site_that_is_broken_from_the_start_shows_its_mistakes_at_every_address() {
    let served = Served::new(Fixture::new().page("ru/index.md", "<b>"));
    assert!(served.round().diagnostics.error_count() > 0);
    for path in ["/", "/help/", "/anything.html"] {
        let (status, page) = served.get(path);
        assert_eq!(status, 503);
        assert!(page.contains("content/ru/index.md:5:1"), "{page}");
        assert!(page.contains("src=\"/-/live-reload.js\""), "{page}");
    }
    assert_eq!(served.get("/-/live-reload.js").0, 200);
    assert_eq!(served.news()["id"], "");

    served.edit("ru/index.md", "Хорошо");
    assert_eq!(served.get("/help/").0, 200);
    assert_eq!(served.news()["errors"], json!([]));
}

#[test]
fn addresses_are_answered_as_at_the_host() {
    let site = Fixture::new()
        .page("ru/404.md", "Ничего")
        .page("en/404.md", "Nothing")
        .file("site-gen/theme/css/site.css", "a{}")
        .template(
            "page.html",
            "{{ page.content }}{{ asset(\"css/site.css\") }}",
        );
    let served = Served::new(site);
    served.round();
    for (path, status, text) in [
        ("/", 200, "Начало"),
        ("/help/", 200, "Помощь"),
        ("/nope.html", 404, "Ничего"),
        ("/en/nope.html", 404, "Nothing"),
        ("/api/auth/login/", 404, "cargo xtask dev"),
        ("/..%2f..%2fCargo.toml", 404, "Ничего"),
    ] {
        let (found, page) = served.get(path);
        assert_eq!(found, status, "{path}");
        assert!(page.contains(text), "{path}: {page}");
    }
    let redirect = served
        .agent
        .get(served.url.clone() + "/help")
        .call()
        .unwrap();
    assert_eq!(redirect.status(), 301);
    assert_eq!(redirect.headers()["location"], "/help/");

    let (_, page) = served.get("/");
    let asset = page.split_at(page.find("/assets/").unwrap()).1;
    let style = served.agent.get(served.url.clone() + asset).call().unwrap();
    assert_eq!(style.headers()["content-type"], "text/css; charset=utf-8");
    assert!(
        style.headers()["cache-control"]
            .to_str()
            .unwrap()
            .contains("immutable")
    );
    let policy = &style.headers()["content-security-policy"];
    assert!(
        policy
            .to_str()
            .unwrap()
            .contains("require-trusted-types-for 'script'")
    );

    let head = served.agent.head(served.url.clone() + "/").call().unwrap();
    assert_eq!(head.status(), 200);
    let post = served
        .agent
        .post(served.url.clone() + "/")
        .send("x")
        .unwrap();
    assert_eq!(post.status(), 405);
    assert_eq!(post.headers()["allow"], "GET, HEAD");
}

/// Another name for 127.0.0.1 would make the unpublished site readable by a foreign page.
#[test]
fn a_foreign_name_for_this_machine_is_refused() {
    let served = Served::new(Fixture::new());
    served.round();
    for (host, status) in [("evil.example", 403), ("localhost", 200)] {
        for path in ["/", "/preview.json"] {
            let request = served.agent.get(served.url.clone() + path);
            let response = request.header("host", host).call().unwrap();
            assert_eq!(response.status(), status, "{host}{path}");
        }
    }
}

#[test]
fn a_port_that_is_taken_is_named_with_the_cure() {
    let holder = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = holder.local_addr().unwrap().port();
    let site = Fixture::new();
    let error = Preview::open(options(&site, port)).unwrap_err().to_string();
    assert!(
        error.starts_with(&format!(
            "error: port {port} is taken\n  = help: stop what holds it"
        )),
        "{error}"
    );
}

#[test]
fn a_folder_without_a_site_is_named_with_the_cure() {
    let site = Fixture::new();
    let mut options = options(&site, 0);
    options.root = site.root().join("nowhere");
    let error = Preview::open(options).unwrap_err().to_string();
    assert!(error.contains("= help: --root names the folder"), "{error}");
}
