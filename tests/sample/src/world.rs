//! The outside world of the made-up people: a clock that goes when told to, dice that always fall alike, a post that takes
//! everything.

use std::cell::Cell;

use anyhow::{Result, anyhow};
use edge_worker::app::letter::Letter;
use edge_worker::app::ports::{Clock, Entropy, Mailer, Receipt, SendFailure};
use edge_worker::app::settings::Settings;
use edge_worker::app::settings::mail::MailSettings;
use edge_worker::domain::password_hash::Iterations;
use edge_worker::domain::time::Instant;

/// A clock that goes only when told to.
pub(crate) struct HandClock(Cell<Instant>);

impl HandClock {
    pub(crate) fn at(now: Instant) -> Self {
        Self(Cell::new(now))
    }

    pub(crate) fn set(&self, now: Instant) {
        self.0.set(now);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Instant {
        self.0.get()
    }
}

/// Randomness that never repeats and is the same in every run (`SplitMix64` over a counter).
#[derive(Default)]
pub(crate) struct Dice(Cell<u64>);

impl Dice {
    /// Random bytes.
    pub(crate) fn bytes<const COUNT: usize>(&self) -> [u8; COUNT] {
        let mut bytes = [0; COUNT];
        self.roll(&mut bytes);
        bytes
    }

    fn roll(&self, buffer: &mut [u8]) {
        for piece in buffer.chunks_mut(8) {
            let count = self.0.get().wrapping_add(1);
            self.0.set(count);
            let mut word = count.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            for (byte, drawn) in piece.iter_mut().zip((word ^ (word >> 31)).to_le_bytes()) {
                *byte = drawn;
            }
        }
    }
}

impl Entropy for Dice {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), String> {
        self.roll(buffer);
        Ok(())
    }
}

/// A mail service that takes every letter and sends none.
pub(crate) struct Post;

impl Mailer for Post {
    async fn send(&self, _letter: &Letter) -> Result<Receipt, SendFailure> {
        Ok(Receipt::HandedOver)
    }
}

/// How often the passwords are hashed: known to everybody who reads the terminal, they need no protection. The first sign-in
/// makes the hash as strong as any.
const FEW: u32 = 1_000;

/// The settings of a cabinet that signs nobody in.
pub(crate) fn settings() -> Result<Settings> {
    let settings = Settings::read(|name| match name {
        Settings::SIGNING_KEY => Some("no token of the sample clients is ever used".to_owned()),
        MailSettings::SITE_ORIGIN => Some("http://127.0.0.1:8787".to_owned()),
        MailSettings::DELIVERY => Some("local".to_owned()),
        _ => None,
    })
    .map_err(|misconfigured| anyhow!(misconfigured.0))?;
    let iterations = Iterations::new(FEW).map_err(|refused| anyhow!("{refused:?}"))?;
    Ok(Settings {
        iterations,
        ..settings
    })
}
