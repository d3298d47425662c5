//! What the server says: kept in its log, and the news of it shown.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::process::group::Group;
use crate::report;

const READY: &str = "Ready on ";

/// Copies everything the server says into its log; tells when it is ready.
pub(super) fn listen(group: &mut Group, log: File, is_talkative: bool) -> Receiver<()> {
    let (sender, receiver) = mpsc::channel();
    let listener = Arc::new(Listener {
        log: Mutex::new(log),
        is_talkative,
        is_ready: AtomicBool::new(false),
    });
    if let Some(pipe) = group.take_stdout() {
        let (listener, sender) = (Arc::clone(&listener), sender.clone());
        thread::spawn(move || listener.follow(pipe, &sender));
    }
    if let Some(pipe) = group.take_stderr() {
        thread::spawn(move || listener.follow(pipe, &sender));
    }
    receiver
}

/// What the listeners on both pipes share.
struct Listener {
    log: Mutex<File>,
    is_talkative: bool,
    is_ready: AtomicBool,
}

impl Listener {
    fn follow(&self, pipe: impl Read, ready: &Sender<()>) {
        for line in BufReader::new(pipe).split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8_lossy(&line);
            let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
            let _ = writeln!(log, "{line}");
            drop(log);
            if line.contains(READY) {
                self.is_ready.store(true, Ordering::Relaxed);
                let _ = ready.send(());
            }
            if self.is_talkative && self.is_ready.load(Ordering::Relaxed) && is_news(&line) {
                report::line(&format!("  │ {line}"));
            }
        }
    }
}

/// Whether a line of the running server is worth a look: not its own doings nor answers that went well.
fn is_news(line: &str) -> bool {
    let text = line.trim();
    let is_own = text.is_empty() || text.starts_with('⎔') || text.contains(READY);
    let is_good = text.contains("\"severity\":\"info\"") || is_good_answer(text);
    !is_own && !is_good && !text.starts_with("[wrangler:info] ✨")
}

/// A line such as `[wrangler:info] GET /index.html 200 OK (4ms)`.
fn is_good_answer(text: &str) -> bool {
    text.strip_prefix("[wrangler:info] ")
        .and_then(|request| request.split_whitespace().nth(2)?.parse().ok())
        .is_some_and(|status: u16| (200..400).contains(&status))
}

#[cfg(test)]
mod tests {
    use super::is_news;

    #[test]
    fn only_news_of_the_server_is_shown() {
        assert!(!is_news("⎔ Reloading local server..."));
        assert!(!is_news("[wrangler:info] GET /index.html 200 OK (4ms)"));
        assert!(is_news(
            "[wrangler:info] GET /api/x 500 Internal Server Error (19ms)"
        ));
        assert!(!is_news(
            "[wrangler:info] POST /api/auth/register/ 201 Created (1410ms)"
        ));
        assert!(!is_news(
            "[wrangler:info] ✨ Parsed 7 valid redirect rules."
        ));
        assert!(!is_news("{\"severity\":\"info\",\"status\":200}"));
        assert!(is_news("{\"severity\":\"error\",\"status\":500}"));
    }
}
