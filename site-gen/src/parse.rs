//! The second stage: every file is understood by itself.

use std::collections::{BTreeMap, BTreeSet};

use crate::assets::{Assets, Icons};
use crate::content::{Messages, Settings, compare};
use crate::diagnostics::Diagnostic;
use crate::language::Language;
use crate::load::Sources;
use crate::source::SourceFile;
use crate::theme::{StaticFile, ThemeSources};

/// What the texts of pages are read with.
#[derive(Debug)]
pub struct Surroundings {
    /// What is true of the whole site.
    pub settings: Settings,
    /// The words of the interface.
    pub messages: BTreeMap<Language, Messages>,
    /// The sources, to know when they have changed.
    sources: (SourceFile, BTreeMap<Language, SourceFile>),
}

impl Surroundings {
    /// Reads settings and words. Every page needs them, so an error here stops the build; words that one language lacks
    /// are told without stopping the reading of pages.
    pub fn parse(sources: &Sources) -> Result<(Self, Vec<Diagnostic>), Vec<Diagnostic>> {
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
            Some(settings) if errors.is_empty() => {
                let faults = compare(&messages);
                let surroundings = Self {
                    settings,
                    messages,
                    sources: (sources.settings.clone(), sources.messages.clone()),
                };
                Ok((surroundings, faults))
            }
            _ => Err(errors),
        }
    }

    /// Whether these were read from the same texts.
    #[must_use]
    pub fn is_of(&self, sources: &Sources) -> bool {
        self.sources.0 == sources.settings && self.sources.1 == sources.messages
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
