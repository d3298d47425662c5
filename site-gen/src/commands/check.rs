//! `cargo site check`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use site_gen::BuildMode;
use site_gen::diagnostics::{Diagnostic, Diagnostics};
use site_gen::load::CONTENT;
use site_gen::published::{self, PublishedAddresses};
use site_gen::source::SourceFile;
use site_gen::workshop::Workshop;

use super::external::{self, Asked};
use super::today;
use crate::terminal::{complain, counted, say, tell_mistakes, tell_warnings};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The folder that holds content/ and site-gen/theme/.
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// How mistakes are told: for people, or as one line of JSON on the standard output for editors' tools.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Note the addresses of all pages in content/published.txt: from then on each of them must lead somewhere.
    #[arg(long)]
    record: bool,
    /// Ask every link to another site whether it still leads somewhere; takes a second or more for each page of one site.
    #[arg(long)]
    external: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    let mut workshop = Workshop::for_one_build(&arguments.root, BuildMode::Publish, today());
    let round = workshop.check();
    let mut report = Report {
        is_good: round.is_good(),
        pages: round.pages,
        diagnostics: round.diagnostics,
        asked: None,
        troubles: Vec::new(),
    };
    if report.is_good && arguments.record {
        match record(&arguments.root, &workshop) {
            Ok(()) if arguments.format == Format::Text => say(&format!(
                "noted all addresses in {}",
                PublishedAddresses::FILE
            )),
            Ok(()) => {}
            Err(trouble) => report.troubles.push(trouble),
        }
    }
    if report.is_good && arguments.external {
        report.ask(&workshop);
    }
    match arguments.format {
        Format::Json => say(&report.to_json(&workshop)),
        Format::Text => report.tell(&workshop),
    }
    if report.troubles.is_empty() && report.diagnostics.error_count() == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// What the check found.
struct Report {
    /// Whether the site can be built.
    is_good: bool,
    pages: usize,
    diagnostics: Diagnostics,
    /// How many outside addresses were asked, if they were.
    asked: Option<usize>,
    /// What kept the command from doing its work.
    troubles: Vec<Diagnostic>,
}

impl Report {
    fn ask(&mut self, workshop: &Workshop) {
        match external::ask(workshop) {
            Ok(Asked { addresses, faults }) => {
                self.asked = Some(addresses);
                let known = self.diagnostics.iter().cloned();
                self.diagnostics = Diagnostics::new(known.chain(faults).collect());
            }
            Err(message) => self.troubles.push(Diagnostic::about(CONTENT, message)),
        }
    }

    /// Everything as JSON, troubles as mistakes: a tool has one place to look at.
    fn to_json(&self, workshop: &Workshop) -> String {
        let all = self.diagnostics.iter().chain(&self.troubles).cloned();
        Diagnostics::new(all.collect()).to_json(&workshop.missing_translations())
    }

    fn tell(&self, workshop: &Workshop) {
        let errors = self.diagnostics.error_count();
        if !self.is_good {
            tell_mistakes(&self.diagnostics, "the site cannot be published");
            return;
        }
        if errors > 0 {
            tell_mistakes(&self.diagnostics, "the site itself can be built");
        } else {
            tell_warnings(&self.diagnostics);
        }
        for trouble in &self.troubles {
            complain(&format!("error: {}", trouble.message()));
        }
        if errors > 0 || !self.troubles.is_empty() {
            return;
        }
        let missing = workshop.missing_translations();
        if !missing.is_empty() {
            say(&format!("still to be translated: {}", missing.join(", ")));
        }
        let asked = self.asked.map_or_else(String::new, |count| {
            format!(" and {}", counted(count, "outside link"))
        });
        say(&format!("checked {} pages{asked}, no mistakes", self.pages));
    }
}

/// Notes the addresses of all pages.
fn record(root: &Path, workshop: &Workshop) -> Result<(), Diagnostic> {
    let path = root.join(PublishedAddresses::FILE);
    let file = path
        .exists()
        .then(|| SourceFile::read(root, PublishedAddresses::FILE))
        .transpose()?;
    let text = published::record(file.as_ref(), &workshop.addresses());
    fs::write(&path, text).map_err(|error| {
        let message = format!("{} cannot be written: {error}", path.display());
        Diagnostic::about(PublishedAddresses::FILE, message)
    })
}
