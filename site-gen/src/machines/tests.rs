use super::*;
use proptest::prelude::*;
use roxmltree::Document;
use serde_json::Value;
use time::Month;

const PUBLISHER: Publisher<'static> = Publisher {
    base_url: "https://a.example",
    brand: "Brand & Co",
    support_email: "a@b.example",
};
const TWINS: &[(Language, &str)] = &[
    (Language::Russian, "/help/a.html"),
    (Language::English, "/en/help/a.html"),
];

fn day(number: u8) -> Option<Date> {
    Date::from_calendar_date(2026, Month::March, number).ok()
}

/// An article as all of the tests here need it.
fn article<'a>(address: &'a str, title: &'a str) -> Listing<'a> {
    Listing {
        language: Language::Russian,
        address,
        title,
        description: "About",
        updated: day(1),
        is_help: true,
        is_indexed: true,
        section: "Помощь",
        markdown_address: Some("/help/a.md"),
        alternates: &[],
    }
}

fn only_file(listings: &[Listing<'_>]) -> String {
    let mut files = sitemap(PUBLISHER.base_url, listings);
    assert_eq!(files.len(), 1);
    String::from_utf8(files.remove(0).content).unwrap()
}

fn channel(language: Language) -> Channel<'static> {
    Channel {
        language,
        title: "News",
        address: "/help/feed.xml",
        page: "/help/",
    }
}

#[test]
fn the_sitemap_tells_days_and_twins_and_leaves_out_what_is_not_to_be_listed() {
    let plain = Listing {
        updated: None,
        ..article("/", "Home")
    };
    let with_twin = Listing {
        alternates: TWINS,
        ..article("/help/a.html", "A")
    };
    let hidden = Listing {
        is_indexed: false,
        ..article("/404.html", "404")
    };
    assert_eq!(
        only_file(&[plain, with_twin, hidden]),
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n\
         <url><loc>https://a.example/</loc></url>\n\
         <url><loc>https://a.example/help/a.html</loc><lastmod>2026-03-01</lastmod>\
         <xhtml:link rel=\"alternate\" hreflang=\"ru\" href=\"https://a.example/help/a.html\"/>\
         <xhtml:link rel=\"alternate\" hreflang=\"x-default\" href=\"https://a.example/help/a.html\"/>\
         <xhtml:link rel=\"alternate\" hreflang=\"en\" href=\"https://a.example/en/help/a.html\"/></url>\n\
         </urlset>\n"
    );
}

#[test]
fn the_feed_holds_the_newest_articles_of_its_language() {
    let addresses: Vec<_> = (0..40)
        .map(|number| format!("/help/{number:02}.html"))
        .collect();
    let mut listings: Vec<_> = addresses
        .iter()
        .zip(0..)
        .map(|(address, number)| Listing {
            updated: day(1 + number % 28),
            ..article(address, "A")
        })
        .collect();
    listings.extend([
        Listing {
            language: Language::English,
            ..article("/en/help/a.html", "English")
        },
        Listing {
            is_help: false,
            ..article("/terms.html", "Not of the help")
        },
        Listing {
            is_indexed: false,
            ..article("/help/print.html", "Not listed")
        },
        Listing {
            updated: None,
            ..article("/help/undated.html", "Not dated")
        },
    ]);
    let text = feed(&PUBLISHER, &channel(Language::Russian), &listings).unwrap();
    let document = Document::parse(&text).unwrap();
    let texts = |name: &str| -> Vec<String> {
        let named = document
            .descendants()
            .filter(|node| node.has_tag_name(name));
        named
            .filter_map(|node| node.text().map(str::to_owned))
            .collect()
    };
    let days = texts("updated");
    assert_eq!(days.len(), NEWEST + 1);
    assert_eq!(days[0], "2026-03-28T00:00:00Z");
    assert!(days.is_sorted_by(|one, other| one >= other), "{days:?}");
    assert_eq!(
        texts("id")[0..2],
        [
            "https://a.example/help/feed.xml",
            "https://a.example/help/27.html"
        ]
    );
    assert_eq!(texts("name"), ["Brand & Co"]);
    assert!(texts("title").iter().skip(1).all(|title| title == "A"));
}

#[test]
fn there_is_no_feed_without_a_day() {
    let undated = Listing {
        updated: None,
        ..article("/help/a.html", "A")
    };
    assert_eq!(
        feed(&PUBLISHER, &channel(Language::Russian), &[undated]),
        None
    );
    assert_eq!(
        feed(
            &PUBLISHER,
            &channel(Language::English),
            &[article("/", "A")]
        ),
        None
    );
}

#[test]
fn language_models_get_the_copies_by_section() {
    let listings = [
        article("/help/a.html", "Как [войти]"),
        Listing {
            language: Language::English,
            section: "Help",
            markdown_address: Some("/en/help/a.md"),
            ..article("/en/help/a.html", "Sign in")
        },
        Listing {
            markdown_address: Some("/help/b.md"),
            description: "Two\nlines,\u{a0}one",
            ..article("/help/b.html", "Б")
        },
        Listing {
            markdown_address: None,
            ..article("/terms.html", "Terms")
        },
        Listing {
            is_indexed: false,
            ..article("/help/c.html", "C")
        },
    ];
    assert_eq!(
        llms(&PUBLISHER, "What it is", &listings),
        "# Brand & Co\n\n> What it is\n\n\
         ## Помощь\n\n\
         - [Как \\[войти\\]](https://a.example/help/a.md): About\n\
         - [Б](https://a.example/help/b.md): Two lines,\u{a0}one\n\n\
         ## Help\n\n\
         - [Sign in](https://a.example/en/help/a.md): About\n"
    );
}

