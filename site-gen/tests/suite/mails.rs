//! Mails: from Markdown with placeholders to the file that the Worker takes in.

#![expect(
    clippy::unwrap_used,
    reason = "the driver of tests stops at the first surprise, as the tests do"
)]

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;
use site_gen::mail::FILE;
use site_gen::workshop::{Changes, Workshop};
use site_gen::{BuildMode, build};

use crate::fixture::{Fixture, today};

const WITH_LINK: [&str; 4] = [
    "change-email",
    "password-reset",
    "reset-needed",
    "verify-email",
];
const NOTICES: [&str; 9] = [
    "access-granted",
    "account-deleted",
    "email-change-requested",
    "email-changed",
    "new-device",
    "password-changed",
    "payout-paid",
    "payout-refused",
    "subscription-cancelled",
];

/// The mail that tests change, and where it lies.
const NAME: &str = "password-reset";
const PATH: &str = "content/mail/ru/password-reset.md";

fn mail(text: &str) -> String {
    format!("+++\nsubject = \"Новый пароль\"\n+++\n{text}\n")
}

/// A site with every mail and a Worker that takes them in.
fn site() -> Fixture {
    let template = "<p>{{ t.alert.note }} {{ subject }}</p>{% for block in blocks %}{{ block.kind }}: \
        {% if block.kind == \"list\" %}{% for item in block[\"items\"] %}({{ item.html }}){% endfor %}\
        {% else %}{{ block.html }}{% endif %}{% if block.kind == \"button\" %} -> {{ block.target }}{% endif %}|{% endfor %}";
    let text = "{% for block in blocks %}{% if block.kind != \"list\" %}{{ block.text }}{% endif %}{% if block.kind == \"button\" %} -> {{ block.target }}{% endif %}|\
        {% endfor %}{{ site.mail }}";
    let site = Fixture::new()
        .template("mail.html", template)
        .template("mail.txt", text)
        .file("edge-worker/README", "");
    let links = WITH_LINK.map(|name| (name, "[x](button:{{ link }})"));
    let notices = NOTICES.map(|name| (name, "x"));
    let all = links.into_iter().chain(notices);
    all.fold(site, |site, (name, text)| {
        let site = site.file(&format!("content/mail/ru/{name}.md"), &mail(text));
        site.file(&format!("content/mail/en/{name}.md"), &mail(text))
    })
}

/// The file that the Worker takes in.
fn delivered(site: &Fixture) -> Value {
    serde_json::from_str(&fs::read_to_string(site.root().join(FILE)).unwrap()).unwrap()
}

#[test]
fn a_mail_is_made_as_html_and_as_plain_text_and_keeps_its_placeholders() {
    let site = site().file(
        PATH,
        &mail(
            "Войти - как *{{ email }}*,\nпомощь: [{{ site.mail }}](mailto:{{ site.mail }}) & [тут](https://b.example/?a&b).\n\n\
             [Задать <пароль>](button:{{link}})\n\n1. {{ at }}\n2. {{device}}  \n   и **{{ country }}**",
        ),
    );
    site.build().unwrap();
    let mail = &delivered(&site)[NAME]["ru"];
    assert_eq!(mail["subject"], "Новый пароль");
    assert_eq!(
        mail["html"],
        "<p>Note Новый пароль</p>\
         paragraph: Войти\u{a0}— как <em>{{email}}</em>,\nпомощь: <a href=\"mailto:a@b.example\">a@b.example</a> &amp; \
         <a href=\"https://b.example/?a&amp;b\">тут</a>.|\
         button: Задать &lt;пароль&gt; -> {{link}}|\
         list: ({{at}})({{device}}<br>\nи\u{a0}<strong>{{country}}</strong>)|"
    );
    assert_eq!(
        mail["text"],
        "Войти\u{a0}— как {{email}}, помощь: a@b.example & тут <https://b.example/?a&b>.|\
         Задать <пароль> -> {{link}}||a@b.example\n"
    );
    let names: Vec<_> = delivered(&site)
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    let all: BTreeSet<_> = WITH_LINK.into_iter().chain(NOTICES).collect();
    assert_eq!(names, all.into_iter().collect::<Vec<_>>());
}

