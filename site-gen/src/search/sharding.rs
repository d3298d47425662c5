//! Sorted entries in files of a handy size, whose borders stay where they are when something small changes.
//!
//! A border stands where the dice of a text say so, once a shard is large enough; so the shards behind a change
//! find back to the borders they had, and keep their names. Borders are a function of the entries alone.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use rayon::prelude::*;

use super::digest::{dice, name};
use super::front_coding::FrontCoder;
use crate::output::OutputFile;

/// In bytes: what a shard has at least, unless it is the last; a site with very many words has larger ones.
const SMALLEST: usize = 5 * STEP;

/// The size grows by steps, so that a small change of the site does not change it.
const STEP: usize = 1024;

/// About so many shards at most.
const MOST: usize = 360;

/// One of so many texts is a border.
const SIDES: u32 = 4;

/// What a shard is made of: a text, and what belongs to it.
pub(super) type Entry<'a> = (&'a str, &'a [u8]);

/// A file with a run of entries.
#[derive(Debug, Clone)]
pub(super) struct Shard {
    first: Box<str>,
    last: Box<str>,
    length: usize,
    /// Its name without folder and extension.
    pub(super) name: String,
    /// The file.
    pub(super) file: OutputFile,
}

/// The shards of sorted entries; those of `before` are taken over where they hold nothing of `changed`.
pub(super) fn share_out(
    folder: &str,
    entries: &[Entry<'_>],
    before: Vec<Shard>,
    changed: &BTreeSet<Box<str>>,
) -> Vec<Shard> {
    let mut kept: HashMap<Box<str>, Shard> = before
        .into_iter()
        .filter(|shard| !holds(shard, changed))
        .map(|shard| (shard.first.clone(), shard))
        .collect();
    let planned: Vec<_> = borders(entries)
        .into_iter()
        .filter_map(|range| entries.get(range))
        .map(|run| {
            let old = run.first().and_then(|(first, _)| kept.remove(*first));
            (run, old.filter(|old| is_same_run(old, run)))
        })
        .collect();
    planned
        .into_par_iter()
        .map(|(run, old)| old.unwrap_or_else(|| shard(folder, run)))
        .collect()
}

/// Shards of a fixed number of entries, for what is looked up by its number.
pub(super) fn share_out_by_number(
    folder: &str,
    entries: &[Entry<'_>],
    length: usize,
) -> Vec<Shard> {
    entries
        .chunks(length)
        .map(|run| shard(folder, run))
        .collect()
}

/// For each shard a text that is not before its first entry and behind the last entry of the shard before it, as
/// short as possible.
pub(super) fn beginnings(shards: &[Shard]) -> Vec<&str> {
    let mut last = "";
    shards
        .iter()
        .enumerate()
        .map(|(number, shard)| {
            let before = std::mem::replace(&mut last, &shard.last);
            if number == 0 {
                ""
            } else {
                shortest_after(before, &shard.first)
            }
        })
        .collect()
}

fn shortest_after<'a>(before: &str, text: &'a str) -> &'a str {
    text.char_indices()
        .map(|(start, letter)| start + letter.len_utf8())
        .filter_map(|end| text.get(..end))
        .find(|beginning| *beginning > before)
        .unwrap_or(text)
}

fn holds(shard: &Shard, changed: &BTreeSet<Box<str>>) -> bool {
    changed
        .range(shard.first.clone()..=shard.last.clone())
        .next()
        .is_some()
}

fn is_same_run(shard: &Shard, run: &[Entry<'_>]) -> bool {
    shard.length == run.len() && run.last().is_some_and(|(last, _)| **last == *shard.last)
}

fn borders(entries: &[Entry<'_>]) -> Vec<Range<usize>> {
    let total: usize = entries.iter().map(size).sum();
    let smallest = SMALLEST.max((total / MOST).next_multiple_of(STEP));
    let mut ranges = Vec::new();
    let mut start = 0;
    let mut filled = 0;
    for (position, entry) in entries.iter().enumerate() {
        let is_border = filled >= smallest && dice(entry.0).is_multiple_of(SIDES);
        let is_overfull = filled > 0 && filled + size(entry) > smallest * 2;
        if is_border || is_overfull {
            ranges.push(start..position);
            start = position;
            filled = 0;
        }
        filled += size(entry);
    }
    if start < entries.len() {
        ranges.push(start..entries.len());
    }
    ranges
}

/// Without front coding, so that it does not depend on the neighbours.
fn size((text, content): &Entry<'_>) -> usize {
    text.len() + content.len() + 2
}

fn shard(folder: &str, run: &[Entry<'_>]) -> Shard {
    let mut coder = FrontCoder::default();
    for (text, content) in run {
        coder.push(text);
        if !content.is_empty() {
            coder.attach(content);
        }
    }
    let content = coder.finish();
    let name = name(&content);
    let edge = |entry: Option<&Entry<'_>>| entry.map_or("", |(text, _)| text).into();
    Shard {
        first: edge(run.first()),
        last: edge(run.last()),
        length: run.len(),
        file: OutputFile {
            path: format!("{folder}/{name}.bin"),
            content,
        },
        name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(count: u32) -> Vec<String> {
        let mut words: Vec<_> = (0..count)
            .map(|number| format!("{:x}", dice(&number.to_string())))
            .collect();
        words.sort();
        words.dedup();
        words
    }

    fn shards_of(words: &[String]) -> Vec<Shard> {
        let entries: Vec<Entry<'_>> = words.iter().map(|word| (&**word, &[7; 40][..])).collect();
        share_out("s", &entries, Vec::new(), &BTreeSet::new())
    }

    #[test]
    fn a_new_word_moves_few_borders() {
        let mut words = words(8000);
        let before: BTreeSet<_> = shards_of(&words)
            .into_iter()
            .map(|shard| shard.name)
            .collect();
        words.insert(100, format!("{}0", words[99]));
        let after: BTreeSet<_> = shards_of(&words)
            .into_iter()
            .map(|shard| shard.name)
            .collect();
        assert!(before.len() > 40, "{}", before.len());
        assert!(after.difference(&before).count() <= 4);
    }

    #[test]
    fn a_beginning_parts_a_shard_from_the_one_before() {
        for (before, text, beginning) in [
            ("вход", "выплата", "вы"),
            ("вход", "входит", "входи"),
            ("a", "я", "я"),
        ] {
            assert_eq!(shortest_after(before, text), beginning);
        }
    }

    #[test]
    fn no_shard_is_larger_than_twice_the_smallest_unless_one_entry_is() {
        let shards = shards_of(&words(8000));
        let largest = shards.iter().map(|shard| shard.file.content.len()).max();
        assert!(largest.is_some_and(|size| size <= SMALLEST * 2));
        let huge = vec![0; 100_000];
        let shards = share_out(
            "s",
            &[("a", &[1]), ("b", &huge), ("c", &[1])],
            Vec::new(),
            &BTreeSet::new(),
        );
        assert_eq!(shards.len(), 3);
    }
}