fn facts<'a>(kind: Kind, address: &'a str, title: &'a str) -> PageFacts<'a> {
    PageFacts {
        kind,
        language: Language::Russian,
        address,
        title,
        description: "About",
        updated: day(1),
        breadcrumbs: &[],
        questions: &[],
        procedures: &[],
    }
}

fn graph(page: &PageFacts<'_>) -> Vec<Value> {
    let data: Value = serde_json::from_str(&structured_data(&PUBLISHER, page)).unwrap();
    assert_eq!(data["@context"], "https://schema.org");
    data["@graph"].as_array().unwrap().clone()
}

#[test]
fn the_first_page_introduces_the_site_with_known_facts_only() {
    let graph = graph(&facts(Kind::Home, "/", "Home"));
    assert_eq!(
        graph,
        [
            serde_json::json!({
                "@type": "Organization",
                "@id": "https://a.example/#organization",
                "name": "Brand & Co",
                "url": "https://a.example/",
                "email": "a@b.example",
            }),
            serde_json::json!({
                "@type": "WebSite",
                "name": "Brand & Co",
                "description": "About",
                "url": "https://a.example/",
                "inLanguage": "ru",
                "publisher": { "@id": "https://a.example/#organization" },
            }),
        ]
    );
}

#[test]
fn an_article_tells_its_day_its_place_its_questions_and_its_steps() {
    let steps = ["Open".to_owned(), "Sign in".to_owned()];
    let page = PageFacts {
        breadcrumbs: &[
            Crumb {
                title: "Главная",
                address: "/",
            },
            Crumb {
                title: "Помощь",
                address: "/help/",
            },
        ],
        questions: &[Question {
            question: "How?",
            answer: "So.",
        }],
        procedures: &[
            Procedure {
                name: "To enter",
                steps: &steps,
            },
            Procedure {
                name: "Empty",
                steps: &[],
            },
        ],
        ..facts(Kind::Article, "/help/a.html", "A")
    };
    let graph = graph(&page);
    let types: Vec<_> = graph
        .iter()
        .map(|node| node["@type"].as_str().unwrap())
        .collect();
    assert_eq!(types, ["TechArticle", "BreadcrumbList", "FAQPage", "HowTo"]);
    assert_eq!(graph[0]["dateModified"], "2026-03-01");
    assert_eq!(graph[0]["url"], "https://a.example/help/a.html");
    let places = graph[1]["itemListElement"].as_array().unwrap();
    let names: Vec<_> = places
        .iter()
        .map(|place| {
            (
                place["position"].as_u64().unwrap(),
                place["name"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(names, [(1, "Главная"), (2, "Помощь"), (3, "A")]);
    assert_eq!(graph[2]["mainEntity"][0]["acceptedAnswer"]["text"], "So.");
    assert_eq!(graph[3]["step"][1]["position"], 2);
    assert_eq!(graph[3]["step"][1]["text"], "Sign in");
}

#[test]
fn a_plain_page_says_nothing_that_is_not_known() {
    let plain = PageFacts {
        updated: None,
        ..facts(Kind::Plain, "/terms.html", "Terms")
    };
    assert_eq!(structured_data(&PUBLISHER, &plain), "");
    let undated = PageFacts {
        updated: None,
        ..facts(Kind::Article, "/help/a.html", "A")
    };
    assert_eq!(graph(&undated)[0].get("dateModified"), None);
}

proptest! {
    #[test]
    fn any_title_survives_the_way_through_xml(title in "[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ufffe\\uffff]{1,40}") {
        let listing = Listing { description: &title, ..article("/help/a.html", &title) };
        let text = feed(&PUBLISHER, &channel(Language::Russian), &[listing]).unwrap();
        let document = Document::parse(&text).unwrap();
        let entry = document.descendants().find(|node| node.has_tag_name("entry")).unwrap();
        for name in ["title", "summary"] {
            let node = entry.children().find(|node| node.has_tag_name(name)).unwrap();
            prop_assert_eq!(node.text(), Some(title.as_str()));
        }
    }

    #[test]
    fn any_address_survives_the_way_into_an_attribute(address in "/\\PC{0,40}") {
        let twins = [(Language::Russian, "/"), (Language::English, address.as_str())];
        let listing = Listing { alternates: &twins, ..article("/", "A") };
        let text = only_file(&[listing]);
        let document = Document::parse(&text).unwrap();
        let expected = format!("https://a.example{address}");
        let found = document.descendants().any(|node| node.attribute("href") == Some(&expected));
        prop_assert!(found, "{}", text);
    }

    #[test]
    fn whatever_a_title_holds_the_xml_stays_well_formed(title in any::<String>()) {
        let text = feed(&PUBLISHER, &channel(Language::Russian), &[article("/", &title)]).unwrap();
        prop_assert!(Document::parse(&text).is_ok(), "{}", text);
    }

    #[test]
    fn any_title_survives_the_way_through_json_and_cannot_close_its_element(title in any::<String>()) {
        let page = facts(Kind::Article, "/help/a.html", &title);
        prop_assert!(!structured_data(&PUBLISHER, &page).contains('<'));
        let graph = graph(&page);
        prop_assert_eq!(graph[0]["headline"].as_str(), Some(title.as_str()));
    }
}
