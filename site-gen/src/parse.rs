//! The second stage: every file is understood by itself.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::assets::{Assets, Icons};
use crate::content::{Glossary, Messages, Page, Settings, Values, compare};
use crate::diagnostics::Diagnostic;
use crate::language::Language;
use crate::load::Sources;
use crate::markdown::{Expressions, Surroundings};
use crate::source::SourceFile;
use crate::theme::StaticFile;

/// The site with all of its parts understood, apart from each other.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// What is true of the whole site.
    pub settings: Settings,
    /// The words of the interface.
    pub messages: BTreeMap<Language, Messages>,
    /// The pages, by language and path.
    pub pages: Vec<Page>,
    /// The parts of the theme.
    pub theme: Theme,
    /// Whether templates would find everything that they need, in spite of the errors in texts.
    pub is_renderable: bool,
}

/// The theme, ready to be used.
#[derive(Debug, Clone)]
pub struct Theme {
    /// The templates as text.
    pub templates: Vec<SourceFile>,
    /// Styles and scripts.
    pub assets: Assets,
    /// Icons.
    pub icons: Icons,
    /// Files that are copied as they are.
    pub files: Vec<StaticFile>,
}

/// Understands all files. Settings or messages that cannot be read at all stop the build here: every page needs them.
pub fn parse(sources: Sources) -> Result<(Parsed, Vec<Diagnostic>), Vec<Diagnostic>> {
    let (settings, messages) = parse_words(&sources)?;
    let mut errors = compare(&messages);
    let (assets, faults) = Assets::build(&sources.theme.styles, &sources.theme.scripts);
    errors.extend(faults);
    let (icons, faults) = Icons::build(&sources.theme.icons);
    errors.extend(faults);
    let is_theme_sound = errors.is_empty();
    let (values, faults) = Values::parse(&sources.values);
    errors.extend(faults);
    let mut glossaries = BTreeMap::new();
    for (language, file) in &sources.glossaries {
        match Glossary::parse(file) {
            Ok(glossary) => _ = glossaries.insert(*language, glossary),
            Err(error) => errors.push(error),
        }
    }
    let no_parts = BTreeMap::new();
    let expressions: BTreeMap<_, _> = Language::ALL
        .into_iter()
        .map(|language| (language, Expressions::new(language, &values)))
        .collect();

    let read: Vec<_> = sources
        .pages
        .par_iter()
        .filter_map(|page| {
            let surroundings = Surroundings {
                language: page.language,
                expressions: expressions.get(&page.language)?,
                messages: messages.get(&page.language)?,
                parts: sources.parts.get(&page.language).unwrap_or(&no_parts),
                glossary: glossaries.get(&page.language),
            };
            Some(Page::parse(page, &surroundings))
        })
        .collect();
    let mut pages = Vec::with_capacity(read.len());
    for (page, faults) in read {
        errors.extend(faults);
        pages.push(page);
    }
    let is_renderable = is_theme_sound && pages.iter().all(|page| page.front.is_some());
    let theme = Theme {
        templates: sources.theme.templates,
        assets,
        icons,
        files: sources.theme.files,
    };
    let parsed = Parsed {
        settings,
        messages,
        pages,
        theme,
        is_renderable,
    };
    Ok((parsed, errors))
}

fn parse_words(
    sources: &Sources,
) -> Result<(Settings, BTreeMap<Language, Messages>), Vec<Diagnostic>> {
    let mut errors = Vec::new();
    let settings = Settings::parse(&sources.settings)
        .map_err(|error| errors.push(error))
        .ok();
    let mut messages = BTreeMap::new();
    for (language, file) in &sources.messages {
        match Messages::parse(file) {
            Ok(words) => {
                messages.insert(*language, words);
            }
            Err(faults) => errors.extend(faults),
        }
    }
    match settings {
        Some(settings) if errors.is_empty() => Ok((settings, messages)),
        _ => Err(errors),
    }
}
