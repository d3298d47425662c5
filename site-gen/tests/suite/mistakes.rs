//! Every mistake stops the build and is told with file, line and cure.

use crate::fixture::{Fixture, page};

#[test]
fn a_page_without_front_matter() {
    let site = Fixture::new().file("content/ru/a.md", "Текст\n");
    assert_eq!(
        site.errors(),
        "error: the page has no front matter\n \
         --> content/ru/a.md:1:1\n  \
         |\n\
         1 | Текст\n  \
         | ^^^^^\n  \
         = help: begin the file with\n\n    \
             +++\n    title = \"…\"\n    description = \"…\"\n    +++\n"
    );
}

#[test]
fn front_matter_that_does_not_end() {
    let site = Fixture::new().file("content/ru/a.md", "+++\ntitle = \"A\"\n\nТекст\n");
    assert_eq!(
        site.errors(),
        "error: the front matter that begins here does not end\n \
         --> content/ru/a.md:1:1\n  \
         |\n\
         1 | +++\n  \
         | ^^^\n  \
         = help: put a line `+++` between the front matter and the text\n"
    );
}

#[test]
fn broken_toml_in_the_front_matter() {
    let site = Fixture::new().file(
        "content/ru/a.md",
        "+++\ntitle = \"A\"\ndescription = B\n+++\n",
    );
    assert_eq!(
        site.errors(),
        "error: a text has to stand in straight quotation marks\n \
         --> content/ru/a.md:3:15\n  \
         |\n\
         3 | description = B\n  \
         |               ^\n  \
         = help: write key = \"text\"; numbers, dates, true and false stand without quotes\n"
    );
}

#[test]
fn an_unknown_key_in_the_front_matter() {
    let site = Fixture::new().file(
        "content/ru/a.md",
        "+++\ntitle = \"A\"\ndescription = \"B\"\ntemplat = \"page\"\n+++\n",
    );
    assert_eq!(
        site.errors(),
        "error: the front matter has no key `templat`\n \
         --> content/ru/a.md:4:1\n  \
         |\n\
         4 | templat = \"page\"\n  \
         | ^^^^^^^\n  \
         = help: did you mean \"template\"?\n"
    );
}

#[test]
fn an_unknown_template() {
    let site = Fixture::new().template("help-article.html", "").file(
        "content/ru/a.md",
        "+++\ntitle = \"A\"\ndescription = \"B\"\ntemplate = \"help-artcle\"\n+++\n",
    );
    assert_eq!(
        site.errors(),
        "error: there is no template \"help-artcle\"\n \
         --> content/ru/a.md:4:12\n  \
         |\n\
         4 | template = \"help-artcle\"\n  \
         |            ^^^^^^^^^^^^^\n  \
         = help: did you mean \"help-article\"?\n"
    );
}

#[test]
fn an_undefined_variable_in_a_template_is_told_once_for_all_pages() {
    let site = Fixture::new().template("page.html", "<h1>\n  {{ page.titel }}\n</h1>");
    assert_eq!(
        site.errors(),
        "error: `page.titel` is undefined\n \
         --> site-gen/theme/templates/page.html:2:6\n  \
         |\n\
         2 |   {{ page.titel }}\n  \
         |      ^^^^^^^^^^\n  \
         = note: while rendering content/en/index.md and 2 more pages\n  \
         = help: did you mean \"title\"?\n"
    );
}

#[test]
fn an_undefined_message_inside_an_included_template() {
    let site = Fixture::new()
        .template("page.html", "a\n{% include \"part.html\" %}")
        .template("part.html", "\n\n{{ t.alert.not }}");
    assert_eq!(
        site.errors(),
        "error: `t.alert.not` is undefined\n \
         --> site-gen/theme/templates/part.html:3:4\n  \
         |\n\
         3 | {{ t.alert.not }}\n  \
         |    ^^^^^^^^^^^\n  \
         = note: while rendering content/en/index.md and 2 more pages\n  \
         = help: did you mean \"note\"?\n"
    );
}

#[test]
fn an_undefined_value_in_a_text_is_shown_in_the_line_of_the_file() {
    let site = Fixture::new().page("ru/a.md", "Один\n\nПишите на {{ site.nope }}!");
    assert_eq!(
        site.errors(),
        "error: `site.nope` is undefined\n \
         --> content/ru/a.md:7:11\n  \
         |\n\
         7 | Пишите на {{ site.nope }}!\n  \
         |           ^^^^^^^^^^^^^^^\n  \
         = help: `site` has: base_url, mail\n"
    );
}

