//! What the site tells machines: search engines, feed readers, social networks and language models.
//!
//! Pure functions over borrowed views: the caller decides what is listed, and these files say it in their own formats.

mod feed;
mod llms;
mod robots;
mod sitemap;
mod structured_data;

use time::Date;

use crate::language::Language;

pub use feed::{Channel, NEWEST, feed};
pub use llms::llms;
pub use robots::robots;
pub use sitemap::sitemap;
pub use structured_data::{Crumb, Kind, PageFacts, Procedure, Question, structured_data};

/// A page as lists for machines see it.
#[derive(Debug, Clone, Copy)]
pub struct Listing<'a> {
    /// The language of the page.
    pub language: Language,
    /// The address on the site, `/help/refunds.html`.
    pub address: &'a str,
    /// The title.
    pub title: &'a str,
    /// One or two sentences about the page.
    pub description: &'a str,
    /// The day of the last change, where it is known.
    pub updated: Option<Date>,
    /// Whether the page belongs to the help.
    pub is_help: bool,
    /// Whether search engines may list the page.
    pub is_indexed: bool,
    /// The title of the section the page belongs to.
    pub section: &'a str,
    /// The address of the copy in Markdown, where there is one.
    pub markdown_address: Option<&'a str>,
    /// The page in all of its languages, itself included: language and address.
    pub alternates: &'a [(Language, &'a str)],
}

/// Whose site it is: the facts that machines are told, and no others.
#[derive(Debug, Clone, Copy)]
pub struct Publisher<'a> {
    /// Where the site lies, without a slash at the end.
    pub base_url: &'a str,
    /// The name.
    pub brand: &'a str,
    /// The address that answers questions.
    pub support_email: &'a str,
}

#[cfg(test)]
mod tests;
