//! What a site is made from, as one short text: if it is the same, the site is the same.

use std::fs;
use std::path::Path;
use std::time::UNIX_EPOCH;

use rayon::prelude::*;
use time::Date;

use crate::BuildMode;
use crate::catalog::fingerprint;
use crate::history;
use crate::load::CONTENT;
use crate::mail;
use crate::source;
use crate::theme;

/// The sources and the finished mails by their content, the commit that the dates come from, the day, the mode, and the generator itself.
pub(crate) fn of(root: &Path, mode: BuildMode, today: Date) -> String {
    let mut files: Vec<_> = [CONTENT, theme::FOLDER]
        .into_iter()
        .flat_map(|folder| {
            let names = source::list(root, folder).unwrap_or_default();
            names
                .into_iter()
                .map(move |name| format!("{folder}/{name}"))
        })
        .collect();
    files.push(mail::FILE.to_owned());
    let contents: Vec<_> = files
        .par_iter()
        .map(|file| fingerprint(&fs::read(root.join(file)).ok()))
        .collect();
    let age = |path: &Path| {
        let modified = fs::metadata(path)
            .and_then(|metadata| metadata.modified())
            .ok()?;
        modified.duration_since(UNIX_EPOCH).ok()
    };
    let generator = std::env::current_exe().ok().and_then(|path| age(&path));
    let commit = history::log_file(root).and_then(|path| age(&path));
    let day = (today.year(), today.ordinal());
    let all = fingerprint(&(&files, &contents, generator, commit, day, mode));
    format!("{all:016x}")
}
