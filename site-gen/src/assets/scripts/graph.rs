//! Which script imports which, and whether that can be published.

use std::collections::{BTreeMap, BTreeSet};

use super::module::{Import, Module};
use crate::diagnostics::Diagnostic;
use crate::relative;
use crate::suggestion::{nearest_path, question};

/// The scripts of the theme with their imports followed. A script's number is its place in the order of the names.
pub(super) struct Graph<'a> {
    names: Vec<String>,
    modules: Vec<Module<'a>>,
    /// For each script where its imports lead, in their order.
    targets: Vec<Vec<usize>>,
}

impl<'a> Graph<'a> {
    /// Follows the imports of scripts, which are given by their names in the theme.
    ///
    /// # Errors
    /// A script asks for one that is not there or for a name that it does not export; scripts import each other in a circle; or a
    /// page would get a script twice.
    pub(super) fn link(modules: BTreeMap<String, Module<'a>>) -> Result<Self, Vec<Diagnostic>> {
        let (names, modules): (Vec<_>, Vec<_>) = modules.into_iter().unzip();
        let mut graph = Self {
            targets: vec![Vec::new(); names.len()],
            names,
            modules,
        };
        let mut errors = Vec::new();
        for (number, module) in graph.modules.iter().enumerate() {
            let found = module
                .imports
                .iter()
                .map(|import| graph.target(number, import));
            match found.collect::<Result<_, _>>() {
                Ok(found) => {
                    if let Some(targets) = graph.targets.get_mut(number) {
                        *targets = found;
                    }
                }
                Err(error) => errors.push(error),
            }
        }
        let checks = [Self::circles, Self::names_not_exported, Self::doubles];
        for check in checks {
            // The later ones take for granted what the earlier ones found.
            if errors.is_empty() {
                errors = check(&graph);
            }
        }
        if errors.is_empty() {
            Ok(graph)
        } else {
            errors.sort();
            errors.dedup();
            Err(errors)
        }
    }

    /// The name of a script in the theme.
    pub(super) fn name(&self, number: usize) -> &str {
        self.names.get(number).map_or("", String::as_str)
    }

