use super::*;
use crate::diagnostics::Diagnostics;
use crate::source::SourceFile;

fn round(changed: &[(&str, &str)], removed: &[&str], diagnostics: Vec<Diagnostic>) -> Round {
    Round {
        changed: changed
            .iter()
            .map(|(path, content)| OutputFile {
                path: (*path).to_owned(),
                content: content.as_bytes().to_vec(),
            })
            .collect(),
        removed: removed.iter().map(ToString::to_string).collect(),
        diagnostics: Diagnostics::new(diagnostics),
        pages: 1,
    }
}

fn mistake() -> Diagnostic {
    let file = SourceFile::new("content/ru/a.md", "one\n\ttwo three\n");
    Diagnostic::at(&file, 9..14, "the word is wrong").help("write another")
}

#[test]
fn the_id_changes_with_the_site_and_with_nothing_else() {
    let mut chronicle = Chronicle::default();
    let mut id = |round: &Round| chronicle.note(round).id;
    let first = id(&round(&[("a.html", "a")], &[], vec![]));
    assert_eq!(first.len(), 16);
    assert_eq!(id(&round(&[], &[], vec![])), first, "nothing changed");
    assert_eq!(id(&round(&[], &[], vec![mistake()])), first, "it is broken");
    let second = id(&round(&[("a.html", "b")], &[], vec![]));
    assert_ne!(second, first);
    let third = id(&round(&[], &["a.html"], vec![]));
    assert_ne!(third, second);
    assert_ne!(third, first);
}

#[test]
fn a_site_that_was_never_whole_has_no_id() {
    let mut chronicle = Chronicle::default();
    assert_eq!(chronicle.note(&round(&[], &[], vec![mistake()])).id, "");
    let mended = chronicle.note(&round(&[("a.html", "a")], &[], vec![]));
    assert_ne!(mended.id, "");
}

#[test]
fn mistakes_and_warnings_are_told_apart_with_their_places() {
    let news = Chronicle::default().note(&round(
        &[],
        &[],
        vec![mistake(), Diagnostic::about("b.md", "it is old").warning()],
    ));
    assert_eq!(
        news.to_json(),
        "{\"id\":\"\",\"errors\":[{\"message\":\"the word is wrong\",\"file\":\"content/ru/a.md\",\
         \"line\":2,\"column\":6,\"width\":5,\"text\":\" two three\",\"note\":null,\
         \"help\":\"write another\"}],\"warnings\":[{\"message\":\"it is old\",\"file\":\"b.md\",\
         \"line\":null,\"column\":null,\"width\":null,\"text\":null,\"note\":null,\"help\":null}],\
         \"changed\":[]}"
    );
}

#[test]
fn warnings_alone_do_not_hold_the_site_back() {
    let mut chronicle = Chronicle::default();
    let warned = vec![mistake().warning()];
    assert_ne!(chronicle.note(&round(&[("a", "a")], &[], warned)).id, "");
}

#[test]
fn what_changed_is_named_unless_it_is_very_much() {
    let mut chronicle = Chronicle::default();
    let few = chronicle.note(&round(&[("a.html", "")], &["b.html"], vec![]));
    let names = ["a.html", "b.html"].map(str::to_owned).to_vec();
    assert_eq!(few.changed, Some(names));
    assert_eq!(few.for_newcomer().changed, None);

    let many: Vec<_> = (0..=MOST_NAMED).map(|number| number.to_string()).collect();
    let many: Vec<_> = many.iter().map(|name| (name.as_str(), "")).collect();
    assert_eq!(chronicle.note(&round(&many, &[], vec![])).changed, None);
}
