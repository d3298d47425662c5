//! The files of the site that are not pages.

use std::collections::BTreeSet;

use super::Workshop;
use crate::diagnostics::Diagnostic;
use crate::headers;
use crate::output::OutputFile;

impl Workshop {
    /// Makes the files that are not pages and lists the names of all files, if any of that can have changed.
    pub(super) fn prepare_files(&mut self) {
        if !self.are_files_stale || !self.is_renderable() {
            return;
        }
        self.files = self.other_files();
        let mut names = BTreeSet::new();
        let mut faults = Vec::new();
        let pages = self.listed_entries().map(|entry| entry.page.output.clone());
        let others = self.files.iter().map(|file| file.path.clone());
        for name in pages.chain(others) {
            if let Some(name) = names.replace(name) {
                faults.push(
                    Diagnostic::about(name, "two sources make this file of the site").help(
                        "rename one of them: pages come from content/, other files from site-gen/theme/static",
                    ),
                );
            }
        }
        self.names = names;
        self.shared_faults.names = faults;
    }

    fn other_files(&self) -> Vec<OutputFile> {
        let Some(theme) = &self.theme else {
            return Vec::new();
        };
        let outputs = self
            .listed_entries()
            .map(|entry| entry.page.output.as_str());
        let mut files = vec![
            OutputFile::text("_redirects", headers::redirects(outputs)),
            OutputFile::text("_headers", headers::headers(self.mode)),
        ];
        files.extend(
            theme
                .assets
                .iter()
                .map(|asset| OutputFile::text(asset.output.as_str(), asset.content.as_str())),
        );
        files.extend(theme.files.iter().map(|file| OutputFile {
            path: file.path.clone(),
            content: file.content.clone(),
        }));
        files
    }
}
