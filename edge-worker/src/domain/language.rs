//! The languages that the service speaks.

use std::str::FromStr;

/// A language of the interface and of mails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// The first one.
    Russian,
    /// The second one.
    English,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::Russian, Self::English];

    /// The tag of BCP 47.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Russian => "ru",
            Self::English => "en",
        }
    }
}

/// The tag names no language of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownLanguage;

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(tag: &str) -> Result<Self, UnknownLanguage> {
        Self::ALL
            .into_iter()
            .find(|language| language.as_str() == tag)
            .ok_or(UnknownLanguage)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_survives_its_tag() {
        for language in Language::ALL {
            assert_eq!(language.as_str().parse(), Ok(language));
        }
        assert_eq!("de".parse::<Language>(), Err(UnknownLanguage));
    }
}
