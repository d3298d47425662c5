//! What templates can use, and what comes out.

use crate::fixture::Fixture;
use site_gen::BuildMode;

/// A page as all of the tests here need it.
fn titled(title: &str, more: &str) -> String {
    format!("+++\ntitle = \"{title}\"\ndescription = \"About {title}\"\n{more}\n+++\n## Часть\n")
}

fn rendered(template: &str) -> String {
    Fixture::new()
        .file("content/ru/index.md", &titled("Главная", ""))
        .file("content/en/index.md", &titled("Home", ""))
        .file("content/ru/help/index.md", &titled("Помощь", "nav = \"?\""))
        .file("content/en/help/index.md", &titled("Help", ""))
        .file("content/ru/help/b.md", &titled("Б", "order = 1"))
        .file(
            "content/ru/help/c.md",
            &titled("Вот <i>", "order = 1\nrobots = \"noindex\"\nsample = true"),
        )
        .file("content/ru/help/a.md", &titled("А", "order = 2"))
        .file("content/en/help/c.md", &titled("C", ""))
        .template("page.html", template)
        .render("help/c.html")
}

#[test]
fn a_template_sees_the_page_its_section_and_its_relatives() {
    for (template, expected) in [
        ("{{ page.title }}", "Вот &lt;i&gt;"),
        ("{{ page.description }}", "About Вот &lt;i&gt;"),
        (
            "{{ page.address }} {{ page.url }}",
            "/help/c.html https://a.example/help/c.html",
        ),
        (
            "{{ page.lang }} {{ lang }} {{ page.template }}",
            "ru ru page",
        ),
        (
            "{{ page.order }} {{ page.robots }} {{ page.sample }}",
            "1 noindex True",
        ),
        ("{{ page.source }}", "content/ru/help/c.md"),
        ("{{ page.content }}", "<h2 id=\"часть\">Часть</h2>\n"),
        (
            "{% for h in page.toc %}{{ h.id }},{{ h.title }},{{ h.level }}{% endfor %}",
            "часть,Часть,2",
        ),
        (
            "{% for b in page.breadcrumbs %}{{ b.title }}={{ b.address }} {% endfor %}",
            "Главная=/ ?=/help/ ",
        ),
        (
            "{% for a in page.alternates %}{{ a.lang }} {{ a.title }} {{ a.url }} {% endfor %}",
            "ru Вот &lt;i&gt; https://a.example/help/c.html en C https://a.example/en/help/c.html ",
        ),
        (
            "{% for p in section %}{{ p.title }}={{ p.address }}{% if p.current %}!{% endif %} {% endfor %}",
            "Б=/help/b.html Вот &lt;i&gt;=/help/c.html! А=/help/a.html ",
        ),
        (
            "{{ pages[\"help/index\"].nav }} {{ pages.index.address }}",
            "? /",
        ),
        ("{{ site.mail }} {{ t.alert.note }}", "a@b.example Note"),
        ("{{ messages_json }}", "{\"hello\":\"Hi\"}"),
        ("{{ live_reload }}", "False"),
    ] {
        assert_eq!(rendered(template), expected, "{template}");
    }
}

#[test]
fn links_between_pages_become_addresses_in_the_language_of_the_page() {
    let mut site = Fixture::new()
        .template("page.html", "<i id=\"from-template\">{{ page.content }}")
        .file("site-gen/theme/static/rules.pdf", "")
        .file("site-gen/theme/static/photo.png", "");
    for (link, expected) in [
        ("[a](index.md)", "<a href=\"/help/\">a</a>"),
        ("[a](../index.md#начало)", "<a href=\"/#начало\">a</a>"),
        ("[a](/help/index.md)", "<a href=\"/help/\">a</a>"),
        ("[a](/help/)", "<a href=\"/help/\">a</a>"),
        ("[a](./)", "<a href=\"/help/\">a</a>"),
        ("[a](/en/)", "<a href=\"/en/\">a</a>"),
        (
            "[a](/help/?b=c&d#from-template)",
            "<a href=\"/help/?b=c&amp;d#from-template\">a</a>",
        ),
        ("[a](#%D0%B0)\n\n## А", "<a href=\"#а\">a</a>"),
        ("[a](#from-template)", "<a href=\"#from-template\">a</a>"),
        ("[a](/rules.pdf)", "<a href=\"/rules.pdf\">a</a>"),
        (
            "[a](mailto:{{ site.mail }})",
            "<a href=\"mailto:a@b.example\">a</a>",
        ),
        (
            "[a](https://b.example/?c&d)",
            "<a href=\"https://b.example/?c&amp;d\" rel=\"noopener\">a</a>",
        ),
        (
            "<https://b.example>",
            "<a href=\"https://b.example\" rel=\"noopener\">https://b.example</a>",
        ),
        ("[a][b]\n\n[b]: index.md", "<a href=\"/help/\">a</a>"),
        (
            "![Фото](/photo.png)",
            "<img src=\"/photo.png\" alt=\"Фото\">",
        ),
    ] {
        site = site.page("ru/help/a.md", link);
        let html = site.render("help/a.html");
        assert!(html.contains(expected), "{link}:\n{html}");
    }
}

