//! The API in this process: the Worker's own code over SQLite, or over D1, with a clock that the test holds.

use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, AtomicU64, AtomicUsize, Ordering};

use edge_worker::app::App;
use edge_worker::app::delivery::{DeliveryNote, Effort, deliver_due};
use edge_worker::app::error::Refusal;
use edge_worker::app::ports::guards::Guards;
use edge_worker::app::ports::{Clock, Entropy};
use edge_worker::app::settings::mail::MailSettings;
use edge_worker::app::settings::{Misconfigured, Settings};
use edge_worker::app::upkeep::{self, UpkeepReport};
use edge_worker::domain::audit::OperatorName;
use edge_worker::domain::email::Email;
use edge_worker::domain::language::Language;
use edge_worker::domain::origin::Origin;
use edge_worker::domain::password::{About, NewPassword};
use edge_worker::domain::password_hash::Iterations;
use edge_worker::domain::time::Instant;
use edge_worker::domain::user::Role;
use edge_worker::http::log::LogLine;
use edge_worker::http::{Body, Content, Installation, Platform, Request, respond};
use edge_worker::store::SqlStore;
use serde_json::Value;

use crate::backend::{Answer, Backend, Call};
use crate::cloudflare::Cloudflare;
use crate::conformance;
use crate::engine::Engine;
use crate::post::PostOffice;
use crate::sqlite::Memory;
use crate::watched::{Moment, Watched};

const SIGNING_KEY: &str = "native tests sign with this key, 32 bytes or more";

/// The API in this process.
pub struct Native<E = Memory> {
    database: Watched<E>,
    clock: HandClock,
    dice: Dice,
    signing_key: Option<String>,
    password_min_chars: Option<String>,
    /// Without it, as slow as in production.
    iterations: Option<Iterations>,
    /// Settings of this cabinet alone.
    variables: Vec<(&'static str, String)>,
    /// The platform around the Worker.
    pub cloudflare: Cloudflare,
    log: Mutex<Vec<LogLine>>,
    post: PostOffice,
    deliveries: Mutex<Vec<DeliveryNote>>,
    statements_before_answers: AtomicUsize,
    deliveries_after_answers: AtomicUsize,
    /// What somebody else does to the database while a request draws its session's id.
    interference: Mutex<Option<Interference>>,
}

/// SQL that runs when a request draws 16 bytes for the `draw`-th time from now.
struct Interference {
    draw: u8,
    sql: String,
}

impl Default for Native {
    /// A new cabinet on SQLite.
    fn default() -> Self {
        Self::fresh()
    }
}

impl<E: Engine> Native<E> {
    /// A new cabinet with an empty database; its hashes are quick, so that a scenario takes milliseconds.
    pub fn fresh() -> Self {
        Self {
            database: Watched::fresh(),
            clock: HandClock(AtomicI64::new(1_800_000_000_000)),
            dice: Dice::default(),
            signing_key: Some(SIGNING_KEY.to_owned()),
            password_min_chars: None,
            iterations: Some(Iterations::new(1_000).unwrap()),
            variables: Vec::new(),
            cloudflare: Cloudflare::default(),
            log: Mutex::default(),
            post: PostOffice::default(),
            deliveries: Mutex::default(),
            statements_before_answers: AtomicUsize::default(),
            deliveries_after_answers: AtomicUsize::default(),
            interference: Mutex::default(),
        }
    }

    /// With another signing key, or none.
    #[must_use]
    pub fn with_signing_key(self, signing_key: Option<&str>) -> Self {
        Self {
            signing_key: signing_key.map(str::to_owned),
            ..self
        }
    }

    /// With passwords of at least so many characters.
    #[must_use]
    pub fn with_password_min_chars(self, min_chars: &str) -> Self {
        Self {
            password_min_chars: Some(min_chars.to_owned()),
            ..self
        }
    }

    /// With a setting that most cabinets do not have.
    #[must_use]
    pub fn with_variable(mut self, name: &'static str, value: &str) -> Self {
        self.variables.push((name, value.to_owned()));
        self
    }

    /// On a platform of the test's own.
    #[must_use]
    pub fn with_cloudflare(self, cloudflare: Cloudflare) -> Self {
        Self { cloudflare, ..self }
    }

    /// With hashes as production makes them.
    #[must_use]
    pub fn with_production_hashes(self) -> Self {
        Self {
            iterations: None,
            ..self
        }
    }