#[test]
fn faults_in_templates_and_their_cures() {
    for (text, expected) in [
        (
            "{% if %}",
            "something is missing before `%}`\n --> site-gen/theme/templates/page.html:1:7",
        ),
        (
            "{% extends \"base.html\" %}",
            "there is no template \"base.html\"\n --> site-gen/theme/templates/page.html:1:4",
        ),
        (
            "{{ asset(\"css/sit.css\") }}",
            "there is no asset \"css/sit.css\"\n --> site-gen/theme/templates/page.html:1:4",
        ),
        (
            "{{ asset(\"css/sit.css\") }}",
            "= help: did you mean \"css/site.css\"?",
        ),
        ("{{ asset_integrity(\"x\") }}", "there is no asset \"x\""),
        (
            "{{ icon(\"kay\") }}",
            "there is no icon \"kay\"\n --> site-gen/theme/templates/page.html:1:4",
        ),
        ("{{ icon(\"kay\") }}", "= help: did you mean \"key\"?"),
        (
            "{{ pages[\"logn\"].title }}",
            "`pages['logn']` is undefined\n --> site-gen/theme/templates/page.html:1:",
        ),
        (
            "{{ pages[\"hepl/index\"].title }}",
            "= help: did you mean \"help/index\"?",
        ),
        ("{{ page.title|uper }}", "there is no filter `uper`"),
    ] {
        let errors = Fixture::new()
            .file("site-gen/theme/css/site.css", "")
            .file("site-gen/theme/icons/key.svg", "<svg><path/></svg>")
            .without("content/en/index.md")
            .template("page.html", text)
            .errors();
        assert!(errors.contains(expected), "{text}:\n{errors}");
    }
}

#[test]
fn a_link_to_a_page_that_is_not_there() {
    let site = Fixture::new().page("ru/help/cabinet-access.md", "").page(
        "ru/help/index.md",
        "Смотрите [как войти](cabinet-acces.md).",
    );
    assert_eq!(
        site.errors(),
        "error: there is no page \"help/cabinet-acces.md\"\n \
         --> content/ru/help/index.md:5:10\n  \
         |\n\
         5 | Смотрите [как войти](cabinet-acces.md).\n  \
         |          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n  \
         = help: did you mean \"cabinet-access.md\"?\n"
    );
}

#[test]
fn links_that_lead_nowhere_and_their_cures() {
    for (link, message, help) in [
        (
            "[a](../hepl/index.md)",
            "there is no page \"hepl/index.md\"",
            "did you mean \"../help/index.md\"?",
        ),
        (
            "[a](/logn.html)",
            "there is nothing at the address \"/logn.html\"",
            "write the path of a page",
        ),
        (
            "[a](/hepl/)",
            "there is nothing at the address \"/hepl/\"",
            "did you mean \"/help/\"?",
        ),
        (
            "[a](../../../index.md)",
            "there is no page \"../../../index.md\"",
            "write the path of a page",
        ),
        (
            "[a](/en-only.md)",
            "there is no page \"en-only.md\"",
            "the page exists in content/en; link to it as /en/en-only.html",
        ),
        (
            "[a](https://a.example/hepl/)",
            "there is nothing at the address \"/hepl/\"",
            "did you mean \"/help/\"?",
        ),
        (
            "[a](http://a.example)",
            "the address is not encrypted",
            "write `https://`",
        ),
        (
            "[a](javascript:alert)",
            "addresses of this kind are not allowed",
            "links may lead to",
        ),
        ("[a]()", "the link leads nowhere", "write an address"),
        (
            "![a](/photo.png)",
            "there is no picture \"/photo.png\"",
            "is a file in site-gen/theme/static",
        ),
        (
            "![a](photo.png)",
            "there is no picture \"photo.png\"",
            "put the file beside the page and write its name",
        ),
        (
            "![a](https://b.example/photo.png)",
            "a picture must be a file of this site",
            "put the file beside the page",
        ),
        (
            "[a](#nchalo)",
            "the page /a/b.html has no place \"#nchalo\"",
            "its places are: #начало-2",
        ),
        (
            "[a](/index.md#начала)",
            "the page / has no place \"#начала\"",
            "did you mean \"#начало\"?",
        ),
    ] {
        let errors = Fixture::new()
            .page("en/en-only.md", "")
            .page("ru/a/b.md", &format!("## Начало {{#начало-2}}\n{link}"))
            .errors();
        assert!(errors.contains(message), "{link}:\n{errors}");
        assert!(errors.contains(help), "{link}:\n{errors}");
        assert!(
            errors.contains("content/ru/a/b.md:6:1"),
            "{link}:\n{errors}"
        );
    }
}

