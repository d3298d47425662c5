//! What a site is made from, as one short text: if it is the same, the site is the same.

use std::fs;
use std::path::Path;
use std::time::UNIX_EPOCH;

use rayon::prelude::*;
use time::Date;

use crate::BuildMode;
use crate::catalog::fingerprint;
use crate::history;
use crate::load::{CONTENT, Sources};
use crate::mail;

/// The sources and the finished mails by their content, the commit that the dates come from, the day, the mode, and the generator itself.
pub(crate) fn of(root: &Path, sources: &Sources, mode: BuildMode, today: Date) -> String {
    let texts: Vec<_> = sources.texts().collect();
    let texts: Vec<_> = texts
        .into_par_iter()
        .map(|file| fingerprint(&(file.path(), file.text())))
        .collect();
    let copied = sources.theme.files.par_iter();
    let copied: Vec<_> = copied
        .map(|file| fingerprint(&(&file.path, &file.content)))
        .collect();
    let pictures: Vec<_> = sources
        .pictures
        .par_iter()
        .map(|name| fingerprint(&(name, fs::read(root.join(CONTENT).join(name)).ok())))
        .collect();
    let mails = fingerprint(&fs::read(root.join(mail::FILE)).ok());
    let age = |path: &Path| {
        let modified = fs::metadata(path)
            .and_then(|metadata| metadata.modified())
            .ok()?;
        modified.duration_since(UNIX_EPOCH).ok()
    };
    let generator = std::env::current_exe().ok().and_then(|path| age(&path));
    let commit = history::log_file(root).and_then(|path| age(&path));
    let day = (today.year(), today.ordinal());
    let contents = (&texts, &copied, &pictures, mails);
    let all = fingerprint(&(contents, generator, commit, day, mode));
    format!("{all:016x}")
}
