//! Documents, and what a client has agreed to.

use crate::domain::catalogue::DocumentType;
use crate::domain::language::Language;
use crate::domain::time::Instant;

/// The newest version of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// Its number.
    pub id: i64,
    /// What it is for.
    pub kind: DocumentType,
    /// Its name in addresses.
    pub slug: String,
    /// Which version.
    pub version: i64,
    /// What it is called, in Russian and English.
    pub title: [Option<String>; 2],
    /// What it says, in Russian and English, in Markdown; empty where the page at `url` has it.
    pub text: [Option<String>; 2],
    /// The page that has it.
    pub url: Option<String>,
    /// When this version was published.
    pub published_at: Instant,
}

impl Document {
    /// What it is called; in Russian where there is no English.
    #[must_use]
    pub fn title_in(&self, language: Language) -> &str {
        pick(&self.title, language)
    }

    /// What it says; in Russian where there is no English.
    #[must_use]
    pub fn text_in(&self, language: Language) -> &str {
        pick(&self.text, language)
    }
}

fn pick([russian, english]: &[Option<String>; 2], language: Language) -> &str {
    let wanted = match language {
        Language::Russian => None,
        Language::English => english.as_deref(),
    };
    wanted.or(russian.as_deref()).unwrap_or_default()
}

/// The latest version of a document that a client has accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AcceptedVersion {
    /// The document's number.
    pub document: i64,
    /// Which version.
    pub version: i64,
    /// When.
    pub at: Instant,
}

/// The document that a client accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocumentWanted {
    /// What it is for.
    pub kind: DocumentType,
    /// Its number; `None` for the newest of its kind.
    pub id: Option<i64>,
    /// The version that the client has read; `None` when they do not say.
    pub version: Option<i64>,
}

/// What became of an acceptance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// The document as it is now.
    pub document: Document,
    /// When its newest version was accepted, and from which network; `None` when the client has read an older one.
    pub accepted: Option<(Instant, Option<String>)>,
}