    /// Lets time pass.
    pub fn wait_seconds(&self, seconds: i64) {
        self.clock.0.fetch_add(seconds * 1_000, Ordering::Relaxed);
    }

    /// Makes the next draws of four bytes come out like this, the last one first.
    pub fn load_dice(&self, draws: &[[u8; 4]]) {
        self.dice.loaded.lock().unwrap().extend(draws);
    }

    /// Runs SQL in the middle of the next request: after the password was checked, before the session is opened.
    pub fn interfere(&self, sql: String) {
        // The first draw is the request's own id, the second that of the session.
        *self.interference.lock().unwrap() = Some(Interference { draw: 2, sql });
    }

    /// Runs SQL in the middle of the next request, before its `batch`-th visit to the database.
    pub fn interfere_before_batch(&self, batch: u8, sql: &str) {
        let moment = Moment::BeforeBatch(batch);
        self.database.interfere(moment, sql.to_owned());
    }

    /// Runs SQL in the middle of what comes next, before it changes anything in the database.
    pub fn interfere_before_change(&self, sql: &str) {
        self.database
            .interfere(Moment::BeforeChange, sql.to_owned());
    }

    /// The database itself.
    pub const fn database(&self) -> &Watched<E> {
        &self.database
    }

    /// What the log has said so far.
    pub fn log(&self) -> Vec<LogLine> {
        self.log.lock().unwrap().clone()
    }

    /// The mail service.
    pub const fn post(&self) -> &PostOffice {
        &self.post
    }

    /// What became of mails so far.
    pub fn deliveries(&self) -> Vec<DeliveryNote> {
        self.deliveries.lock().unwrap().clone()
    }

    /// How many statements all requests have run before their answers.
    pub fn statements_before_answers(&self) -> usize {
        self.statements_before_answers.load(Ordering::Relaxed)
    }

    /// How many times all requests have gone to the database, deliveries of mail included.
    pub fn batches(&self) -> usize {
        self.database.batches()
    }

    /// Every SQL text that the Worker has run.
    pub fn sql(&self) -> Vec<&'static str> {
        self.database.sql()
    }

    /// How often mail was sent after an answer, or could have been.
    pub fn deliveries_after_answers(&self) -> usize {
        self.deliveries_after_answers.load(Ordering::Relaxed)
    }

    /// What the clock does every five minutes.
    pub fn upkeep(&self) -> UpkeepReport {
        let settings = self.settings().unwrap();
        let store = SqlStore::new(&self.database);
        let work = upkeep::run(&store, &self.clock, self, &self.post, &settings.mail);
        let report = pollster::block_on(work);
        self.deliveries
            .lock()
            .unwrap()
            .extend(report.mails.iter().cloned());
        report
    }

    /// Sends what is due, as the platform does after an answer.
    pub fn deliver(&self) {
        let settings = self.settings().unwrap();
        let store = SqlStore::new(&self.database);
        let effort = Effort::AfterAnswer;
        let work = deliver_due(&store, &self.clock, &self.post, &settings.mail, effort);
        let notes = pollster::block_on(work);
        self.deliveries.lock().unwrap().extend(notes);
    }

    /// The only value that a query answers.
    pub fn ask(&self, sql: &str) -> String {
        self.database.ask(sql)
    }

    /// The only value that each of the queries answers.
    pub fn ask_each(&self, queries: &[&str]) -> Vec<String> {
        self.database.ask_each(queries)
    }

    /// Whether a token lets its owner do what takes a role.
    pub fn authenticate(&self, token: &str, needed: Role) -> Result<(), Refusal> {
        pollster::block_on(self.app().authenticate(Some(token), needed))
            .map(|_caller| ())
            .map_err(|error| error.refusal)
    }

