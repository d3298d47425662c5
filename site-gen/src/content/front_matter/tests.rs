use super::*;

fn file(text: &str) -> SourceFile {
    SourceFile::new("content/ru/a.md", text)
}

fn errors(text: &str) -> Vec<String> {
    split(&file(text))
        .0
        .unwrap_err()
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[test]
fn all_keys_are_read_and_the_text_begins_after_the_second_fence() {
    let text = "+++\ntitle = \"Вход\"\ndescription = \"Как войти\"\ntemplate = \"login\"\norder = 2\n\
                nav = \"Вход\"\nrobots = \"noindex\"\nsample = true\n+++\nТекст\n";
    let (front, start) = split(&file(text));
    let front = front.unwrap();
    assert_eq!(front.title, "Вход");
    assert_eq!(front.description, "Как войти");
    assert_eq!(front.template, "login");
    assert_eq!(&text[front.template_range.clone().unwrap()], "\"login\"");
    assert_eq!(front.order, 2);
    assert_eq!(front.nav.as_deref(), Some("Вход"));
    assert_eq!(front.robots, Some(Robots::NoIndex));
    assert!(front.sample);
    assert_eq!(&text[start..], "Текст\n");
}

#[test]
fn what_is_not_written_has_a_default() {
    let (front, _) = split(&file("+++\ntitle = \"A\"\ndescription = \"B\"\n+++"));
    let front = front.unwrap();
    assert_eq!(front.template, "page");
    assert_eq!(front.order, 0);
    assert_eq!((front.nav, front.robots, front.sample), (None, None, false));
}

#[test]
fn an_unknown_key_is_shown_with_the_nearest_known_one() {
    assert_eq!(
        errors("+++\ntitel = \"A\"\ntitle = \"A\"\ndescription = \"B\"\n+++\n"),
        ["error: the front matter has no key `titel`\n \
          --> content/ru/a.md:2:1\n  \
          |\n\
          2 | titel = \"A\"\n  \
          | ^^^^^\n  \
          = help: did you mean \"title\"?\n"]
    );
}

#[test]
fn every_fault_is_told_at_its_place() {
    let good = "title = \"A\"\ndescription = \"B\"\n";
    for (text, place, message) in [
        (
            "Текст".to_owned(),
            "a.md:1:1",
            "the page has no front matter",
        ),
        (String::new(), "a.md:1:1", "the page has no front matter"),
        (format!("+++\n{good}Текст\n"), "a.md:1:1", "does not end"),
        ("+++".to_owned(), "a.md:1:1", "does not end"),
        (
            format!("+++\n{good}order = \"two\"\n+++\n"),
            "a.md:4:9",
            "`order` takes a whole number, and this is a text",
        ),
        (
            format!("+++\n{good}robots = \"all\"\n+++\n"),
            "a.md:4:10",
            "`robots` cannot be \"all\"",
        ),
        (format!("+++\n{good}nav = \n+++\n"), "a.md:4:", ""),
        (
            format!("+++\n{good}title = \"C\"\n+++\n"),
            "a.md:4:1",
            "the key stands here for the second time",
        ),
        (
            "+++\ntitle = \"A\"\n+++\n".to_owned(),
            "a.md:1:1",
            "the page has no `description`",
        ),
        (
            "+++\ntitle = \" \"\ndescription = \"B\"\n+++\n".to_owned(),
            "a.md:1:1",
            "the page has no `title`",
        ),
    ] {
        let errors = errors(&text);
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert!(errors[0].contains(place), "{text:?}: {}", errors[0]);
        assert!(errors[0].contains(message), "{text:?}: {}", errors[0]);
    }
}

#[test]
fn several_faults_are_told_at_once() {
    // The unknown keys and the missing description; the title is only misspelt.
    assert_eq!(errors("+++\ntitel = \"A\"\nordre = 1\n+++\n").len(), 3);
}