#[test]
fn mails_are_no_pages() {
    let site = site();
    let with = site.generate(BuildMode::Publish);
    assert!(with.keys().all(|name| !name.contains("mail")), "{with:?}");
    assert_eq!(with, Fixture::new().generate(BuildMode::Publish));
}

#[test]
fn every_mistake_of_a_mail_is_told_with_its_place_and_cure() {
    let links = "write {{ link }}, mailto:…, https://…, or {{ site.base_url }}/… for a page";
    let parts = "a mail holds paragraphs, lists, links, *emphasis*, **importance** and line breaks; \
        a button is [words](button:address) in a paragraph of its own";
    let good = "[x](button:{{ link }})";
    for (text, place, message, help) in [
        (
            "{{ lnk }}",
            ":4:1",
            "`lnk` is undefined",
            "did you mean \"link\"?",
        ),
        (
            "{{ passport }}",
            ":4:1",
            "`passport` is undefined",
            "what this text may leave open is: at, country, device, email, link; other values come from content/*.toml",
        ),
        (
            "{{ name }}",
            ":4:1",
            "`name` is undefined",
            "what this text may leave open is: at, country, device, email, link; other values come from content/*.toml",
        ),
        ("## Заголовок", ":4:1", "this cannot stand in a mail", parts),
        ("<b>x</b>", ":4:1", "this cannot stand in a mail", parts),
        ("`x`", ":4:1", "this cannot stand in a mail", parts),
        (
            "Нажмите [x](button:{{ link }})",
            ":4:9",
            "this cannot stand in a mail",
            parts,
        ),
        (
            "[x](button:{{ link }}) и ещё",
            ":4:23",
            "this cannot stand in a mail",
            parts,
        ),
        (
            "[x](/login.md)",
            ":4:1",
            "a link of a mail is a whole address",
            links,
        ),
        (
            "[x](http://b.example)",
            ":4:1",
            "a link of a mail is a whole address",
            links,
        ),
        (
            "[x]({{ site.base_url }}/nowhere.html)",
            ":4:1",
            "there is no such page of the site",
            links,
        ),
        (
            "{{ '{{' }}",
            "",
            "the finished mail holds `{{` or `}}` that is no placeholder",
            "placeholders stand alone, without filters",
        ),
        (
            "{{ link | upper }}",
            "",
            "the finished mail holds `{{` or `}}` that is no placeholder",
            "placeholders stand alone, without filters",
        ),
    ] {
        let errors = site()
            .file(PATH, &mail(&format!("{text}\n\n{good}")))
            .errors();
        assert!(
            errors.starts_with(&format!("error: {message}\n --> {PATH}{place}\n")),
            "{text}: {errors}"
        );
        assert!(errors.contains(&format!("= help: {help}\n")), "{errors}");
    }
}

#[test]
fn the_front_matter_of_a_mail_is_its_subject() {
    let begin = "begin the file with\n\n    +++\n    subject = \"…\"\n    +++";
    for (header, place, message, help) in [
        ("", ":1:1", "the mail has no front matter", begin),
        ("+++\n+++\n", ":1:1", "the mail has no `subject`", begin),
        (
            "+++\nsubjct = \"x\"\n+++\n",
            ":2:1",
            "the front matter of a mail has no key `subjct`",
            "did you mean \"subject\"?",
        ),
        (
            "+++\nsubject = \" \"\n+++\n",
            ":2:11",
            "the subject is empty",
            "say in a few words what the mail is about",
        ),
        (
            "+++\nsubject = \"a\\nBcc: b\"\n+++\n",
            ":2:11",
            "the subject is not one line",
            "take the line break out",
        ),
        (
            "+++\nsubject = \"{{ email }}\"\n+++\n",
            ":2:11",
            "the subject holds a placeholder",
            "write it in plain words; values and placeholders belong into the text",
        ),
    ] {
        let text = format!("{header}[x](button:{{{{ link }}}})\n");
        let errors = site().file(PATH, &text).errors();
        assert!(
            errors.starts_with(&format!("error: {message}\n --> {PATH}{place}\n")),
            "{errors}"
        );
        assert!(errors.contains(&format!("= help: {help}\n")), "{errors}");
    }
}

