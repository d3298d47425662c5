//! The mail service of native tests: the outside world, made up.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use edge_worker::app::letter::Letter;
use edge_worker::app::ports::{Mailer, Receipt, SendFailure};

/// What the mail service does with the next letters.
#[derive(Clone, Debug, Default)]
pub enum Mood {
    /// Nothing: letters stay in the outbox, as on a developer's machine.
    #[default]
    Local,
    /// It takes every letter.
    Takes,
    /// It refuses every letter with this code.
    Refuses(&'static str),
}

/// A mail service that remembers what it was given.
#[derive(Debug, Default)]
pub struct PostOffice {
    mood: Mutex<Mood>,
    letters: Mutex<Vec<Letter>>,
    tries: AtomicU32,
}

impl PostOffice {
    /// From now on it does this.
    pub fn set_mood(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    /// Every letter that it took, or that was kept here.
    pub fn letters(&self) -> Vec<Letter> {
        self.letters.lock().unwrap().clone()
    }

    /// How often it was asked.
    pub fn tries(&self) -> u32 {
        self.tries.load(Ordering::Relaxed)
    }
}

impl Mailer for PostOffice {
    async fn send(&self, letter: &Letter) -> Result<Receipt, SendFailure> {
        self.tries.fetch_add(1, Ordering::Relaxed);
        let receipt = match &*self.mood.lock().unwrap() {
            Mood::Local => Receipt::Kept,
            Mood::Takes => Receipt::HandedOver,
            Mood::Refuses(code) => {
                return Err(edge_worker::providers::email_service::failure(Some(code)));
            }
        };
        self.letters.lock().unwrap().push(letter.clone());
        Ok(receipt)
    }
}
