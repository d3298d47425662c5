//! One fault of an included part comes up wherever the part is included, each time with another note: it is told once.

use super::Diagnostic;

/// Keeps the first of sorted faults that differ in their notes only, and says how many places more have it.
pub(super) fn fold(faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut folded: Vec<(Diagnostic, usize)> = Vec::with_capacity(faults.len());
    for fault in faults {
        match folded.last_mut() {
            Some((first, more)) if is_repeated(first, &fault) => *more += 1,
            _ => folded.push((fault, 0)),
        }
    }
    folded
        .into_iter()
        .map(|(fault, more)| count(fault, more))
        .collect()
}

fn is_repeated(first: &Diagnostic, other: &Diagnostic) -> bool {
    let (one, two) = (&first.0, &other.0);
    one.note.is_some()
        && two.note.is_some()
        && (&one.file, &one.place, one.severity) == (&two.file, &two.place, two.severity)
        && (&one.message, &one.help) == (&two.message, &two.help)
}

fn count(mut fault: Diagnostic, more: usize) -> Diagnostic {
    if let Some(note) = fault.0.note.as_mut().filter(|_| more > 0) {
        let ending = if more == 1 { "" } else { "s" };
        *note = format!("{note} and {more} more place{ending}");
    }
    fault
}
