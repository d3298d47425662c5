//! `cargo site check`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use site_gen::{BuildMode, count_pages, generate};

use crate::terminal::{fail, say};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The folder that holds content/ and site-gen/theme/.
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> ExitCode {
    match generate(&arguments.root, BuildMode::Publish) {
        Ok(files) => {
            let pages = count_pages(&files);
            say(&format!("checked {pages} pages, no mistakes"));
            ExitCode::SUCCESS
        }
        Err(errors) => fail(&errors.into()),
    }
}