    fn variable(&self, name: &str) -> Option<String> {
        let found = self.variables.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.clone())
    }

    fn settings(&self) -> Result<Settings, Misconfigured> {
        let settings = Settings::read(|name| match name {
            Settings::SIGNING_KEY => self.signing_key.clone(),
            Settings::PASSWORD_MIN_CHARS => self.password_min_chars.clone(),
            MailSettings::SITE_ORIGIN => Some("http://127.0.0.1:8787".to_owned()),
            MailSettings::DELIVERY => Some("local".to_owned()),
            name => self.variable(name),
        })?;
        let iterations = self.iterations.unwrap_or(settings.iterations);
        Ok(Settings {
            iterations,
            ..settings
        })
    }

    fn answer(&self, call: Call) -> Answer {
        let (path, query) = call.target.split_once('?').unwrap_or((&call.target, ""));
        let headers = call
            .headers
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value));
        let request = Request::new(call.method, path, query, headers, Body::limited(call.body));
        let platform = Platform {
            clock: &self.clock,
            entropy: self,
            guards: Guards {
                front: &self.cloudflare,
                human: &self.cloudflare,
            },
            installation: self.settings().map(|settings| Installation {
                store: SqlStore::new(&self.database),
                settings,
            }),
        };
        let before = self.database.statements();
        let exchange = pollster::block_on(respond(platform, &request));
        self.statements_before_answers
            .fetch_add(self.database.statements() - before, Ordering::Relaxed);
        self.log.lock().unwrap().push(exchange.log);
        if exchange.has_mail_due {
            self.deliveries_after_answers
                .fetch_add(1, Ordering::Relaxed);
            self.deliver();
        }
        let response = exchange.response;
        let headers = response
            .headers
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
        Answer {
            status: response.status,
            headers,
            body: match response.body {
                Content::Json(body) => body,
                Content::Text(text) => text.into(),
            },
        }
    }

    /// The application without HTTP, as the operator's tool uses it.
    pub fn app(&self) -> App<'_, SqlStore<&Watched<E>>> {
        let store = SqlStore::new(&self.database);
        let settings = self.settings().unwrap();
        App::new(store, &self.clock, self, settings, Origin::default())
    }
}

/// Who is at the terminal.
pub fn operator() -> OperatorName {
    OperatorName::new("test")
}

impl<E: Engine> Backend for Native<E> {
    fn send(&self, call: Call) -> Answer {
        let sent = call.clone();
        let answer = self.answer(call);
        conformance::check(&sent, &answer);
        answer
    }

    fn execute(&self, sql: &str) {
        self.database.execute(sql);
    }

    fn read(&self, sql: &'static str, value: &str) -> Vec<Value> {
        self.database.read(sql, value)
    }

    fn set_active(&self, email: &str, is_active: bool) {
        let email = Email::parse(email).unwrap();
        let found =
            pollster::block_on(self.app().set_active(&operator(), &email, is_active)).unwrap();
        assert!(found.is_some(), "nobody has this address");
    }

    fn set_password(&self, email: &str, password: &str) {
        let app = self.app();
        let email = Email::parse(email).unwrap();
        let password =
            NewPassword::choose(password, app.password_policy(), &About::default()).unwrap();
        let found =
            pollster::block_on(app.set_password(&operator(), &email, &password, Language::Russian))
                .unwrap();
        assert!(found.is_some(), "nobody has this address");
    }

    fn signing_key(&self) -> String {
        SIGNING_KEY.to_owned()
    }

    fn now(&self) -> i64 {
        self.clock.now().seconds()
    }
}

impl<E: Engine> Entropy for Native<E> {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), String> {
        if buffer.len() == 16 {
            let mut interference = self.interference.lock().unwrap();
            if let Some(Interference { draw, .. }) = interference.as_mut() {
                *draw -= 1;
            }
            if let Some(Interference { sql, .. }) =
                interference.take_if(|waiting| waiting.draw == 0)
            {
                self.database.execute(&sql);
            }
        }
        self.dice.roll(buffer);
        Ok(())
    }
}

/// A clock that goes only when told to.
struct HandClock(AtomicI64);

impl Clock for HandClock {
    fn now(&self) -> Instant {
        Instant::from_millis(self.0.load(Ordering::Relaxed))
    }
}

/// Randomness that never repeats and is the same in every run (`SplitMix64` over a counter), unless it is loaded.
#[derive(Default)]
struct Dice {
    rolls: AtomicU64,
    loaded: Mutex<Vec<[u8; 4]>>,
}

impl Dice {
    fn roll(&self, buffer: &mut [u8]) {
        if buffer.len() == 4
            && let Some(draw) = self.loaded.lock().unwrap().pop()
        {
            buffer.copy_from_slice(&draw);
            return;
        }
        for piece in buffer.chunks_mut(8) {
            let count = self.rolls.fetch_add(1, Ordering::Relaxed).wrapping_add(1);
            let mut word = count.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            piece.copy_from_slice(&word.to_le_bytes()[..piece.len()]);
        }
    }
}
