//! The manifest: the only file of the index with a stable name, and therefore small.

use serde::Serialize;

use super::digest::NAME_LENGTH;
use super::sharding::{Shard, beginnings};

/// The manifest as `js/search-index.js` reads it.
#[derive(Serialize)]
pub(super) struct Manifest {
    /// How many pages are searched.
    pages: usize,
    /// How many digits of `names` belong to one shard.
    digits: usize,
    terms: Sorted,
    endings: Sorted,
    addresses: Numbered,
}

/// Shards in which an entry is found by its text.
#[derive(Serialize)]
struct Sorted {
    /// Where each shard begins, parted by spaces.
    from: String,
    /// The names of all shards in one.
    names: String,
}

/// Shards in which an entry is found by its number.
#[derive(Serialize)]
struct Numbered {
    /// How many entries a shard has.
    length: usize,
    names: String,
}

impl Manifest {
    pub(super) fn new(
        pages: usize,
        terms: &[Shard],
        endings: &[Shard],
        addresses: &[Shard],
        length: usize,
    ) -> Self {
        Self {
            pages,
            digits: NAME_LENGTH,
            terms: Sorted::new(terms),
            endings: Sorted::new(endings),
            addresses: Numbered {
                length,
                names: names(addresses),
            },
        }
    }

    pub(super) fn to_json(&self) -> Vec<u8> {
        // A structure of texts and numbers always becomes JSON.
        serde_json::to_vec(self).unwrap_or_default()
    }
}

impl Sorted {
    fn new(shards: &[Shard]) -> Self {
        Self {
            from: beginnings(shards).join(" "),
            names: names(shards),
        }
    }
}

fn names(shards: &[Shard]) -> String {
    shards.iter().map(|shard| shard.name.as_str()).collect()
}
