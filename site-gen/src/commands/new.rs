//! `cargo site new`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use site_gen::language::Language;
use site_gen::scaffold::{Made, Order, create};

use crate::terminal::{refuse, say};

#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The page below the folder of its language: help/refunds.
    name: String,
    /// The title of the page.
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// The language of the page.
    #[arg(long, value_enum, default_value_t = Choice::Both)]
    lang: Choice,
    /// The folder that holds content/ and site-gen/theme/.
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Choice {
    /// Russian.
    Ru,
    /// English.
    En,
    /// All languages of the site.
    Both,
}

pub(crate) fn run(arguments: Arguments) -> ExitCode {
    let Arguments {
        name,
        title,
        lang,
        root,
    } = arguments;
    let languages = match lang {
        Choice::Ru => vec![Language::Russian],
        Choice::En => vec![Language::English],
        Choice::Both => Vec::new(),
    };
    let order = Order {
        name,
        title,
        languages,
    };
    match create(&root, &order) {
        Ok(Made { files, addresses }) => {
            for file in files {
                say(&format!("made {file}"));
            }
            say(&format!(
                "Write the title, the description and the text; cargo site serve shows the page at {}",
                addresses.join(" and ")
            ));
            ExitCode::SUCCESS
        }
        Err(error) => refuse(&error),
    }
}