    pub(super) fn module(&self, number: usize) -> Option<&Module<'a>> {
        self.modules.get(number)
    }

    /// The scripts that begin a bundle: those that no other one imports, unless it loads them later.
    pub(super) fn firsts(&self) -> Vec<usize> {
        let imported: BTreeSet<_> = (0..self.names.len())
            .flat_map(|number| self.imports(number))
            .filter(|(import, _)| !import.is_later)
            .map(|(_, target)| target)
            .collect();
        (0..self.names.len())
            .filter(|number| !imported.contains(number))
            .collect()
    }

    /// A script and all that it imports, in the order in which a browser would run them.
    pub(super) fn bundle(&self, first: usize) -> Vec<usize> {
        fn visit(graph: &Graph<'_>, number: usize, order: &mut Vec<usize>) {
            for (import, target) in graph.imports(number) {
                if !import.is_later && !order.contains(&target) {
                    visit(graph, target, order);
                }
            }
            order.push(number);
        }
        let mut order = Vec::new();
        visit(self, first, &mut order);
        order
    }

    /// The imports of a script and where they lead.
    pub(super) fn imports(&self, number: usize) -> impl Iterator<Item = (&Import, usize)> {
        let imports = self.modules.get(number).map(|module| &module.imports);
        let targets = self.targets.get(number).into_iter().flatten();
        imports.into_iter().flatten().zip(targets.copied())
    }

    fn target(&self, number: usize, import: &Import) -> Result<usize, Diagnostic> {
        let name = self.name(number);
        let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
        let Some(target) = name_of_import(folder, &import.written) else {
            let message = format!("a browser cannot find the module \"{}\"", import.written);
            return Err(self
                .error(number, import, message)
                .help("write the path of a script of the theme: \"./name.js\""));
        };
        self.names.binary_search(&target).map_err(|_| {
            let near = nearest_path(&target, self.names.iter().map(String::as_str));
            self.error(number, import, format!("there is no script \"{target}\""))
                .help("scripts lie in site-gen/theme/js")
                .maybe_help(near.map(|near| question(&as_imported(folder, near))))
        })
    }

    fn error(&self, number: usize, import: &Import, message: String) -> Diagnostic {
        match self.modules.get(number) {
            Some(module) => Diagnostic::at(module.file, import.place.clone(), message),
            None => Diagnostic::about(self.name(number), message),
        }
    }

    /// A bundle's name depends on those that it loads later, so these cannot depend on it; and a script that needs another one to
    /// have run cannot be needed by it.
    fn circles(&self) -> Vec<Diagnostic> {
        fn follow(
            graph: &Graph<'_>,
            number: usize,
            chain: &mut Vec<usize>,
            done: &mut BTreeSet<usize>,
            errors: &mut Vec<Diagnostic>,
        ) {
            chain.push(number);
            for (import, target) in graph.imports(number) {
                if let Some(start) = chain.iter().position(|link| *link == target) {
                    let circle = chain.get(start..).unwrap_or_default();
                    let circle: Vec<_> = circle.iter().map(|link| graph.name(*link)).collect();
                    let message = format!(
                        "the scripts import each other: {} → {}",
                        circle.join(" → "),
                        graph.name(target)
                    );
                    let error = graph.error(number, import, message);
                    errors.push(error.help("move what both need into a third script"));
                } else if !done.contains(&target) {
                    follow(graph, target, chain, done, errors);
                }
            }
            chain.pop();
            done.insert(number);
        }
        let (mut done, mut errors) = (BTreeSet::new(), Vec::new());
        for number in 0..self.names.len() {
            if !done.contains(&number) {
                follow(self, number, &mut Vec::new(), &mut done, &mut errors);
            }
        }
        errors
    }

    fn names_not_exported(&self) -> Vec<Diagnostic> {
        let mut errors = Vec::new();
        for (number, module) in self.modules.iter().enumerate() {
            for (import, target) in self.imports(number) {
                let exports = self.modules.get(target).map(|target| &target.exports);
                for (name, place) in &import.names {
                    if exports.is_none_or(|exports| !exports.contains(name)) {
                        let known = exports.into_iter().flatten().map(String::as_str);
                        let message = format!("\"{}\" exports no \"{name}\"", self.name(target));
                        errors.push(
                            Diagnostic::at(module.file, place.clone(), message)
                                .maybe_help(nearest_path(name, known).map(question)),
                        );
                    }
                }
            }
        }
        errors
    }

    /// What a page loads later must share no script with what it has: there would be two of it, each with a state of its own.
    fn doubles(&self) -> Vec<Diagnostic> {
        let mut errors = Vec::new();
        for first in self.firsts() {
            let mut open = self.bundle(first);
            let mut taken: BTreeSet<_> = open.iter().copied().collect();
            let mut loaded = BTreeSet::from([first]);
            while let Some(number) = open.pop() {
                let later = self.imports(number).filter(|(import, _)| import.is_later);
                for (import, target) in later {
                    if !loaded.insert(target) {
                        continue;
                    }
                    let (new, double): (Vec<_>, Vec<_>) = self
                        .bundle(target)
                        .into_iter()
                        .partition(|part| taken.insert(*part));
                    open.extend(new);
                    if let Some(double) = double.first() {
                        let message = format!(
                            "a page would have \"{}\" twice: it comes with \"{}\" too",
                            self.name(*double),
                            self.name(target)
                        );
                        let error = self.error(number, import, message);
                        errors.push(error.help("import it as usual, or let the two share nothing"));
                    }
                }
            }
        }
        errors
    }
}

/// The name of a relative import in the theme. A path from the root would be looked for on the site, not in the theme.
fn name_of_import(folder: &str, written: &str) -> Option<String> {
    let is_relative = written.starts_with("./") || written.starts_with("../");
    is_relative.then(|| relative::join(folder, written))?
}

/// The path of a script as another one in `folder` imports it.
fn as_imported(folder: &str, name: &str) -> String {
    let written = relative::written_in(folder, name);
    if written.starts_with('.') {
        written
    } else {
        format!("./{written}")
    }
}
