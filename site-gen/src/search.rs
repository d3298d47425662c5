//! The search index: static files from which the theme's scripts answer a visitor's question without a server.
//!
//! ```text
//! search/ru.json             the manifest: which shard holds what; the only stable name
//! search/ru/<digest>.bin     shards, named after their content
//!   terms                    stems in order, each with the pages that hold it
//!   addresses                page numbers to addresses
//!   endings                  the same stems written backwards, to find a word whose beginning is mistyped
//! ```
//!
//! A question loads the manifest, one or two shards a word, and the `.md` copies of the pages that are shown; that is
//! why a shard is small and why titles and texts are not repeated here. [`analyse`] turns a page into what the index
//! needs of it, [`SearchIndex`] joins all pages of a language. The shards depend on the pages and on nothing else: an
//! index that was changed page by page has the same bytes as one made at once.
//!
//! The theme's `js/search-*.js` read these files and must cut and stem words as [`words`] and [`stems`] do; the
//! vectors in `search/vectors/` hold both sides to it.

mod digest;
mod front_coding;
mod index;
mod manifest;
mod page_terms;
mod postings;
mod sharding;
mod stems;
mod vocabulary;
mod words;

pub use index::SearchIndex;
pub use page_terms::{PageTerms, SearchedPage, analyse};

use crate::language::Language;

/// The manifest of a language, below the output folder.
#[must_use]
pub fn manifest_path(language: Language) -> String {
    format!("search/{language}.json")
}

/// The folder of the shards of a language, below the output folder; all names in it change with the content.
#[must_use]
pub fn shard_folder(language: Language) -> String {
    format!("search/{language}")
}

#[cfg(test)]
mod tests;
