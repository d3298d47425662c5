use super::*;
use std::collections::BTreeSet;
use std::fs;

fn file(path: &str, content: &str) -> OutputFile {
    OutputFile {
        path: path.to_owned(),
        content: content.as_bytes().to_vec(),
    }
}

fn read(folder: &Path, name: &str) -> Option<String> {
    fs::read_to_string(folder.join(name)).ok()
}

/// Writes a whole site.
fn write(folder: &Path, files: &[OutputFile]) -> Result<Written, WriteError> {
    let stage = Stage::open(folder)?;
    for file in files {
        stage.accept(file.clone());
    }
    let names = files.iter().map(|file| file.path.clone()).collect();
    stage.commit(&names, None)
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn only_what_changed_is_written() {
    let out = folder();
    let first = write(out.path(), &[file("a.html", "1"), file("b/c.html", "1")]).unwrap();
    assert_eq!((first.changed, first.removed), (2, 0));
    let age = |name: &str| {
        fs::metadata(out.path().join(name))
            .unwrap()
            .modified()
            .unwrap()
    };
    let before = age("a.html");
    let second = write(out.path(), &[file("a.html", "1"), file("b/c.html", "2")]).unwrap();
    assert_eq!((second.changed, second.removed), (1, 0));
    assert_eq!(age("a.html"), before);
    assert_eq!(read(out.path(), "b/c.html").as_deref(), Some("2"));
}

#[test]
fn a_new_folder_appears_when_everything_is_in_it_and_never_otherwise() {
    let out = folder();
    let site = out.path().join("site");
    let stage = Stage::open(&site).unwrap();
    stage.accept(file("a/b.html", "1"));
    assert!(!site.exists());
    stage.discard();
    assert_eq!(fs::read_dir(out.path()).unwrap().count(), 0);

    // Cut off, as if the machine had lost its power.
    let stage = Stage::open(&site).unwrap();
    stage.accept(file("left-over.html", "1"));
    std::mem::forget(stage);
    let written = write(&site, &[file("a/b.html", "1")]).unwrap();
    assert_eq!((written.changed, written.removed), (1, 0));
    assert_eq!(read(&site, "a/b.html").as_deref(), Some("1"));
    assert_eq!(read(&site, "left-over.html"), None);
    assert_eq!(fs::read_dir(out.path()).unwrap().count(), 1);
    let again = write(&site, &[file("a/b.html", "1")]).unwrap();
    assert_eq!((again.changed, again.removed), (0, 0));
}

#[test]
fn what_the_site_has_no_more_is_removed_with_its_empty_folder() {
    let out = folder();
    write(out.path(), &[file("a.html", "1"), file("b/c/d.html", "1")]).unwrap();
    let written = write(out.path(), &[file("a.html", "1")]).unwrap();
    assert_eq!(written.removed, 1);
    assert!(!out.path().join("b").exists());
    assert!(out.path().join("a.html").exists());
}

#[test]
fn a_file_that_someone_else_put_there_is_kept() {
    let out = folder();
    write(out.path(), &[file("b/c.html", "1")]).unwrap();
    fs::write(out.path().join("b/notes.txt"), "mine").unwrap();
    write(out.path(), &[file("a.html", "1")]).unwrap();
    assert_eq!(read(out.path(), "b/notes.txt").as_deref(), Some("mine"));
}

#[test]
fn a_file_of_someone_else_is_not_overwritten() {
    let out = folder();
    write(out.path(), &[file("a.html", "1")]).unwrap();
    fs::write(out.path().join("b.html"), "mine").unwrap();
    let error = write(out.path(), &[file("a.html", "2"), file("b.html", "2")]).unwrap_err();
    assert!(matches!(error, WriteError::ForeignFile(_)), "{error}");
    assert_eq!(read(out.path(), "b.html").as_deref(), Some("mine"));
    assert_eq!(read(out.path(), "a.html").as_deref(), Some("1"));
}

#[test]
fn a_folder_full_of_other_things_is_not_touched() {
    let out = folder();
    fs::write(out.path().join("thesis.txt"), "mine").unwrap();
    let error = write(out.path(), &[file("a.html", "1")]).unwrap_err();
    assert!(matches!(error, WriteError::ForeignFolder(_)), "{error}");
    assert_eq!(fs::read_dir(out.path()).unwrap().count(), 1);
}

#[test]
fn a_build_that_was_interrupted_is_taken_up() {
    let out = folder();
    fs::write(out.path().join(".site-gen"), "a.html\nb.html\n").unwrap();
    fs::write(out.path().join("a.html"), "half").unwrap();
    write(out.path(), &[file("a.html", "whole")]).unwrap();
    assert_eq!(read(out.path(), "a.html").as_deref(), Some("whole"));
}

#[test]
fn a_list_that_was_tampered_with_deletes_nothing_outside() {
    let above = folder();
    let out = above.path().join("dist");
    fs::write(above.path().join("precious.txt"), "mine").unwrap();
    write(&out, &[file("a.html", "1")]).unwrap();
    let absolute = above.path().join("precious.txt");
    let list = format!("a.html\n../precious.txt\n{}\n", absolute.display());
    fs::write(out.join(".site-gen"), list).unwrap();
    write(&out, &[file("a.html", "2")]).unwrap();
    assert_eq!(read(above.path(), "precious.txt").as_deref(), Some("mine"));
}

#[test]
fn the_list_is_kept_from_being_published() {
    let out = folder();
    write(out.path(), &[file("a.html", "1")]).unwrap();
    let ignored = read(out.path(), ".assetsignore").unwrap();
    for name in [".site-gen", ".site-gen-state"] {
        assert!(ignored.lines().any(|line| line == name), "{name}");
    }
}

#[test]
fn a_site_that_is_discarded_leaves_the_old_one_and_no_trace() {
    let out = folder();
    write(out.path(), &[file("a.html", "old")]).unwrap();
    let stage = Stage::open(out.path()).unwrap();
    stage.accept(file("a.html", "new"));
    stage.accept(file("b/c.html", "new"));
    stage.discard();
    assert_eq!(read(out.path(), "a.html").as_deref(), Some("old"));
    let mut names: Vec<_> = fs::read_dir(out.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [".assetsignore", ".site-gen", ".site-gen-state", "a.html"]
    );
}

#[test]
fn a_folder_is_up_to_date_until_its_origin_or_one_of_its_files_changes() {
    let out = folder();
    let stage = Stage::open(out.path()).unwrap();
    stage.accept(file("a.html", "1"));
    let names = BTreeSet::from(["a.html".to_owned()]);
    stage.commit(&names, Some("sources".to_owned())).unwrap();
    let is_up_to_date = |origin: &str| {
        let manifest = Manifest::read(out.path()).unwrap();
        manifest.is_up_to_date(out.path(), origin)
    };
    assert!(is_up_to_date("sources"));
    assert!(!is_up_to_date("other sources"));
    fs::write(out.path().join("a.html"), "by hand").unwrap();
    assert!(!is_up_to_date("sources"));
    fs::remove_file(out.path().join("a.html")).unwrap();
    assert!(!is_up_to_date("sources"));
}
