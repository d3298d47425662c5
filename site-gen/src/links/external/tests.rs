use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::thread;

use super::*;
use crate::source::SourceFile;

/// Time that passes only while somebody waits or asks.
#[derive(Default)]
struct FakeClock(Mutex<Duration>);

impl Clock for FakeClock {
    fn now(&self) -> Duration {
        *self.0.lock().unwrap()
    }

    fn wait(&self, pause: Duration) {
        *self.0.lock().unwrap() += pause;
    }
}

/// Sites that answer from a table, in the order of the questions; the last answer stays.
#[derive(Default)]
struct FakeSites {
    clock: FakeClock,
    answers: BTreeMap<String, Vec<Result<Response, Failure>>>,
    /// Who was asked, how and when.
    questions: Mutex<Vec<(String, Method, Duration)>>,
    busy: Mutex<BTreeSet<String>>,
    most_busy: Mutex<usize>,
}

impl FakeSites {
    fn answer(mut self, address: &str, answers: &[Result<Response, Failure>]) -> Self {
        self.answers.insert(address.to_owned(), answers.to_vec());
        self
    }

    fn check(&self, text: &str) -> Result<Vec<String>, NoNetwork> {
        let file = SourceFile::new("content/ru/a.md", text);
        let mut start = 0;
        let mut links = Vec::new();
        for address in text.split_inclusive('\n') {
            let range = start..start + address.trim_end().len();
            start += address.len();
            links.push(OutsideLink {
                address: address.trim_end().to_owned(),
                origin: Origin::new(file.clone(), range),
            });
        }
        let faults = check(&links, "https://own.example", self, &self.clock, &|_| {})?;
        Ok(faults.iter().map(ToString::to_string).collect())
    }

    fn asked(&self) -> Vec<(String, Method)> {
        let questions = self.questions.lock().unwrap();
        let asked = questions.iter();
        asked
            .map(|(address, method, _)| (address.clone(), *method))
            .collect()
    }
}

impl Asker for FakeSites {
    fn ask(&self, address: &str, method: Method) -> Result<Response, Failure> {
        let host = address::host(address);
        {
            let mut busy = self.busy.lock().unwrap();
            assert!(busy.insert(host.clone()), "{host} is asked twice at a time");
            let mut most = self.most_busy.lock().unwrap();
            *most = busy.len().max(*most);
        }
        thread::sleep(Duration::from_millis(5));
        let mut questions = self.questions.lock().unwrap();
        let earlier = questions
            .iter()
            .filter(|(asked, ..)| asked == address)
            .count();
        questions.push((address.to_owned(), method, self.clock.now()));
        self.busy.lock().unwrap().remove(&host);
        match self.answers.get(address) {
            Some(answers) => answers[earlier.min(answers.len() - 1)].clone(),
            None => status(200),
        }
    }
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "it stands in tables beside failures"
)]
fn status(status: u16) -> Result<Response, Failure> {
    Ok(Response {
        status,
        ..Response::default()
    })
}

fn redirect(code: u16, location: &str) -> Result<Response, Failure> {
    status(code).map(|response| Response {
        location: Some(location.to_owned()),
        ..response
    })
}

fn busy(code: u16, retry_after: &str) -> Result<Response, Failure> {
    status(code).map(|response| Response {
        retry_after: Some(retry_after.to_owned()),
        ..response
    })
}

const A: &str = "https://a.example/a";

#[test]
fn what_a_site_answers_decides_between_silence_warning_and_error() {
    let failure = |failure: Failure| vec![Err(failure)];
    for (answers, expected) in [
        (vec![status(200)], None),
        (vec![status(405), status(200)], None),
        (vec![status(404), status(200)], None),
        (vec![redirect(302, "https://b.example/"), status(200)], None),
        (
            vec![status(404)],
            Some("error: there is nothing at \"https://a.example/a\" (status 404)\n"),
        ),
        (
            vec![status(410)],
            Some("error: there is nothing at \"https://a.example/a\" (status 410)\n"),
        ),
        (
            vec![redirect(302, "https://b.example/gone")],
            Some(
                "error: there is nothing at \"https://b.example/gone\", to which \"https://a.example/a\" leads (status 404)\n",
            ),
        ),
        (
            vec![redirect(308, "https://b.example/")],
            Some("warning: \"https://a.example/a\" has moved for good\n"),
        ),
        (
            vec![redirect(301, A)],
            Some("warning: \"https://a.example/a\" leads on from one address to the next\n"),
        ),
        (
            vec![status(500)],
            Some("warning: \"https://a.example/a\" answers with status 500\n"),
        ),
        (
            failure(Failure::NoSuchHost),
            Some("error: there is no site \"a.example\"\n"),
        ),
        (
            failure(Failure::Unsafe("the certificate is old".to_owned())),
            Some("error: \"a.example\" offers no safe connection: the certificate is old\n"),
        ),
        (
            failure(Failure::TimedOut),
            Some("warning: \"a.example\" takes too long to answer\n"),
        ),
        (
            failure(Failure::Unreachable("refused".to_owned())),
            Some("warning: \"a.example\" cannot be reached: refused\n"),
        ),
    ] {
        let sites = FakeSites::default()
            .answer(A, &answers)
            .answer("https://b.example/gone", &[status(404)]);
        let told = sites.check(A).unwrap();
        match expected {
            None => assert_eq!(told, [""; 0], "{answers:?}"),
            Some(start) => {
                assert_eq!(told.len(), 1, "{answers:?}");
                assert!(told[0].starts_with(start), "{}", told[0]);
                assert!(told[0].contains("--> content/ru/a.md:1:1\n"), "{}", told[0]);
                assert!(told[0].contains("= help: "), "{}", told[0]);
            }
        }
    }
}

