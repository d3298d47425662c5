//! Structured data (JSON-LD after <https://schema.org>): what a page is, said so that search engines need not guess.
//!
//! Only what stands on the page or in the settings is said.

use serde_json::{Value, json};

use super::Publisher;
use crate::dates;
use crate::language::Language;
use crate::markup::json_in_script;
use time::Date;

/// What a page is to search engines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The first page of a language: it introduces the site and who runs it.
    Home,
    /// An article of the help.
    Article,
    /// Any other page.
    Plain,
}

/// An index page above a page.
#[derive(Debug, Clone, Copy)]
pub struct Crumb<'a> {
    /// Its title in navigation.
    pub title: &'a str,
    /// Its address on the site.
    pub address: &'a str,
}

/// A question with its answer, both plain text.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The question.
    pub question: &'a str,
    /// The answer.
    pub answer: &'a str,
}

/// A procedure with its steps, plain text.
#[derive(Debug, Clone, Copy)]
pub struct Procedure<'a> {
    /// What the procedure is good for: the title of the page or of the heading above it.
    pub name: &'a str,
    /// The steps in their order.
    pub steps: &'a [String],
}

/// The facts about a page.
#[derive(Debug, Clone, Copy)]
pub struct PageFacts<'a> {
    /// What the page is.
    pub kind: Kind,
    /// The language of the page.
    pub language: Language,
    /// The address on the site.
    pub address: &'a str,
    /// The title.
    pub title: &'a str,
    /// One or two sentences about the page.
    pub description: &'a str,
    /// The day of the last change, where it is known.
    pub updated: Option<Date>,
    /// The way from the home page to this one, without this one.
    pub breadcrumbs: &'a [Crumb<'a>],
    /// Questions that the page answers.
    pub questions: &'a [Question<'a>],
    /// Procedures that the page describes.
    pub procedures: &'a [Procedure<'a>],
}

/// The structured data of a page as JSON that may stand inside a `<script>` element; empty where there is nothing to say.
#[must_use]
pub fn structured_data(publisher: &Publisher<'_>, page: &PageFacts<'_>) -> String {
    let mut graph = Vec::new();
    match page.kind {
        Kind::Home => graph.extend([organization(publisher), site(publisher, page)]),
        Kind::Article => graph.push(article(publisher, page)),
        Kind::Plain => {}
    }
    if !page.breadcrumbs.is_empty() {
        graph.push(breadcrumbs(publisher, page));
    }
    if !page.questions.is_empty() {
        graph.push(questions(page));
    }
    graph.extend(
        page.procedures
            .iter()
            .filter(|procedure| !procedure.steps.is_empty())
            .map(|procedure| how_to(procedure, page.language)),
    );
    if graph.is_empty() {
        return String::new();
    }
    json_in_script(&json!({ "@context": "https://schema.org", "@graph": graph }).to_string())
}

fn organization(publisher: &Publisher<'_>) -> Value {
    json!({
        "@type": "Organization",
        "@id": organization_id(publisher),
        "name": publisher.brand,
        "url": format!("{}/", publisher.base_url),
        "email": publisher.support_email,
    })
}

fn organization_id(publisher: &Publisher<'_>) -> String {
    format!("{}/#organization", publisher.base_url)
}

fn site(publisher: &Publisher<'_>, page: &PageFacts<'_>) -> Value {
    json!({
        "@type": "WebSite",
        "name": publisher.brand,
        "description": page.description,
        "url": url(publisher, page.address),
        "inLanguage": page.language.code(),
        "publisher": { "@id": organization_id(publisher) },
    })
}

fn article(publisher: &Publisher<'_>, page: &PageFacts<'_>) -> Value {
    let mut article = json!({
        "@type": "TechArticle",
        "headline": page.title,
        "description": page.description,
        "url": url(publisher, page.address),
        "mainEntityOfPage": url(publisher, page.address),
        "inLanguage": page.language.code(),
        "author": named(publisher),
        "publisher": named(publisher),
    });
    if let (Some(day), Some(article)) = (page.updated, article.as_object_mut()) {
        article.insert("dateModified".to_owned(), dates::for_machines(day).into());
    }
    article
}

/// The organization as pages other than the first one name it.
fn named(publisher: &Publisher<'_>) -> Value {
    json!({
        "@type": "Organization",
        "@id": organization_id(publisher),
        "name": publisher.brand,
        "url": format!("{}/", publisher.base_url),
    })
}

fn breadcrumbs(publisher: &Publisher<'_>, page: &PageFacts<'_>) -> Value {
    let own = Crumb {
        title: page.title,
        address: page.address,
    };
    let items: Vec<_> = page
        .breadcrumbs
        .iter()
        .chain([&own])
        .zip(1..)
        .map(|(crumb, position)| {
            json!({
                "@type": "ListItem",
                "position": position,
                "name": crumb.title,
                "item": url(publisher, crumb.address),
            })
        })
        .collect();
    json!({ "@type": "BreadcrumbList", "itemListElement": items })
}

fn questions(page: &PageFacts<'_>) -> Value {
    let questions: Vec<_> = page
        .questions
        .iter()
        .map(|Question { question, answer }| {
            json!({
                "@type": "Question",
                "name": question,
                "acceptedAnswer": { "@type": "Answer", "text": answer },
            })
        })
        .collect();
    json!({
        "@type": "FAQPage",
        "inLanguage": page.language.code(),
        "mainEntity": questions,
    })
}

fn how_to(procedure: &Procedure<'_>, language: Language) -> Value {
    let steps: Vec<_> = procedure
        .steps
        .iter()
        .zip(1..)
        .map(|(text, position)| json!({ "@type": "HowToStep", "position": position, "text": text }))
        .collect();
    json!({
        "@type": "HowTo",
        "name": procedure.name,
        "inLanguage": language.code(),
        "step": steps,
    })
}

fn url(publisher: &Publisher<'_>, address: &str) -> String {
    format!("{}{address}", publisher.base_url)
}
