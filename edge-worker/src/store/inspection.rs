//! Looks at the whole database.

use serde::Deserialize;

use super::accounts::SqlStore;
use super::sql::inspection as sql;
use super::sql::inspection::{CHECKS, FIGURES};
use super::statement::{Database, Row, SqlValue, Statement};
use crate::app::ports::StoreFailure;
use crate::app::ports::inspection::{Examined, Figure, Finding, Inspection};
use crate::domain::time::Instant;

impl<D: Database> Inspection for SqlStore<D> {
    async fn examine(&self, now: Instant) -> Result<Vec<Examined>, StoreFailure> {
        let mut statements: Vec<Statement> = CHECKS
            .iter()
            .map(|check| Statement::new(check.sql, wanted(check.sql, &[now.millis().into()])))
            .collect();
        statements.push(Statement::new(sql::BROKEN_REFERENCES, []));
        let mut answers = self.database.batch(statements).await?.into_iter();
        let mut examined = Vec::new();
        for check in CHECKS {
            let rows = answers.next().unwrap_or_default();
            examined.push(Examined {
                check: check.name,
                rule: check.rule,
                findings: rows.into_iter().map(finding).collect::<Result<_, _>>()?,
            });
        }
        let broken = answers.next().unwrap_or_default();
        examined.push(Examined {
            check: "references-lead-somewhere",
            rule: "what a row refers to is there",
            findings: broken
                .into_iter()
                .map(broken_reference)
                .collect::<Result<_, _>>()?,
        });
        Ok(examined)
    }

    async fn figures(&self, now: Instant, since: Instant) -> Result<Vec<Figure>, StoreFailure> {
        let values: [SqlValue; 2] = [now.millis().into(), since.millis().into()];
        let statements = FIGURES
            .iter()
            .map(|count| Statement::new(count.sql, wanted(count.sql, &values)));
        let answers = self.database.batch(statements.collect()).await?;
        FIGURES
            .iter()
            .zip(answers)
            .map(|(count, rows)| {
                let row = rows.into_iter().next();
                let row = row.ok_or_else(|| StoreFailure("a count has no row".to_owned()))?;
                Ok(Figure {
                    name: count.name.to_owned(),
                    value: row.read::<CountRow>()?.value,
                })
            })
            .collect()
    }
}

/// As many values as the statement asks for: one more would be refused.
fn wanted(sql: &str, values: &[SqlValue]) -> Vec<SqlValue> {
    let count = (1..=values.len())
        .rev()
        .find(|number| sql.contains(&format!("?{number}")));
    values
        .iter()
        .take(count.unwrap_or_default())
        .cloned()
        .collect()
}

#[derive(Deserialize)]
struct CountRow {
    value: i64,
}

#[derive(Deserialize)]
struct FindingRow {
    subject: String,
    detail: String,
}

fn finding(row: Row) -> Result<Finding, StoreFailure> {
    let row: FindingRow = row.read()?;
    Ok(Finding {
        subject: row.subject,
        detail: row.detail,
    })
}

/// A row of `PRAGMA foreign_key_check`.
#[derive(Deserialize)]
struct BrokenRow {
    table: String,
    rowid: Option<i64>,
    parent: String,
}

fn broken_reference(row: Row) -> Result<Finding, StoreFailure> {
    let row: BrokenRow = row.read()?;
    Ok(Finding {
        subject: row
            .rowid
            .map_or_else(|| row.table.clone(), |id| format!("{}:{id}", row.table)),
        detail: format!("refers to a row of {} that is not there", row.parent),
    })
}
