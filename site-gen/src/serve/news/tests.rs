use super::*;
use crate::diagnostics::Diagnostics;
use crate::source::SourceFile;

fn note(
    chronicle: &mut Chronicle,
    changed: &[(&str, &str)],
    removed: &[&str],
    diagnostics: Vec<Diagnostic>,
) -> News {
    let sink = ();
    let witness = Witness::new(&sink);
    for (path, content) in changed {
        witness.accept(OutputFile::text(*path, *content));
    }
    let round = Round {
        diagnostics: Diagnostics::new(diagnostics),
        pages: 1,
        removed: removed.iter().map(ToString::to_string).collect(),
    };
    chronicle.note(&round, &witness.into_prints())
}

fn mistake() -> Diagnostic {
    let file = SourceFile::new("content/ru/a.md", "one\n\ttwo three\n");
    Diagnostic::at(&file, 9..14, "the word is wrong").help("write another")
}

#[test]
fn the_id_changes_with_the_site_and_with_nothing_else() {
    let mut chronicle = Chronicle::default();
    let mut id =
        |changed, removed, diagnostics| note(&mut chronicle, changed, removed, diagnostics).id;
    let first = id(&[("a.html", "a")], &[], vec![]);
    assert_eq!(first.len(), 16);
    assert_eq!(id(&[], &[], vec![]), first, "nothing changed");
    let thrown_away = &[("a.html", "b")];
    assert_eq!(id(thrown_away, &[], vec![mistake()]), first, "it is broken");
    let second = id(&[("a.html", "b")], &[], vec![]);
    assert_ne!(second, first);
    let third = id(&[], &["a.html"], vec![]);
    assert_ne!(third, second);
    assert_ne!(third, first);
}

#[test]
fn a_site_that_was_never_whole_has_no_id() {
    let mut chronicle = Chronicle::default();
    assert_eq!(note(&mut chronicle, &[], &[], vec![mistake()]).id, "");
    let mended = note(&mut chronicle, &[("a.html", "a")], &[], vec![]);
    assert_ne!(mended.id, "");
}

#[test]
fn mistakes_and_warnings_are_told_apart_with_their_places() {
    let news = note(
        &mut Chronicle::default(),
        &[("a.html", "thrown away")],
        &[],
        vec![
            mistake(),
            Diagnostic::about("b.md", "it is old").as_warning(),
        ],
    );
    assert_eq!(
        news.to_json(),
        "{\"id\":\"\",\"errors\":[{\"severity\":\"error\",\"message\":\"the word is wrong\",\
         \"file\":\"content/ru/a.md\",\"line\":2,\"column\":6,\"end_column\":11,\
         \"text\":\" two three\",\"help\":\"write another\"}],\
         \"warnings\":[{\"severity\":\"warning\",\"message\":\"it is old\",\"file\":\"b.md\"}],\
         \"changed\":[]}"
    );
}

#[test]
fn warnings_alone_do_not_hold_the_site_back() {
    let mut chronicle = Chronicle::default();
    let warned = vec![mistake().as_warning()];
    assert_ne!(note(&mut chronicle, &[("a", "a")], &[], warned).id, "");
}

#[test]
fn what_changed_is_named_unless_it_is_very_much() {
    let mut chronicle = Chronicle::default();
    let few = note(&mut chronicle, &[("a.html", "")], &["b.html"], vec![]);
    let names = ["a.html", "b.html"].map(str::to_owned).to_vec();
    assert_eq!(few.changed, Some(names));
    assert_eq!(few.for_newcomer().changed, None);

    let many: Vec<_> = (0..=MOST_NAMED).map(|number| number.to_string()).collect();
    let many: Vec<_> = many.iter().map(|name| (name.as_str(), "")).collect();
    assert_eq!(note(&mut chronicle, &many, &[], vec![]).changed, None);
}
