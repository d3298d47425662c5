//! `cargo site serve`.

use std::net::{IpAddr, Ipv4Addr};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};

use clap::Args;
use site_gen::serve::{Options, PORT, Preview, ServeError, Summary};

use super::today;
use crate::terminal::{
    complain, count_warnings, counted, refuse, say, tell_mistakes, tell_warnings,
};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The folder that holds content/ and site-gen/theme/.
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// The address to listen on; 0.0.0.0 lets other machines look, a phone for example.
    #[arg(long, value_name = "ADDRESS", default_value_t = Ipv4Addr::LOCALHOST.into())]
    host: IpAddr,
    /// The port; 0 takes a free one.
    #[arg(long, default_value_t = PORT)]
    port: u16,
    /// Open the site in the browser.
    #[arg(long)]
    open: bool,
}

pub(crate) fn run(arguments: Arguments) -> ExitCode {
    match serve(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => refuse(&error),
    }
}

fn serve(arguments: Arguments) -> Result<(), ServeError> {
    let Arguments {
        root,
        host,
        port,
        open,
    } = arguments;
    let preview = Preview::open(Options {
        root,
        host,
        port,
        today: today(),
    })?;
    let url = preview.url();
    say(&format!(
        "the site is on {url}\nwatching content/ and site-gen/theme/; Ctrl-C stops"
    ));
    if open {
        open_browser(&url);
    }
    let mut has_site = false;
    preview.run(|summary| {
        tell(&summary, has_site);
        has_site |= summary.diagnostics.error_count() == 0;
        ControlFlow::Continue(())
    })
}

fn tell(summary: &Summary, has_site: bool) {
    let Summary {
        pages,
        changed,
        diagnostics,
        duration,
    } = summary;
    if diagnostics.error_count() > 0 {
        let consequence = if has_site {
            "the last good site is served"
        } else {
            "the site appears once all is mended"
        };
        tell_mistakes(diagnostics, consequence);
        return;
    }
    tell_warnings(diagnostics);
    let milliseconds = duration.as_millis();
    let warnings = count_warnings(diagnostics);
    say(&format!(
        "built {pages} pages in {milliseconds} ms, {} changed{warnings}",
        counted(*changed, "file")
    ));
}

/// A browser that does not come is no reason to stop: the address is on the screen.
fn open_browser(url: &str) {
    let program = match std::env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ => "xdg-open",
    };
    let started = Command::new(program)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    if let Err(error) = started {
        complain(&format!(
            "warning: the browser could not be opened with {program}: {error}"
        ));
    }
}