#[test]
fn the_new_address_is_the_last_one_that_is_for_good_and_keeps_the_id() {
    let sites = FakeSites::default()
        .answer(A, &[redirect(301, "https://a.example/b")])
        .answer(
            "https://a.example/b",
            &[redirect(308, "https://a.example/c")],
        )
        .answer(
            "https://a.example/c",
            &[redirect(302, "https://a.example/today")],
        );
    let told = sites.check("https://a.example/a#id").unwrap();
    assert!(
        told[0].ends_with("= help: write the new address: https://a.example/c#id\n"),
        "{}",
        told[0]
    );
}

#[test]
fn an_address_is_asked_once_and_told_at_every_place() {
    let sites = FakeSites::default().answer(A, &[status(404)]);
    let told = sites.check(&format!("{A}\n{A}#id\n")).unwrap();
    assert_eq!(told.len(), 2);
    assert!(told[1].contains("a.md:2:1\n"), "{}", told[1]);
    let once = [Method::Head, Method::Get].map(|method| (A.to_owned(), method));
    assert_eq!(sites.asked(), once);
}

#[test]
fn a_busy_site_is_asked_once_more_after_the_pause_it_wants() {
    for (answer, times, pause) in [
        (busy(429, "7"), 2, 7),
        (busy(503, "Wed, 21 Oct 2026 07:28:00 GMT"), 2, 30),
        (status(503), 2, 5),
        (busy(429, "31"), 1, 0),
    ] {
        let sites = FakeSites::default().answer(A, std::slice::from_ref(&answer));
        let told = sites.check(A).unwrap();
        assert!(
            told[0].starts_with("warning: \"https://a.example/a\" is busy"),
            "{}",
            told[0]
        );
        let questions = sites.questions.lock().unwrap();
        assert_eq!(questions.len(), times, "{answer:?}");
        let last = questions.last().unwrap().2;
        assert_eq!(last, Duration::from_secs(pause), "{answer:?}");
    }
}

#[test]
fn no_host_is_hurried_and_no_more_than_four_are_asked_at_once() {
    let pages = |host| (0..3).map(move |page| format!("https://{host}.example/{page}"));
    let text = (0..9).flat_map(pages).collect::<Vec<_>>().join("\n");
    // Everybody leads to the same host, which another worker asks, too.
    let moved = |host: usize| format!("https://{host}.example/0");
    let sites = (1..9).fold(FakeSites::default(), |sites, host| {
        sites.answer(&moved(host), &[redirect(302, "https://0.example/0")])
    });
    assert_eq!(sites.check(&text).unwrap(), [""; 0]);
    let most = *sites.most_busy.lock().unwrap();
    assert!((2..=4).contains(&most), "{most}");
    let mut last: BTreeMap<String, Duration> = BTreeMap::new();
    for (address, _, moment) in sites.questions.lock().unwrap().iter() {
        if let Some(earlier) = last.insert(address::host(address), *moment) {
            assert!(*moment >= earlier + Duration::from_secs(1), "{address}");
        }
    }
}

#[test]
fn without_a_network_one_line_is_told_and_the_rest_is_not_asked() {
    let silent: Vec<_> = (0..50)
        .map(|host| format!("https://{host}.example/"))
        .collect();
    let gone = [Err(Failure::NoSuchHost)];
    let offline = silent.iter().fold(FakeSites::default(), |sites, address| {
        sites.answer(address, &gone)
    });
    let offline = offline.answer("https://own.example", &gone);
    assert_eq!(offline.check(&silent.join("\n")), Err(NoNetwork));
    assert!(offline.asked().len() < 12, "{:?}", offline.asked());

    let one = FakeSites::default().answer("https://own.example", &gone);
    assert_eq!(one.answer(A, &gone).check(A), Err(NoNetwork));
}

#[test]
fn if_the_own_site_answers_there_is_a_network_and_the_others_are_gone() {
    let sites = FakeSites::default().answer(A, &[Err(Failure::NoSuchHost)]);
    assert_eq!(sites.check(A).unwrap().len(), 1);
}
