//! `cabinetctl import …`: what the predecessor left comes over, after a report that changes nothing.

mod records;
mod report;

use std::fmt;
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
    /// People and all that is theirs from `manage.py dumpdata` of the predecessor; says first what it would do
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
    if let Some(words) = records::words(&plan.records_report) {
        terminal::say(&format!("\n{words}"));
    }
    if !plan.records_report.ambiguous.is_empty() {
        bail!("nothing was changed: several models have the same name");
    }
    if arguments.dry_run {
        return Ok(());
    }
    let coming = Coming::of(&plan);
    let left_out = plan
        .report
        .left_out()
        .saturating_add(plan.records_report.left_out());
    if left_out > 0 && !arguments.partly {
        bail!(
            "nothing was changed: rows that cannot come over: {left_out}; mend them in the dump, or leave them out \
             with --partly"
        );
    }
    if coming.is_nothing() {
        terminal::say(if plan.records_report.tables.is_empty() {
            "There is nobody to import."
        } else {
            "There is nothing to import."
        });
        return Ok(());
    }
    terminal::confirm(&format!("Import {coming}?"), arguments.yes)?;
    office
        .app
        .carry_out_import(&office.operator, &plan)
        .await
        .map_err(refusal::use_case)
        .context("nobody was imported, nor anything of theirs; if somebody has registered meanwhile, run it again")?;
    check(office, &rows, &arguments, coming).await
}

/// How much comes over.
struct Coming {
    people: usize,
    records: usize,
}

impl Coming {
    fn of(plan: &ImportPlan) -> Self {
        // Another version of a document that is here is no row of the dump of its own.
        let (rows, versions) = (plan.records.rows(), plan.records.versions.len());
        Self {
            people: plan.newcomers.len(),
            records: if rows == 0 { versions } else { rows },
        }
    }

    const fn is_nothing(&self) -> bool {
        self.people == 0 && self.records == 0
    }
}

impl fmt::Display for Coming {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let people = report::people(self.people);
        match (self.people, self.records) {
            (_, 0) => write!(formatter, "{people}"),
            (0, records) => write!(formatter, "{records} rows"),
            (_, records) => write!(formatter, "{people} and {records} rows"),
        }
    }
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
    expected: Coming,
) -> Result<()> {
    let missing = Coming::of(&plan(office, rows, arguments).await?);
    if !missing.is_nothing() {
        bail!("{missing} of {expected} are not there: run it again");
    }
    terminal::say(&format!("Imported {expected}; all are there."));
    Ok(())
}
