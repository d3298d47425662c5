//! `cabinetctl doctor` and `cabinetctl stats`: whether everything is sound, and how much there is.

use anyhow::{Result, bail};
use clap::Args;
use edge_worker::app::ports::inspection::{Examined, Figure};
use edge_worker::domain::money::Kopecks;
use serde_json::{Map, Value, json};

use crate::application::Office;
use crate::{refusal, table, terminal};

/// How many findings of a rule are shown to people.
const SHOWN: usize = 10;

/// How to show it
#[derive(Args)]
pub(crate) struct ShowArguments {
    /// As JSON
    #[arg(long)]
    json: bool,
}

/// Looks whether everything is as it should be; fails if not, so that a script notices.
pub(crate) async fn doctor(office: &Office, arguments: &ShowArguments) -> Result<()> {
    let examined = office.app.examine().await.map_err(refusal::use_case)?;
    let wrong: Vec<_> = examined
        .iter()
        .filter(|rule| !rule.findings.is_empty())
        .collect();
    if arguments.json {
        terminal::say(&format!("{:#}", as_json(&examined)));
    } else {
        for rule in &wrong {
            terminal::say(&findings(rule));
        }
    }
    if !wrong.is_empty() {
        bail!(
            "{} of {} rules do not hold: nothing was changed, and nothing should be before it is understood",
            wrong.len(),
            examined.len()
        );
    }
    if !arguments.json {
        terminal::say(&format!("All {} rules hold.", examined.len()));
    }
    Ok(())
}

/// Shows how much there is.
pub(crate) async fn stats(office: &Office, arguments: &ShowArguments) -> Result<()> {
    let figures = office.app.figures().await.map_err(refusal::use_case)?;
    if arguments.json {
        let values: Map<String, Value> = figures
            .into_iter()
            .map(|figure| (figure.name, figure.value.into()))
            .collect();
        terminal::say(&format!("{:#}", Value::Object(values)));
        return Ok(());
    }
    let rows: Vec<_> = figures.iter().map(cells).collect();
    terminal::say(&table::aligned(["What", "How much"], &rows));
    Ok(())
}

fn findings(rule: &Examined) -> String {
    let mut lines = vec![format!("{}: not so: {}", rule.check, rule.rule)];
    let shown = rule.findings.iter().take(SHOWN);
    lines.extend(shown.map(|finding| format!("  {} {}", finding.subject, finding.detail)));
    let rest = rule.findings.len().saturating_sub(SHOWN);
    if rest > 0 {
        lines.push(format!("  and {rest} more: --json shows all"));
    }
    lines.join("\n")
}

fn as_json(examined: &[Examined]) -> Value {
    let rules: Vec<_> = examined
        .iter()
        .map(|rule| {
            let findings: Vec<_> = rule
                .findings
                .iter()
                .map(|finding| json!({"subject": finding.subject, "detail": finding.detail}))
                .collect();
            json!({"check": rule.check, "rule": rule.rule, "findings": findings})
        })
        .collect();
    let is_sound = examined.iter().all(|rule| rule.findings.is_empty());
    json!({"is_sound": is_sound, "checks": rules})
}

/// `kopecks.received` is `roubles received`, with two decimals.
fn cells(figure: &Figure) -> [String; 2] {
    let (name, value) = match figure.name.strip_prefix("kopecks.") {
        Some(name) => (
            format!("roubles {name}"),
            Kopecks::new(figure.value).to_string(),
        ),
        None => (figure.name.replacen('.', " ", 1), figure.value.to_string()),
    };
    [name.replace('_', " "), value]
}

#[cfg(test)]
mod tests {
    use edge_worker::app::ports::inspection::Finding;

    use super::*;

    #[test]
    fn a_rule_that_does_not_hold_is_told_with_its_first_findings() {
        let finding = |number: usize| Finding {
            subject: format!("partner:{number}"),
            detail: "has -1".to_owned(),
        };
        let rule = Examined {
            check: "accounts-stay-in-bounds",
            rule: "nothing is negative",
            findings: (1..=12).map(finding).collect(),
        };
        let told = findings(&rule);
        assert!(told.starts_with(
            "accounts-stay-in-bounds: not so: nothing is negative\n  partner:1 has -1\n"
        ));
        assert!(told.ends_with("  partner:10 has -1\n  and 2 more: --json shows all"));
    }

    #[test]
    fn money_is_told_in_roubles() {
        let figure = |name: &str| Figure {
            name: name.to_owned(),
            value: 300_050,
        };
        for (name, expected) in [
            (
                "kopecks.received_in_30_days",
                ["roubles received in 30 days", "3000.50"],
            ),
            ("users.new_in_30_days", ["users new in 30 days", "300050"]),
        ] {
            assert_eq!(cells(&figure(name)), expected.map(str::to_owned));
        }
    }
}
