//! The operator's tool: what people who run the service do from a command line.
//!
//! It is a native program of the Worker's own crate, so an account made here follows the same rules as one made on the
//! site. It reaches the database through `wrangler d1 execute`: `--local` is the one that `cargo xtask dev` serves,
//! `--remote` the one in Cloudflare's network.

mod application;
mod archive;
#[cfg(test)]
mod articles;
mod client;
mod document;
mod grant;
mod import;
mod inspection;
mod literal;
mod mail;
mod nearest;
mod payment;
mod payout;
mod platform;
mod product;
mod refusal;
mod subscription;
mod table;
mod terminal;
mod typed;
mod user;
mod wrangler;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use edge_worker::store::SqlStore;

use application::Office;
use wrangler::{Place, Wrangler};

/// The operator's tool of MiniApp.Expert's cabinet
#[derive(Parser)]
#[command(name = "cabinetctl", version)]
struct Arguments {
    #[command(flatten)]
    place: PlaceArguments,
    /// Who does it, for the audit log; the name that this system knows you by, if left out
    #[arg(long, global = true, value_name = "NAME")]
    operator: Option<String>,
    #[command(subcommand)]
    command: Command,
}

/// Which database
#[derive(clap::Args)]
struct PlaceArguments {
    /// Work on the database of `cargo xtask dev` (the default)
    #[arg(long, global = true, conflicts_with = "remote")]
    local: bool,
    /// Work on the database in Cloudflare's network
    #[arg(long, global = true)]
    remote: bool,
    /// Where the local database lies, if not in .wrangler/state
    #[arg(long, global = true, value_name = "FOLDER", conflicts_with = "remote")]
    persist_to: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Command {
    /// Accounts of people
    #[command(subcommand)]
    User(user::UserCommand),
    /// What is sold
    #[command(subcommand)]
    Product(product::ProductCommand),
    /// Give somebody a product without a payment
    Grant(grant::GrantArguments),
    /// Take a product away from somebody
    Revoke(grant::RevokeArguments),
    /// Subscriptions of clients
    #[command(subcommand)]
    Subscription(subscription::SubscriptionCommand),
    /// Money that came or goes back
    #[command(subcommand)]
    Payment(payment::PaymentCommand),
    /// Money for partners
    #[command(subcommand)]
    Payout(payout::PayoutCommand),
    /// What clients are asked to agree to
    #[command(subcommand)]
    Document(document::DocumentCommand),
    /// Mail to people
    #[command(subcommand)]
    Mail(mail::MailCommand),
    /// What the predecessor left
    #[command(subcommand)]
    Import(import::ImportCommand),
    /// Look whether everything is as it should be; fails if not
    Doctor(inspection::ShowArguments),
    /// Show how much there is
    Stats(inspection::ShowArguments),
    /// Write the whole database to a file
    Export(archive::ExportArguments),
    /// Fill an empty database from such a file
    Restore(archive::RestoreArguments),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let place = if arguments.place.remote {
        Place::Remote
    } else {
        Place::Local {
            persist_to: arguments.place.persist_to,
        }
    };
    let is_local = matches!(place, Place::Local { .. });
    let outcome = Wrangler::find(place).and_then(|database| {
        let work = run(arguments.command, database, arguments.operator, is_local);
        pollster::block_on(work)
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            terminal::complain(&error);
            ExitCode::FAILURE
        }
    }
}

async fn run(
    command: Command,
    database: Wrangler,
    operator: Option<String>,
    is_local: bool,
) -> anyhow::Result<()> {
    match command {
        Command::User(command) => user::run(command, &Office::open(database, operator)?).await,
        Command::Product(command) => {
            product::run(command, &Office::open(database, operator)?).await
        }
        Command::Grant(arguments) => {
            grant::grant(&Office::open(database, operator)?, arguments).await
        }
        Command::Revoke(arguments) => {
            grant::revoke(&Office::open(database, operator)?, &arguments).await
        }
        Command::Subscription(command) => {
            subscription::run(command, &Office::open(database, operator)?).await
        }
        Command::Payment(command) => {
            payment::run(command, &Office::open(database, operator)?).await
        }
        Command::Payout(command) => payout::run(command, &Office::open(database, operator)?).await,
        Command::Document(command) => {
            document::run(command, &Office::open(database, operator)?).await
        }
        Command::Mail(command) => mail::run(command, &SqlStore::new(database), is_local).await,
        Command::Doctor(arguments) => {
            inspection::doctor(&Office::open(database, operator)?, &arguments).await
        }
        Command::Stats(arguments) => {
            inspection::stats(&Office::open(database, operator)?, &arguments).await
        }
        Command::Export(arguments) => {
            archive::export(&Office::open(database, operator)?, &arguments).await
        }
        Command::Restore(arguments) => {
            archive::restore(&Office::open(database, operator)?, &arguments).await
        }
        Command::Import(command) => import::run(command, &Office::open(database, operator)?).await,
    }
}