#[test]
fn a_mail_that_confirms_something_needs_its_link_and_a_notice_has_none() {
    let errors = site().file(PATH, &mail("Текст")).errors();
    assert_eq!(
        errors,
        "error: the mail does not have its link, `{{ link }}`\n \
         --> content/mail/ru/password-reset.md:4:1\n  \
         |\n\
         4 | Текст\n  \
         | ^\n  \
         = help: add a paragraph: [what is confirmed](button:{{ link }})\n"
    );
    let errors = site()
        .file("content/mail/ru/new-device.md", &mail("[x]({{ link }})"))
        .errors();
    assert!(errors.starts_with("error: `link` is undefined"), "{errors}");
}

#[test]
fn a_mail_that_is_missing_in_one_language_stops_the_build() {
    let site = site().without(PATH);
    assert_eq!(
        site.errors(),
        format!(
            "error: the mail is missing\n --> {PATH}\n  \
             = help: write it; the Worker sends every mail in every language\n"
        )
    );
}

#[test]
fn the_file_is_written_when_it_differs_and_left_alone_otherwise() {
    let site = site();
    let path = site.root().join(FILE);
    site.build().unwrap();
    let first = fs::read_to_string(&path).unwrap();
    let age = fs::metadata(&path).unwrap().modified().unwrap();
    build(
        site.root(),
        &site.root().join("other"),
        BuildMode::Publish,
        today(),
    )
    .unwrap();
    assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), age);
    site.build().unwrap();
    fs::write(&path, "{}").unwrap();
    site.build().unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), first);
    let site = site.file(PATH, &mail("Иначе\n\n[x](button:{{ link }})"));
    site.build().unwrap();
    assert!(
        delivered(&site)[NAME]["ru"]["text"]
            .as_str()
            .unwrap()
            .starts_with("Иначе|")
    );
}

#[test]
fn a_project_without_a_worker_gets_no_such_file() {
    let site = site().without("edge-worker/README");
    fs::remove_dir(site.root().join("edge-worker")).unwrap();
    site.build().unwrap();
    assert!(!site.root().join(FILE).exists());
}

#[test]
fn a_kept_site_follows_changes_of_mails_and_of_what_they_hold() {
    let site = site().file(PATH, &mail("{{ site.mail }}\n\n[x](button:{{ link }})"));
    let mut workshop = Workshop::new(site.root(), BuildMode::Preview, today());
    let update = |workshop: &mut Workshop, path: &str| {
        let files = [path.to_owned()].into();
        let round = workshop.update(&Changes::Files(files), &());
        (round.is_good(), round.diagnostics.to_string())
    };
    assert!(workshop.update(&Changes::Everything, &()).is_good());
    let text = |workshop: &Workshop| workshop.letters()[NAME]["ru"].text.clone();
    assert!(text(&workshop).starts_with("a@b.example|"));
    let settings = "[site]\nbase_url = \"https://a.example\"\nmail = \"c@d.example\"\n";
    let site = site.file("content/site.toml", settings);
    assert!(update(&mut workshop, "content/site.toml").0);
    assert!(text(&workshop).starts_with("c@d.example|"));
    let site = site.file(PATH, &mail("{{ nothing }}"));
    let (is_good, told) = update(&mut workshop, PATH);
    assert!(
        !is_good && told.contains("`nothing` is undefined"),
        "{told}"
    );
    // The mistake is told until it is mended, whatever else changes.
    let site = site.page("ru/other.md", "## Другое");
    assert!(!update(&mut workshop, "content/ru/other.md").0);
    let _site = site.file(PATH, &mail("Ещё\n\n[x](button:{{ link }})"));
    assert!(update(&mut workshop, PATH).0);
    assert!(text(&workshop).starts_with("Ещё|"));
}
