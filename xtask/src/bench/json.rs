//! The figures for programs; times in seconds, sizes in bytes.

use serde_json::{Value, json};

use crate::bench::figures::{Edit, Entry, Figures, Neighbour, Series};
use crate::bench::goals;

/// Everything measured on one site.
pub(super) fn write(figures: &Figures) -> Value {
    let goals: Vec<_> = goals::judge(figures)
        .into_iter()
        .map(|goal| json!({ "promise": goal.promise, "measured": goal.measured, "kept": goal.is_kept }))
        .collect();
    json!({
        "pages": figures.pages,
        "markdown": figures.markdown,
        "processors": figures.processors,
        "generators": figures.entries.iter().map(entry).collect::<Vec<_>>(),
        "goals": goals,
    })
}

fn entry(entry: &Entry) -> Value {
    json!({
        "name": entry.generator.name(),
        "version": entry.version,
        "from_nothing": series(&entry.cold),
        "nothing_changed": series(&entry.unchanged),
        "files": entry.output.files,
        "bytes": entry.output.bytes,
        "edit": entry.edit.as_ref().map(edit),
    })
}

fn series(series: &Series) -> Vec<Value> {
    let usages = series.0.iter().map(|usage| {
        json!({
            "wall": usage.wall.as_secs_f64(),
            "cpu": usage.cpu.as_secs_f64(),
            "peak": usage.peak,
        })
    });
    usages.collect()
}

fn edit(edit: &Edit) -> Value {
    match edit {
        Edit::Nothing(reason) => json!({ "failed": reason }),
        Edit::Served {
            ready,
            edits,
            neighbour,
        } => json!({
            "ready": ready.as_secs_f64(),
            "served": edits.iter().map(std::time::Duration::as_secs_f64).collect::<Vec<_>>(),
            "neighbour_right": match neighbour {
                Neighbour::Right(_) => Some(true),
                Neighbour::Stale(_) => Some(false),
                Neighbour::NotAsked => None,
            },
        }),
    }
}