#[test]
fn a_dead_link_in_a_template_is_shown_where_it_is_written() {
    let site = Fixture::new().template("page.html", "<p>\n<a href=\"/hepl/\">{{ page.title }}</a>");
    assert_eq!(
        site.errors(),
        "error: there is nothing at the address \"/hepl/\"\n \
         --> site-gen/theme/templates/page.html:2:10\n  \
         |\n\
         2 | <a href=\"/hepl/\">{{ page.title }}</a>\n  \
         |          ^^^^^^\n  \
         = help: did you mean \"/help/\"?\n"
    );
}

#[test]
fn raw_html_in_a_text() {
    let site = Fixture::new().page("ru/a.md", "Один\n\nДва <b>три</b>");
    assert_eq!(
        site.errors(),
        "error: raw HTML is not allowed here: `<b>`\n \
         --> content/ru/a.md:7:5\n  \
         |\n\
         7 | Два <b>три</b>\n  \
         |     ^^^\n  \
         = help: write **text**; to show it as it is, put a backslash before `<`\n"
    );
}

#[test]
fn a_message_that_one_language_lacks_names_both_files() {
    let site = Fixture::new().file(
        "content/en/messages.toml",
        "[alert]\nnote = \"Note\"\ntip = \"Tip\"\n[script]\nhello = \"Hi\"\n",
    );
    assert_eq!(
        site.errors(),
        "error: the message `alert.tip` is missing in content/ru/messages.toml\n \
         --> content/en/messages.toml:3:1\n  \
         |\n\
         3 | tip = \"Tip\"\n  \
         | ^^^\n  \
         = help: add `alert.tip` to content/ru/messages.toml, or take it out here\n"
    );
}

#[test]
fn files_that_are_missing_altogether() {
    for (path, message) in [
        ("content/site.toml", "error: the file is missing"),
        (
            "content/en/messages.toml",
            "every language has a file with the words of its interface",
        ),
        (
            "site-gen/theme/templates/page.html",
            "there is no template \"page\"",
        ),
    ] {
        let errors = Fixture::new().without(path).errors();
        assert!(errors.contains(message), "{path}:\n{errors}");
    }
}

#[test]
fn two_sources_of_one_file() {
    let errors = Fixture::new()
        .file("site-gen/theme/static/index.html", "")
        .errors();
    assert!(
        errors.starts_with("error: two sources make this file of the site\n --> index.html\n"),
        "{errors}"
    );
}

#[test]
fn mistakes_of_all_kinds_are_told_at_once_sorted_by_file_and_line() {
    let errors = Fixture::new()
        .page("ru/b.md", "[a](nope.md)\n\n<b>\n\n{{ site.nope }}")
        .page("ru/a.md", "[a](/index.md#nope)")
        .template("page.html", "{{ nope }}{{ page.content }}")
        .errors();
    let places: Vec<_> = errors
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("--> "))
        .collect();
    assert_eq!(
        places,
        [
            "content/ru/b.md:5:1",
            "content/ru/b.md:7:1",
            "content/ru/b.md:9:1",
            "site-gen/theme/templates/page.html:1:4",
        ]
    );
}

#[test]
fn a_page_with_broken_front_matter_still_has_its_text_and_its_links_checked() {
    let errors = Fixture::new()
        .file(
            "content/ru/a.md",
            &page("[b](nope.md)").replace("title", "titel"),
        )
        .page("ru/b.md", "[a](a.md)")
        .errors();
    let messages: Vec<_> = errors
        .lines()
        .filter(|line| line.starts_with("error"))
        .collect();
    assert_eq!(
        messages,
        [
            "error: the front matter has no key `titel`",
            "error: there is no page \"nope.md\"",
        ]
    );
}

#[test]
fn a_dead_anchor_in_a_template_is_shown_where_it_is_written() {
    let site = Fixture::new()
        .page("ru/help/index.md", "## Помощь {#part}")
        .template(
            "page.html",
            "<a href=\"/help/#part\"><a href=\"#top\"><p id=\"top\">\n<a href=\"/help/#prat\">{{ page.content }}",
        );
    assert_eq!(
        site.errors(),
        "error: the page /help/ has no place \"#prat\"\n \
         --> site-gen/theme/templates/page.html:2:10\n  \
         |\n\
         2 | <a href=\"/help/#prat\">{{ page.content }}\n  \
         |          ^^^^^^^^^^^\n  \
         = help: did you mean \"#part\"?\n"
    );
}
