//! How soon an edit is in the browser: a page is changed on disk and asked for over HTTP until the change is there.

use std::fs;
use std::path::PathBuf;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use ureq::Agent;

use crate::bench::builds::Contestant;
use crate::bench::corpus::{self, Corpus};
use crate::bench::figures::{Edit, Neighbour};
use crate::bench::generator::Generator;
use crate::bench::measure;
use crate::failure::Failure;
use crate::process::group::Group;
use crate::process::interrupt;
use crate::project::Project;
use crate::server::port;
use crate::stopwatch::Stopwatch;

/// The page that is edited, and the one beside it.
const EDITED: usize = 0;
const NEIGHBOUR: usize = 1;
const ROUNDS: usize = 7;
const POLL: Duration = Duration::from_millis(1);
/// An editor's pause; a server that is still busy with the last edit would be measured for both.
const PAUSE: Duration = Duration::from_millis(400);
/// A slow server is asked once: it has shown what it can.
const SLOW: Duration = Duration::from_secs(10);
const SHORTEST_PATIENCE: Duration = Duration::from_secs(20);

/// Starts the server for editors, edits a page and then its title, and leaves the sources as they were; no edit is waited for
/// longer than `limit`.
///
/// # Errors
/// A source cannot be read or written, or no port is free.
pub(super) fn measure(
    project: &Project,
    contestant: &Contestant,
    corpus: &Corpus,
    limit: Duration,
) -> Result<Edit, Failure> {
    let generator = contestant.tool.generator;
    let path = format!("{}/{}.md", generator.content(), corpus::page_path(EDITED));
    let file = contestant.root.join(path);
    let original =
        fs::read_to_string(&file).map_err(|error| Failure::file("read", &file, &error))?;
    measure::settle();
    let watch = Stopwatch::start();
    let mut editor = Editor::start(project, contestant, file, limit)?;
    let outcome = editor.run(watch, &original, &corpus.title(EDITED));
    editor.save(&original)?;
    outcome
}

/// Somebody at work on one page, with its server.
struct Editor {
    generator: Generator,
    server: Group,
    agent: Agent,
    address: String,
    file: PathBuf,
    limit: Duration,
}

impl Editor {
    fn start(
        project: &Project,
        contestant: &Contestant,
        file: PathBuf,
        limit: Duration,
    ) -> Result<Self, Failure> {
        let Contestant { tool, root, output } = contestant;
        let generator = tool.generator;
        let port = port::free()?;
        let log = measure::open_log(project, &format!("bench-{}-serve", generator.name()))?;
        let copy = log.try_clone();
        let copy = copy.map_err(|error| Failure::file("write", &file, &error))?;
        let mut command = generator.serve(&tool.program, root, output, port);
        command.stdin(Stdio::null()).stdout(copy).stderr(log);
        let server = Group::spawn_service(&mut command).map_err(|error| {
            let what = format!("cannot start {}: {error}", generator.name());
            Failure::new(what, "run the command again")
        })?;
        let settings = Agent::config_builder().timeout_global(Some(limit));
        Ok(Self {
            generator,
            server,
            agent: settings.build().into(),
            address: format!("http://127.0.0.1:{port}"),
            file,
            limit,
        })
    }

    fn run(&mut self, watch: Stopwatch, original: &str, title: &str) -> Result<Edit, Failure> {
        if self.wait_for(EDITED, title, self.limit).is_none() {
            return Ok(Edit::Nothing("it did not serve".to_owned()));
        }
        let ready = watch.elapsed();
        // The page beside it has been looked at too.
        let _ = self.wait_for(NEIGHBOUR, title, SHORTEST_PATIENCE);
        let mut edits = Vec::new();
        for round in 1..=ROUNDS {
            thread::sleep(PAUSE);
            let mark = format!("pravka{round}");
            self.save(&format!("{original}\n\nЗдесь {mark}.\n"))?;
            let Some(taken) = self.wait_for(EDITED, &mark, self.limit) else {
                let limit = self.limit.as_secs();
                return Ok(Edit::Nothing(format!("an edit took more than {limit} s")));
            };
            edits.push(taken);
            if taken > SLOW {
                break;
            }
        }
        let neighbour = self.change_title(original, title, &edits)?;
        Ok(Edit::Served {
            ready,
            edits,
            neighbour,
        })
    }

    fn change_title(
        &mut self,
        original: &str,
        title: &str,
        edits: &[Duration],
    ) -> Result<Neighbour, Failure> {
        if self.generator == Generator::MdBook {
            return Ok(Neighbour::NotAsked);
        }
        thread::sleep(PAUSE);
        let slowest = edits.iter().max().copied().unwrap_or_default();
        let patience = (slowest * 3).clamp(SHORTEST_PATIENCE, self.limit.max(SHORTEST_PATIENCE));
        let (old, new) = (title, "Novoe nazvanie");
        self.save(&original.replacen(
            &self.generator.title_line(old),
            &self.generator.title_line(new),
            1,
        ))?;
        let taken = self.wait_for(NEIGHBOUR, new, patience);
        Ok(taken.map_or(Neighbour::Stale(patience), Neighbour::Right))
    }

    fn save(&self, text: &str) -> Result<(), Failure> {
        fs::write(&self.file, text).map_err(|error| Failure::file("write", &self.file, &error))
    }

    /// How long it takes until a page has some words; nothing if the server is gone or patience ends.
    fn wait_for(&mut self, page: usize, words: &str, patience: Duration) -> Option<Duration> {
        let watch = Stopwatch::start();
        let address = format!("{}{}", self.address, self.generator.address(page));
        loop {
            if self.text(&address).is_some_and(|text| text.contains(words)) {
                return Some(watch.elapsed());
            }
            if watch.is_past(patience) || !self.server.is_running() || interrupt::is_requested() {
                return None;
            }
            thread::sleep(POLL);
        }
    }

    fn text(&self, address: &str) -> Option<String> {
        let mut response = self.agent.get(address).call().ok()?;
        response.body_mut().read_to_string().ok()
    }
}
