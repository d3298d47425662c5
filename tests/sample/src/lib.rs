//! Cabinets to look at, and databases to measure.
//!
//! [`archive`] is an archive for `cabinetctl restore` in which a few clients on example.com show every state of a cabinet. They
//! have lived through it: the Worker's own use cases run on SQLite in memory while a clock of ours walks through a year, so
//! that dates, sums and the ledger are right because nobody wrote them. What no use case can do yet (cards, receipts,
//! payments that failed) is written as rows, and money of partners never is.
//!
//! [`crowd`] is the opposite: a million rows that only have to be many.

mod buying;
mod catalogue;
mod clients;
pub mod crowd;
pub mod sqlite;
mod stage;
mod timeline;
mod world;

use anyhow::Result;
use edge_worker::domain::archive::Archive;
use edge_worker::domain::time::Instant;

use stage::Stage;
use timeline::Timeline;

/// The password of every sample client.
pub const PASSWORD: &str = "copper kettle 7";

/// Somebody to sign in as.
#[derive(Clone, Copy, Debug)]
pub struct SampleClient {
    /// The part of their address before `@example.com`.
    pub name: &'static str,
    /// What their cabinet shows.
    pub shows: &'static str,
}

impl SampleClient {
    /// Their address.
    #[must_use]
    pub fn email(&self) -> String {
        stage::address(self.name)
    }
}

/// Everybody whose password is told.
pub const CLIENTS: [SampleClient; 5] = [
    SampleClient {
        name: "new",
        shows: "a new cabinet: nothing bought, documents to accept",
    },
    SampleClient {
        name: "anna",
        shows: "all is well: products, renewals, cards, payments with receipts, a first commission to be paid out",
    },
    SampleClient {
        name: "boris",
        shows: "every other state: expired, in preparation, cancelled, taken away, refunded",
    },
    SampleClient {
        name: "vera",
        shows: "a partner: a year of commissions, a debt repaid, payouts of every outcome",
    },
    SampleClient {
        name: "gleb",
        shows: "2,000 payments",
    },
];

/// The database with the sample clients as it is at an instant; the same for the same instant.
///
/// # Errors
/// A use case refuses what the clients do: it was changed, and their story has to follow.
pub fn archive(now: Instant) -> Result<Archive> {
    let mut timeline = Timeline::ending_at(now);
    catalogue::fill(&mut timeline);
    clients::live(&mut timeline);
    let stage = Stage::set(now)?;
    timeline.play(&stage)?;
    stage.archive()
}
