//! The mails that the Worker sends: `content/mail/<language>/<name>.md` becomes a subject, HTML and plain text.
//!
//! A mail is not a page: it has no address, and neither the search nor the map of the site knows it. What differs from
//! one letter to the next stands in the text as a placeholder, `{{ link }}`. It is left in its place for the Worker, which
//! fills it when it sends the letter, escaped for HTML or plain; so a placeholder that the Worker would not know is a
//! mistake of the text, told like any other.
//!
//! All mails together are one file, [`FILE`]. It is committed, so that the Worker can be compiled without the generator,
//! and a test says when it is not what the texts say.

mod header;
mod kinds;
mod post;
mod sources;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::Serialize;

pub use post::{PostOffice, deliver};
pub use sources::{MailId, find};

/// Where the finished mails lie, for the Worker to take in.
pub const FILE: &str = "edge-worker/mails.json";

/// The folder of the mails, below that of the content.
pub const FOLDER: &str = "mail";

/// A mail in one language, with placeholders.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Letter {
    /// The subject; it holds no placeholder.
    pub subject: String,
    /// A whole document.
    pub html: String,
    /// The same for those who read plain text.
    pub text: String,
}

/// All mails by name, then by the code of the language.
pub type Letters = BTreeMap<String, BTreeMap<String, Letter>>;

/// The mails as the Worker takes them in.
#[must_use]
pub fn to_json(letters: &Letters) -> String {
    // Maps with text for keys can always be written as JSON.
    let mut json = serde_json::to_string_pretty(letters).unwrap_or_default();
    json.push('\n');
    json
}

/// Whether the file that the Worker takes in holds these mails.
#[must_use]
pub fn is_delivered(root: &Path, letters: &Letters) -> bool {
    fs::read_to_string(root.join(FILE)).is_ok_and(|found| found == to_json(letters))
}
