//! The Atom feed of the help: which articles changed last (RFC 4287).

use std::cmp::Reverse;
use std::fmt::Write as _;

use super::{Listing, Publisher};
use crate::dates;
use crate::language::Language;
use crate::markup::escape_xml;

/// How many articles the feed tells of.
pub const NEWEST: usize = 30;

/// The feed as a whole.
#[derive(Debug, Clone, Copy)]
pub struct Channel<'a> {
    /// The language of its articles.
    pub language: Language,
    /// Its title.
    pub title: &'a str,
    /// Its own address, `/help/feed.xml`.
    pub address: &'a str,
    /// The address of the page that it belongs to, `/help/`.
    pub page: &'a str,
}

/// The feed of the help articles of a language that changed last. There is none while no article has a day: a feed must
/// say when it changed, and nothing is invented here.
#[must_use]
pub fn feed(
    publisher: &Publisher<'_>,
    channel: &Channel<'_>,
    listings: &[Listing<'_>],
) -> Option<String> {
    let mut dated: Vec<_> = listings
        .iter()
        .filter(|listing| {
            listing.language == channel.language && listing.is_help && listing.is_indexed
        })
        .filter_map(|listing| Some((listing.updated?, listing)))
        .collect();
    dated.sort_by_key(|(day, listing)| (Reverse(*day), listing.address));
    let newest = dated.first().map(|(day, _)| moment(*day))?;

    let url = |address: &str| escape_xml(&format!("{}{address}", publisher.base_url));
    let language = channel.language.code();
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{language}\">\n\
         <id>{own}</id>\n\
         <title>{title}</title>\n\
         <updated>{newest}</updated>\n\
         <author><name>{brand}</name></author>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{own}\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" hreflang=\"{language}\" href=\"{page}\"/>\n",
        own = url(channel.address),
        title = escape_xml(channel.title),
        brand = escape_xml(publisher.brand),
        page = url(channel.page),
    );
    for (day, listing) in dated.iter().take(NEWEST) {
        _ = write!(
            text,
            "<entry>\n\
             <id>{address}</id>\n\
             <title>{title}</title>\n\
             <updated>{day}</updated>\n\
             <link rel=\"alternate\" type=\"text/html\" href=\"{address}\"/>\n\
             <summary>{summary}</summary>\n\
             </entry>\n",
            address = url(listing.address),
            title = escape_xml(listing.title),
            day = moment(*day),
            summary = escape_xml(listing.description),
        );
    }
    text.push_str("</feed>\n");
    Some(text)
}

/// Atom asks for a moment; a day is known, so the day's beginning stands for it.
fn moment(day: time::Date) -> String {
    format!("{}T00:00:00Z", dates::for_machines(day))
}
