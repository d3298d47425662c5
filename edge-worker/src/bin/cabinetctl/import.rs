//! `cabinetctl import …`: what the predecessor left comes over, after a report that changes nothing.

mod report;

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, anyhow, bail};
use clap::{Args, Subcommand};
use edge_worker::app::import::{ImportPlan, NoPlan};
use edge_worker::domain::dump::{self, Row};

use crate::application::Office;
use crate::{refusal, terminal};

/// What can be imported.
#[derive(Subcommand)]
pub(crate) enum ImportCommand {
    /// People from `manage.py dumpdata` of the predecessor; says first what it would do
    Django(DjangoArguments),
}

/// Which dump, and how far to go
#[derive(Args)]
pub(crate) struct DjangoArguments {
    /// The file that `manage.py dumpdata` wrote
    dump: PathBuf,
    /// The model whose rows are people, such as users.user, if it is not plain from the dump
    #[arg(long)]
    model: Option<String>,
    /// Say what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,
    /// Import the others although some rows have to be left out
    #[arg(long)]
    partly: bool,
    /// Do it without asking
    #[arg(long)]
    yes: bool,
}

/// Does it.
pub(crate) async fn run(command: ImportCommand, office: &Office) -> Result<()> {
    let ImportCommand::Django(arguments) = command;
    let rows = read(&arguments)?;
    let plan = plan(office, &rows, &arguments).await?;
    terminal::say(&report::words(&plan));
    if arguments.dry_run {
        return Ok(());
    }
    let (new, left_out) = (plan.newcomers.len(), plan.report.left_out());
    if left_out > 0 && !arguments.partly {
        bail!(
            "nothing was changed: rows that cannot come over: {left_out}; mend them in the dump, or leave them out \
             with --partly"
        );
    }
    if new == 0 {
        terminal::say("There is nobody to import.");
        return Ok(());
    }
    terminal::confirm(&format!("Import {}?", report::people(new)), arguments.yes)?;
    office
        .app
        .carry_out_import(&office.operator, &plan)
        .await
        .map_err(refusal::use_case)
        .context("nobody was imported; if somebody has registered meanwhile, run it again")?;
    check(office, &rows, &arguments, new).await
}

fn read(arguments: &DjangoArguments) -> Result<Vec<Row>> {
    let name = arguments.dump.display();
    let bytes = fs::read(&arguments.dump).with_context(|| format!("{name} cannot be read"))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| anyhow!("{name} is not in UTF-8: make the dump with PYTHONUTF8=1"))?;
    dump::read(&text).map_err(|fault| {
        anyhow!(
            "{name} is not the JSON of `manage.py dumpdata`: line {}, column {}",
            fault.line,
            fault.column
        )
    })
}

async fn plan(office: &Office, rows: &[Row], arguments: &DjangoArguments) -> Result<ImportPlan> {
    let model = arguments.model.as_deref();
    office
        .app
        .plan_import(rows, model)
        .await
        .map_err(|no_plan| match no_plan {
            NoPlan::NoPeople => anyhow!(
                "there are no people in {}: it takes rows with the fields email and password",
                arguments.dump.display()
            ),
            NoPlan::SeveralModels(models) => anyhow!(
                "more than one model looks like people: say which with --model: {}",
                models.join(", ")
            ),
            NoPlan::Failed(error) => refusal::use_case(error),
        })
}

/// Reads the database again: what a provider says of a file that it took is one thing, what is there is another.
async fn check(
    office: &Office,
    rows: &[Row],
    arguments: &DjangoArguments,
    expected: usize,
) -> Result<()> {
    let missing = plan(office, rows, arguments).await?.newcomers.len();
    if missing > 0 {
        bail!(
            "{missing} of {} are not there: run it again",
            report::people(expected)
        );
    }
    terminal::say(&format!(
        "Imported {}; all are there.",
        report::people(expected)
    ));
    Ok(())
}
