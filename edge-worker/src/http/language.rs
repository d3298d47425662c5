//! The language of the words in an answer.

pub(crate) use crate::domain::language::Language;

impl Language {
    /// Russian, unless the header prefers English (RFC 9110 section 12.5.4).
    pub(crate) fn from_accept_language(header: Option<&str>) -> Self {
        let ranges = header
            .unwrap_or_default()
            .split(',')
            .filter_map(parse_range);
        let (mut russian, mut english) = (0, 0);
        for (tag, quality) in ranges {
            match tag
                .split('-')
                .next()
                .unwrap_or_default()
                .to_ascii_lowercase()
                .as_str()
            {
                "ru" => russian = russian.max(quality),
                "en" => english = english.max(quality),
                _ => {}
            }
        }
        if english > russian {
            Self::English
        } else {
            Self::Russian
        }
    }
}

/// `en-GB;q=0.8` → `("en-GB", 800)`: the quality in thousandths, as finely as the RFC lets it be written.
fn parse_range(range: &str) -> Option<(&str, u32)> {
    let mut parts = range.split(';').map(str::trim);
    let tag = parts.next()?;
    let quality = parts
        .find_map(|parameter| parameter.strip_prefix("q="))
        .map_or(Some(1_000), parse_quality)?;
    Some((tag, quality))
}

fn parse_quality(text: &str) -> Option<u32> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let thousandths = format!("{fraction:0<3}");
    let quality = whole
        .parse::<u32>()
        .ok()?
        .checked_mul(1_000)?
        .checked_add(thousandths.get(..3)?.parse().ok()?)?;
    (quality <= 1_000).then_some(quality)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn russian_is_spoken_unless_english_is_preferred() {
        use Language::{English, Russian};
        for (header, expected) in [
            (None, Russian),
            (Some(""), Russian),
            (Some("*"), Russian),
            (Some("de"), Russian),
            (Some("en"), English),
            (Some("EN-gb"), English),
            (Some("ru, en"), Russian),
            (Some("en;q=0.9, ru;q=0.8"), English),
            (Some("ru;q=0.85,en;q=0.9"), English),
            (Some("en-US,en;q=0.5"), English),
            (Some("ru-RU,ru;q=0.8,en-US;q=0.5"), Russian),
            (Some("en;q=x"), Russian),
            (Some("en;q=9"), Russian),
            (Some("en;q=0"), Russian),
        ] {
            assert_eq!(
                Language::from_accept_language(header),
                expected,
                "{header:?}"
            );
        }
    }
}
