//! What Cloudflare does around the Worker, for native tests: the rate limiter and Turnstile, as documented.

use std::collections::{BTreeMap, BTreeSet};
use std::future::ready;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use edge_worker::app::ports::guards::{
    Answer, FrontLimiter, HumanCheck, HumanQuestion, HumanVerdict,
};
use edge_worker::providers::turnstile;
use serde_json::json;

/// The token that the widget gives with a site key for testing.
pub const DUMMY_TOKEN: &str = "XXXX.DUMMY.TOKEN.XXXX";

/// Cloudflare, as far as the Worker asks it.
#[derive(Default)]
pub struct Cloudflare {
    /// How many requests of one network pass; without a number, all.
    limit: Option<u32>,
    passed: Mutex<BTreeMap<String, u32>>,
    /// Tokens that were asked about; a second time they are refused.
    spent: Mutex<BTreeSet<String>>,
    questions: AtomicU32,
    is_out_of_order: AtomicBool,
}

impl Cloudflare {
    /// With a rate limiter that lets so many requests of one network pass, and never resets.
    pub fn limiting_to(limit: u32) -> Self {
        Self {
            limit: Some(limit),
            ..Self::default()
        }
    }

    /// Lets `siteverify` break down.
    pub fn break_down(&self) {
        self.is_out_of_order.store(true, Ordering::Relaxed);
    }

    /// How often `siteverify` was asked.
    pub fn questions(&self) -> u32 {
        self.questions.load(Ordering::Relaxed)
    }

    /// `siteverify`: a real token here is the action that it was solved for, a dot and anything.
    fn siteverify(&self, body: &str) -> String {
        let form: BTreeMap<_, _> = form_urlencoded::parse(body.as_bytes()).collect();
        let (secret, token) = (&*form["secret"], &*form["response"]);
        let refused = |code: &str| json!({"success": false, "error-codes": [code]});
        let answer = match secret.get(..2) {
            Some("1x") if token == DUMMY_TOKEN => json!({"success": true, "error-codes": []}),
            Some("1x" | "2x") => refused("invalid-input-response"),
            Some("3x") => refused("timeout-or-duplicate"),
            _ => match token.split_once('.') {
                None => refused("invalid-input-response"),
                Some(_) if !self.spent.lock().unwrap().insert(token.to_owned()) => {
                    refused("timeout-or-duplicate")
                }
                Some((action, _)) => {
                    json!({"success": true, "error-codes": [], "hostname": "miniapp.expert", "action": action})
                }
            },
        };
        answer.to_string()
    }
}

impl FrontLimiter for Cloudflare {
    fn admits<'a>(&'a self, key: &'a str) -> Answer<'a, bool> {
        let mut passed = self.passed.lock().unwrap();
        let count = passed.entry(key.to_owned()).or_default();
        *count += 1;
        let admits = self.limit.is_none_or(|limit| *count <= limit);
        Box::pin(ready(admits))
    }
}

impl HumanCheck for Cloudflare {
    fn ask<'a>(&'a self, question: HumanQuestion<'a>) -> Answer<'a, HumanVerdict> {
        self.questions.fetch_add(1, Ordering::Relaxed);
        let answer = if self.is_out_of_order.load(Ordering::Relaxed) {
            "<html>502 Bad Gateway</html>".to_owned()
        } else {
            self.siteverify(&turnstile::request_body(&question))
        };
        Box::pin(ready(turnstile::read_answer(&question, &answer)))
    }
}
