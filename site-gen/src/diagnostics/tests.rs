use super::*;

fn source(text: &str) -> SourceFile {
    SourceFile::new("content/ru/help/index.md", text)
}

#[test]
fn the_line_is_shown_with_a_caret_under_the_range_even_after_cyrillic_letters() {
    let text = "one\nСмотрите [как войти](cabinet-acces.md).\n";
    let start = text.find('[').unwrap();
    let end = text.find(").").unwrap() + 1;
    let error = Diagnostic::at(&source(text), start..end, "there is no page")
        .help("did you mean \"cabinet-access.md\"?");
    assert_eq!(
        error.to_string(),
        "error: there is no page\n \
         --> content/ru/help/index.md:2:10\n  \
         |\n\
         2 | Смотрите [как войти](cabinet-acces.md).\n  \
         |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n  \
         = help: did you mean \"cabinet-access.md\"?\n"
    );
}

#[test]
fn the_gutter_is_as_wide_as_the_line_number() {
    let text = "x\n".repeat(12);
    let error = Diagnostic::at(&source(&text), 22..23, "wrong");
    assert_eq!(
        error.to_string(),
        "error: wrong\n  --> content/ru/help/index.md:12:1\n   |\n12 | x\n   | ^\n"
    );
}

#[test]
fn ranges_at_odd_places_are_still_shown() {
    for (text, range, place) in [
        ("", 0..0, "1:1"),
        ("ab\ncd", 1..5, "1:2"),
        ("ab\n", 3..3, "2:1"),
        ("ab", 9..12, "1:3"),
        ("ю", 1..2, "1:1"),
    ] {
        let shown = Diagnostic::at(&source(text), range.clone(), "wrong").to_string();
        assert!(
            shown.contains(&format!("index.md:{place}\n")),
            "{text:?} {range:?}: {shown}"
        );
    }
}

#[test]
fn errors_are_sorted_by_file_and_line_and_told_once() {
    let file = |name: &str| SourceFile::new(name, "1\n2\n3\n");
    let errors = Diagnostics::new(vec![
        Diagnostic::at(&file("b.md"), 0..1, "first"),
        Diagnostic::at(&file("a.md"), 4..5, "third line"),
        Diagnostic::at(&file("a.md"), 2..3, "second line"),
        Diagnostic::at(&file("a.md"), 2..3, "second line"),
    ]);
    let places: Vec<_> = errors
        .iter()
        .map(|error| (error.file(), error.line()))
        .collect();
    assert_eq!(
        places,
        [("a.md", Some(2)), ("a.md", Some(3)), ("b.md", Some(1))]
    );
}

#[test]
fn a_fault_of_an_included_part_is_told_once_with_the_number_of_other_places() {
    let part = SourceFile::new("_part.md", "wrong\nworse\n");
    let fault = |range: Range<usize>, page: &str| {
        Diagnostic::at(&part, range, "wrong").note(format!("included from {page}:3"))
    };
    for (pages, note) in [
        (&["a.md"][..], "included from a.md:3"),
        (&["b.md", "a.md"], "included from a.md:3 and 1 more place"),
        (
            &["c.md", "b.md", "a.md", "b.md"],
            "included from a.md:3 and 2 more places",
        ),
    ] {
        let faults = pages.iter().map(|page| fault(0..5, page));
        let errors = Diagnostics::new(faults.chain([fault(6..11, "z.md")]).collect());
        let notes: Vec<_> = errors.iter().map(|error| error.0.note.as_deref()).collect();
        assert_eq!(notes, [Some(note), Some("included from z.md:3")]);
    }
}
