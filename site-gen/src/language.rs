//! The languages of the site.

use std::fmt;

/// A language of the site. The first is the default one and lies at the root of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// Russian, at `/`.
    Russian,
    /// English, at `/en/`.
    English,
}

impl Language {
    /// All languages, the default one first.
    pub const ALL: [Self; 2] = [Self::Russian, Self::English];

    /// The code used for folders, addresses and the `lang` attribute.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Russian => "ru",
            Self::English => "en",
        }
    }

    /// What addresses of the language begin with, after the first slash.
    #[must_use]
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Russian => "",
            Self::English => "en/",
        }
    }

    /// The language with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|language| language.code() == code)
    }
}

impl fmt::Display for Language {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}
