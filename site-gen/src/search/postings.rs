//! The pages of one stem, and how they are written.
//!
//! Most stems are rare: a list of page numbers, each as the distance from the one before with the level in the lowest
//! bits. A stem of every second page is a map with one bit a page, which is smaller and still tells exactly which
//! pages hold it, and a list of the pages that speak of it most. So a question never loses a page because one of its
//! words is frequent.

use super::front_coding::write_number;
use super::page_terms::HIGHEST_LEVEL;

/// A page and a level in one number, ordered by page.
pub(super) type Posting = u32;

const LEVEL_BITS: u32 = HIGHEST_LEVEL.count_ones();

/// From so many pages on a map may be smaller than a list.
const FREQUENT: usize = 1000;

/// How many pages of a frequent stem are listed with their level.
const LISTED: usize = 1000;

/// The lowest level that is listed: below it is the text.
const LISTED_LEVEL: u32 = 3;

pub(super) fn posting(page: u32, level: u8) -> Posting {
    page << LEVEL_BITS | u32::from(level.min(HIGHEST_LEVEL))
}

pub(super) const fn page_of(posting: Posting) -> u32 {
    posting >> LEVEL_BITS
}

const fn level_of(posting: Posting) -> u32 {
    posting & HIGHEST_LEVEL as u32
}

/// Writes postings in order: their number, doubled and plus one for a map, then the list, or the map and a list.
pub(super) fn encode(postings: &[Posting]) -> Vec<u8> {
    let list = encode_list(postings);
    if postings.len() >= FREQUENT {
        let map = encode_map(postings);
        if map.len() < list.len() {
            let mut output = Vec::with_capacity(map.len() + 4);
            write_number(postings.len() << 1 | 1, &mut output);
            output.extend_from_slice(&map);
            return output;
        }
    }
    let mut output = Vec::with_capacity(list.len() + 4);
    write_number(postings.len() << 1, &mut output);
    output.extend_from_slice(&list);
    output
}

fn encode_list(postings: &[Posting]) -> Vec<u8> {
    let mut output = Vec::with_capacity(postings.len() * 2);
    let mut before = 0;
    for posting in postings {
        let distance = page_of(*posting) - before;
        before = page_of(*posting);
        let number = distance << LEVEL_BITS | level_of(*posting);
        write_number(number.try_into().unwrap_or_default(), &mut output);
    }
    output
}

/// The length of the map in bytes, the map, and the list of what stands out.
fn encode_map(postings: &[Posting]) -> Vec<u8> {
    let mut map = Vec::new();
    for posting in postings {
        let page: usize = page_of(*posting).try_into().unwrap_or_default();
        map.resize(page / 8 + 1, 0);
        if let Some(last) = map.last_mut() {
            *last |= 1 << (page % 8);
        }
    }
    let mut best: Vec<_> = postings
        .iter()
        .copied()
        .filter(|posting| level_of(*posting) >= LISTED_LEVEL)
        .collect();
    best.sort_by_key(|posting| std::cmp::Reverse(level_of(*posting)));
    best.truncate(LISTED);
    best.sort_unstable();
    let mut output = Vec::with_capacity(map.len() + best.len() * 2);
    write_number(map.len(), &mut output);
    output.extend_from_slice(&map);
    output.extend_from_slice(&encode_list(&best));
    output
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rare_stem_is_a_list_of_distances_with_levels() {
        let postings = [posting(3, 7), posting(4, 0), posting(304, 6)];
        assert_eq!(encode(&postings), [6, 3 << 3 | 7, 1 << 3, 0xe6, 0x12]);
    }

    #[test]
    fn a_frequent_stem_is_a_map_and_the_pages_that_stand_out() {
        let postings: Vec<_> = (0..2000)
            .map(|page| posting(page, if page == 9 { 6 } else { u8::from(page == 5) }))
            .collect();
        let bytes = encode(&postings);
        assert_eq!(bytes.len(), 2 + 2 + 250 + 1, "count, length, map, one page");
        assert_eq!(&bytes[..4], [0xa1, 0x1f, 0xfa, 0x01]);
        assert!(bytes[4..254].iter().all(|byte| *byte == 0xff));
        assert_eq!(bytes[254], 9 << 3 | 6);
    }

    #[test]
    fn a_stem_in_every_title_lists_no_more_than_its_share() {
        let everywhere: Vec<_> = (0..9000).map(|page| posting(page, 6)).collect();
        assert!(encode(&everywhere).len() < 9000 / 8 + 2 * LISTED);
    }
}
