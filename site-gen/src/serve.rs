//! `cargo site serve`: the site in a browser while it is written, without any other program.
//!
//! One thread follows the sources and makes a round of each change; the server answers from memory meanwhile, so an
//! update never holds up a page. Nothing is written to disk. While the site is broken the last good one is served; if it
//! was never good, [`waiting`] tells why.

mod content_type;
pub mod news;
mod own_name;
mod rules;
mod server;
mod site;
mod waiting;

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::BuildMode;
use crate::diagnostics::Diagnostics;
use crate::watch::{Watch, timed};
use crate::workshop::{Changes, Workshop};
use news::{Chronicle, Witness};
use server::Stage;

/// The port if none is asked for.
pub const PORT: u16 = 8788;

/// What is served, and where.
#[derive(Debug, Clone)]
pub struct Options {
    /// The folder that holds `content/` and the theme.
    pub root: PathBuf,
    /// The address to listen on; other machines are let in by one that is not of the loopback.
    pub host: IpAddr,
    /// The port; 0 takes a free one.
    pub port: u16,
    /// The day that the site is built on.
    pub today: time::Date,
}

/// Why there is no preview.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Somebody else listens there.
    #[error(
        "error: port {port} is taken\n  = help: stop what holds it or take another: cargo site serve --port {another}"
    )]
    PortTaken {
        /// The port.
        port: u16,
        /// One that may be free.
        another: u16,
    },
    /// The system refused the address.
    #[error("error: {address} cannot be listened on: {error}")]
    Refused {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        error: io::Error,
    },
    /// The sources cannot be followed.
    #[error(
        "error: the sources cannot be watched: {0}\n  = help: --root names the folder that holds content/ and site-gen/theme/"
    )]
    Watch(#[from] notify::Error),
    /// The system gave no threads.
    #[error("error: the server cannot run: {0}")]
    Runtime(io::Error),
}

/// What a round came to, for the person at the terminal.
#[derive(Debug, Clone)]
pub struct Summary {
    /// How many pages the site has.
    pub pages: usize,
    /// How many files came, went or changed.
    pub changed: usize,
    /// What is wrong, and what may be.
    pub diagnostics: Diagnostics,
    /// How long it took until the new files were served.
    pub duration: Duration,
}

/// A preview that listens already and serves as soon as it runs. Who asks before that waits.
#[derive(Debug)]
pub struct Preview {
    options: Options,
    listener: TcpListener,
    address: SocketAddr,
    watch: Watch,
}

impl Preview {
    /// Takes the port and begins to note changes of the sources.
    pub fn open(options: Options) -> Result<Self, ServeError> {
        let wanted = SocketAddr::new(options.host, options.port);
        let refused = |error: io::Error| match error.kind() {
            io::ErrorKind::AddrInUse => ServeError::PortTaken {
                port: options.port,
                another: options.port.checked_add(1).unwrap_or(PORT),
            },
            _ => ServeError::Refused {
                address: wanted,
                error,
            },
        };
        let watch = Watch::start(&options.root)?;
        let listener = TcpListener::bind(wanted).map_err(refused)?;
        let address = listener
            .set_nonblocking(true)
            .and_then(|()| listener.local_addr())
            .map_err(refused)?;
        Ok(Self {
            options,
            listener,
            address,
            watch,
        })
    }

    /// The address of the home page, as a browser on this machine reaches it.
    #[must_use]
    pub fn url(&self) -> String {
        let mut address = self.address;
        if address.ip().is_unspecified() {
            address.set_ip(Ipv4Addr::LOCALHOST.into());
        }
        format!("http://{address}/")
    }

    /// Builds and serves, then again after every change, until `after_round` breaks off.
    pub fn run(
        self,
        mut after_round: impl FnMut(Summary) -> ControlFlow<()>,
    ) -> Result<(), ServeError> {
        let stage = Arc::new(Stage::new());
        let mut chronicle = Chronicle::default();
        let mut workshop =
            Workshop::new(&self.options.root, BuildMode::Preview, self.options.today);
        let mut round = |changes: &Changes| {
            let ((round, changed), duration) = timed(|| {
                let files = Mutex::default();
                let witness = Witness::new(&files);
                let round = workshop.update(changes, &witness);
                let prints = witness.into_prints();
                let news = chronicle.note(&round, &prints);
                let files = files.into_inner().unwrap_or_else(PoisonError::into_inner);
                stage.show(&round, files, &news);
                (round, prints.len())
            });
            after_round(Summary {
                pages: round.pages,
                changed: changed + round.removed.len(),
                diagnostics: round.diagnostics,
                duration,
            })
        };
        let mut flow = round(&Changes::Everything);
        let _server = server::start(self.listener, Arc::clone(&stage))?;
        while flow.is_continue() {
            let Some(changes) = self.watch.wait() else {
                break;
            };
            flow = round(&changes);
        }
        Ok(())
    }
}
