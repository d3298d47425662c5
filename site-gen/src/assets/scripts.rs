//! Scripts: ES modules of one idea each, published as bundles.
//!
//! A script that no other imports begins a bundle: it is published as one file with everything that it imports, without what only
//! people read. So a page waits for one script, not for a chain of them, and its words are not said twice. What
//! `import("./name.js")` loads later is a bundle of its own.

mod bundle;
mod graph;
mod module;

use std::collections::BTreeMap;

use super::{Asset, name_in_theme};
use crate::diagnostics::Diagnostic;
use crate::source::SourceFile;
use bundle::Links;
use graph::Graph;
use module::Module;

/// Bundles by the names of the scripts that begin them.
pub(super) fn build(files: &[SourceFile]) -> (BTreeMap<String, Asset>, Vec<Diagnostic>) {
    match read(files).and_then(Graph::link) {
        Ok(graph) => (Publisher::new(&graph).publish_all(), Vec::new()),
        Err(errors) => (BTreeMap::new(), errors),
    }
}

fn read(files: &[SourceFile]) -> Result<BTreeMap<String, Module<'_>>, Vec<Diagnostic>> {
    let mut modules = BTreeMap::new();
    let mut errors = Vec::new();
    for file in files {
        match Module::read(file) {
            Ok(module) => {
                modules.insert(name_in_theme(file), module);
            }
            Err(faults) => errors.extend(faults),
        }
    }
    if errors.is_empty() {
        Ok(modules)
    } else {
        Err(errors)
    }
}

struct Publisher<'a> {
    graph: &'a Graph<'a>,
    /// Scripts as parts of a bundle, by number: most are in several.
    parts: BTreeMap<usize, String>,
    published: BTreeMap<usize, Asset>,
}

impl<'a> Publisher<'a> {
    fn new(graph: &'a Graph<'a>) -> Self {
        Self {
            graph,
            parts: BTreeMap::new(),
            published: BTreeMap::new(),
        }
    }

    fn publish_all(mut self) -> BTreeMap<String, Asset> {
        for first in self.graph.firsts() {
            self.publish(first);
        }
        let named = |(number, asset)| (self.graph.name(number).to_owned(), asset);
        self.published.into_iter().map(named).collect()
    }

    /// Publishes a bundle after those that it loads later, because its text holds their names.
    fn publish(&mut self, first: usize) {
        if self.published.contains_key(&first) {
            return;
        }
        let numbers = self.graph.bundle(first);
        for &number in &numbers {
            let later = self
                .graph
                .imports(number)
                .filter(|(import, _)| import.is_later);
            for (_, target) in later {
                self.publish(target);
            }
            self.prepare(number);
        }
        let part = |number| self.parts.get(number).map_or("", String::as_str);
        let parts: Vec<_> = numbers.iter().map(part).collect();
        let exports = self.graph.module(first).map(|module| &module.exports);
        let exports = exports.into_iter().flatten().map(String::as_str);
        let text = bundle::minified(&parts, first, exports);
        self.published
            .insert(first, Asset::new(self.graph.name(first), text));
    }

    fn prepare(&mut self, number: usize) {
        let Some(module) = self.graph.module(number) else {
            return;
        };
        if !self.parts.contains_key(&number) {
            let part = bundle::part(module.file.text(), number, &LinksOf(number, self));
            self.parts.insert(number, part);
        }
    }
}

/// Where the imports of the script with this number lead.
struct LinksOf<'a>(usize, &'a Publisher<'a>);

impl LinksOf<'_> {
    fn target(&self, written: &str) -> Option<usize> {
        let mut imports = self.1.graph.imports(self.0);
        let found = imports.find(|(import, _)| import.written == written);
        found.map(|(_, target)| target)
    }
}

impl Links for LinksOf<'_> {
    fn number(&self, written: &str) -> usize {
        self.target(written).unwrap_or_default()
    }

    /// All bundles are published in one folder.
    fn published(&self, written: &str) -> String {
        let asset = self
            .target(written)
            .and_then(|target| self.1.published.get(&target));
        let output = asset.map_or("", |asset| asset.output.as_str());
        format!("./{}", output.rsplit('/').next().unwrap_or(output))
    }
}

#[cfg(test)]
mod tests;