#[test]
fn values_are_escaped_but_slashes_are_left_readable() {
    let html = Fixture::new()
        .template(
            "page.html",
            "<a href=\"{{ page.url }}\" title='{{ \"\\\"<'&\" }}'>",
        )
        .render("index.html");
    assert_eq!(
        html,
        "<a href=\"https://a.example/\" title='&quot;&lt;&#39;&amp;'>"
    );
}

#[test]
fn assets_are_published_under_names_that_change_with_their_content() {
    let site = Fixture::new()
        .file("site-gen/theme/css/tokens.css", ":root{}\n")
        .file("site-gen/theme/css/site.css", "@import \"tokens.css\";\na{}\n")
        .file("site-gen/theme/js/site.js", "import { b } from \"./b.js\";\nrun(b);\n")
        .file("site-gen/theme/js/b.js", "export const b = window.b;\n")
        .file("site-gen/theme/icons/key.svg", "<svg viewBox=\"0 0 1 1\"><path/></svg>\n")
        .file("site-gen/theme/static/.well-known/security.txt", "Contact: x\n")
        .template(
            "page.html",
            "{{ asset(\"css/site.css\") }} {{ asset_integrity(\"css/site.css\") }} {{ asset(\"js/site.js\") }} {{ icon(\"key\") }}",
        );
    let files = site.generate(BuildMode::Publish);
    let html = &files["index.html"];
    let words: Vec<_> = html.splitn(4, ' ').collect();
    assert!(words[0].starts_with("/assets/site."), "{html}");
    assert_eq!(files[&words[0][1..]], ":root{}\na{}\n");
    assert!(
        words[1].starts_with("sha384-") && words[1].len() == 71,
        "{html}"
    );
    assert_eq!(files[&words[2][1..]], "const e=window.b;run(e);\n");
    assert_eq!(
        words[3],
        "<svg aria-hidden=\"true\" focusable=\"false\" viewBox=\"0 0 1 1\"><path/></svg>"
    );
    assert_eq!(files[".well-known/security.txt"], "Contact: x\n");
    assert!(files["_headers"].contains("script-src 'self'"));
    assert!(files["_redirects"].contains("/help/ /help/index.html 200\n/help /help/ 301\n"));
}

#[test]
fn only_a_preview_keeps_itself_up_to_date() {
    let site = Fixture::new()
        .file(
            "site-gen/theme/js/live-reload.js",
            "import \"./preview-page.js\";",
        )
        .file("site-gen/theme/js/preview-page.js", "1")
        .file("site-gen/theme/css/preview.css", "a{}")
        .template(
            "page.html",
            "{% if live_reload %}{{ asset(\"js/live-reload.js\") }}{% endif %}",
        );
    let published = site.generate(BuildMode::Publish);
    assert_eq!(published["index.html"], "");
    let is_of_previews = |path: &String| path.contains("live-reload") || path.contains("preview");
    assert!(!published.keys().any(is_of_previews));

    let preview = site.generate(BuildMode::Preview);
    assert!(preview["index.html"].starts_with("/assets/live-reload."));
    assert_eq!(
        preview.keys().filter(|path| is_of_previews(path)).count(),
        2,
        "the bundle of the scripts and the style sheet"
    );
}
