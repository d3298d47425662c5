//! The second stage: every file is understood by itself.

use std::collections::{BTreeMap, BTreeSet};

use crate::assets::{Assets, Icons};
use crate::content::{Glossary, Messages, Settings, Values, compare};
use crate::diagnostics::Diagnostic;
use crate::language::Language;
use crate::load::Sources;
use crate::markdown::{Expressions, Surroundings};
use crate::source::SourceFile;
use crate::theme::{StaticFile, ThemeSources};

/// What all texts have in common.
#[derive(Debug)]
pub struct Commons {
    /// What is true of the whole site.
    pub settings: Settings,
    /// The words of the interface.
    pub messages: BTreeMap<Language, Messages>,
    /// The values of `content/*.toml`.
    pub values: Values,
    expressions: BTreeMap<Language, Expressions>,
    glossaries: BTreeMap<Language, Glossary>,
    parts: BTreeMap<Language, BTreeMap<String, SourceFile>>,
    origin: Origin,
}

/// The sources of the commons, to know when they have changed.
#[derive(Debug, PartialEq, Eq)]
struct Origin {
    messages: BTreeMap<Language, SourceFile>,
    values: Vec<SourceFile>,
    glossaries: BTreeMap<Language, SourceFile>,
    parts: BTreeMap<Language, BTreeMap<String, SourceFile>>,
}

impl Origin {
    fn of(sources: &Sources) -> Self {
        Self {
            messages: sources.messages.clone(),
            values: sources.values.clone(),
            glossaries: sources.glossaries.clone(),
            parts: sources.parts.clone(),
        }
    }
}

impl Commons {
    /// Reads what all texts have in common. Every page needs settings and words, so an error in them stops the build;
    /// other errors are told without stopping the reading of pages.
    pub fn parse(sources: &Sources) -> Result<(Self, Vec<Diagnostic>), Vec<Diagnostic>> {
        let (settings, messages) = parse_words(sources)?;
        let mut errors = compare(&messages);
        let (values, faults) = Values::parse(&sources.values);
        errors.extend(faults);
        let mut glossaries = BTreeMap::new();
        for (language, file) in &sources.glossaries {
            match Glossary::parse(file) {
                Ok(glossary) => _ = glossaries.insert(*language, glossary),
                Err(error) => errors.push(error),
            }
        }
        let expressions = messages.keys().map(|language| {
            let expressions = Expressions::new(*language, &values);
            (*language, expressions)
        });
        let expressions = expressions.collect();
        let parts = sources.messages.keys().map(|language| {
            let parts = sources.parts.get(language).cloned();
            (*language, parts.unwrap_or_default())
        });
        let commons = Self {
            settings,
            messages,
            values,
            expressions,
            glossaries,
            parts: parts.collect(),
            origin: Origin::of(sources),
        };
        Ok((commons, errors))
    }

    /// What the texts of a language can refer to; `None` for a language without words.
    #[must_use]
    pub fn surroundings(&self, language: Language) -> Option<Surroundings<'_>> {
        Some(Surroundings {
            language,
            expressions: self.expressions.get(&language)?,
            messages: self.messages.get(&language)?,
            parts: self.parts.get(&language)?,
            glossary: self.glossaries.get(&language),
        })
    }

    /// Whether these were read from the same texts.
    #[must_use]
    pub fn is_of(&self, sources: &Sources) -> bool {
        self.origin == Origin::of(sources)
    }
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
        match Messages::parse(*language, file) {
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

/// The theme, ready to be used.
#[derive(Debug)]
pub struct Theme {
    /// The templates as text.
    pub templates: Vec<SourceFile>,
    /// Styles and scripts.
    pub assets: Assets,
    /// Icons.
    pub icons: Icons,
    /// Files that are copied as they are.
    pub files: Vec<StaticFile>,
    /// The addresses of those files.
    pub addresses: BTreeSet<String>,
    sources: ThemeSources,
}

impl Theme {
    /// Reads styles, scripts and icons; templates are read by the renderer.
    #[must_use]
    pub fn parse(sources: &ThemeSources) -> (Self, Vec<Diagnostic>) {
        let (assets, mut errors) = Assets::build(&sources.styles, &sources.scripts);
        let (icons, faults) = Icons::build(&sources.icons);
        errors.extend(faults);
        let theme = Self {
            templates: sources.templates.clone(),
            assets,
            icons,
            files: sources.files.clone(),
            addresses: sources
                .files
                .iter()
                .map(|file| format!("/{}", file.path))
                .collect(),
            sources: sources.clone(),
        };
        (theme, errors)
    }

    /// Whether it was read from the same files.
    #[must_use]
    pub fn is_of(&self, sources: &ThemeSources) -> bool {
        self.sources == *sources
    }
}
