//! The fourth stage: pages become documents, and with the other files the finished site in memory.

mod context;
mod environment;
mod template_error;

use std::collections::{BTreeMap, BTreeSet};

use minijinja::{Environment, Value};
use rayon::prelude::*;

use crate::BuildMode;
use crate::diagnostics::Diagnostic;
use crate::headers;
use crate::links::{Linked, LinkedPage, check_anchors, check_page};
use crate::output::OutputFile;
use context::Contexts;

/// A page as a document.
struct Document {
    address: String,
    output: OutputFile,
}

/// Renders the site. If anything is wrong there is no site, only errors.
pub fn render(site: &Linked, mode: BuildMode) -> Result<Vec<OutputFile>, Vec<Diagnostic>> {
    let environment = environment::build(&site.theme)?;
    let contexts = Contexts::new(site, mode);
    let results: Vec<_> = site
        .pages
        .par_iter()
        .map(|page| render_page(page, &environment, &contexts))
        .collect();
    let mut documents = Vec::new();
    let mut errors = Vec::new();
    let mut template_errors: BTreeMap<Diagnostic, Vec<&LinkedPage>> = BTreeMap::new();
    for (page, result) in site.pages.iter().zip(results) {
        match result {
            Ok(document) => documents.push(document),
            Err(Fault::OfPage(error)) => errors.push(error),
            Err(Fault::OfTemplate(error)) => template_errors.entry(error).or_default().push(page),
        }
    }
    errors.extend(template_errors.into_iter().map(told_once));
    errors.extend(broken_anchors(site, &documents));
    let is_whole = documents.len() == site.pages.len();
    let files = assemble(site, documents, mode);
    errors.extend(collisions(&files));
    if is_whole {
        errors.extend(dead_addresses(site, &files));
    }
    if errors.is_empty() {
        Ok(files)
    } else {
        Err(errors)
    }
}

enum Fault {
    OfPage(Diagnostic),
    OfTemplate(Diagnostic),
}

fn render_page(
    linked: &LinkedPage,
    environment: &Environment<'_>,
    contexts: &Contexts<'_>,
) -> Result<Document, Fault> {
    let page = &linked.page;
    let Some((front, context)) = contexts.page(linked) else {
        let error = Diagnostic::about(page.file.path(), "the page cannot be rendered");
        return Err(Fault::OfPage(error));
    };
    let name = format!("{}.html", front.template);
    let Ok(template) = environment.get_template(&name) else {
        let error = page.error(
            front.template_range.clone(),
            format!("there is no template \"{}\"", front.template),
        );
        return Err(Fault::OfPage(
            error
                .help("templates lie in site-gen/theme/templates")
                .maybe_help(environment::nearest_template(environment, &front.template)),
        ));
    };
    match template.render(Value::clone(&context)) {
        Ok(html) => Ok(Document {
            address: page.address(),
            output: OutputFile {
                path: page.path.output(page.language),
                content: html.into_bytes(),
            },
        }),
        Err(error) => Err(Fault::OfTemplate(template_error::describe(
            &error, &context,
        ))),
    }
}

/// A fault of a template comes up on every page; it is told once, with the first of them.
fn told_once((error, pages): (Diagnostic, Vec<&LinkedPage>)) -> Diagnostic {
    let first = pages.first().map(|page| page.page.file.path());
    let first = first.as_deref().unwrap_or("a page");
    match pages.len() {
        0 | 1 => error.note(format!("while rendering {first}")),
        2 => error.note(format!("while rendering {first} and 1 more page")),
        count => error.note(format!(
            "while rendering {first} and {} more pages",
            count - 1
        )),
    }
}

fn broken_anchors(site: &Linked, documents: &[Document]) -> Vec<Diagnostic> {
    let finished: BTreeMap<_, _> = documents
        .iter()
        .filter_map(|document| {
            let html = str::from_utf8(&document.output.content).ok()?;
            Some((document.address.clone(), html))
        })
        .collect();
    let uses = site.pages.iter().flat_map(|page| &page.anchors);
    check_anchors(uses, &finished)
}

/// Addresses without a file, in pages that are all there.
fn dead_addresses(site: &Linked, files: &[OutputFile]) -> Vec<Diagnostic> {
    let names: BTreeSet<_> = files.iter().map(|file| file.path.as_str()).collect();
    let base_url = site.settings.base_url();
    files
        .par_iter()
        .filter(|file| file.is_page())
        .filter_map(|file| str::from_utf8(&file.content).ok())
        .flat_map_iter(|html| check_page(html, base_url, &names, &site.theme.templates))
        .collect()
}

fn assemble(site: &Linked, documents: Vec<Document>, mode: BuildMode) -> Vec<OutputFile> {
    let text = |path: &str, content: String| OutputFile {
        path: path.to_owned(),
        content: content.into_bytes(),
    };
    let pages = documents
        .iter()
        .map(|document| document.output.path.as_str());
    let redirects = text("_redirects", headers::redirects(pages));
    let mut files: Vec<_> = documents
        .into_iter()
        .map(|document| document.output)
        .collect();
    files.push(redirects);
    files.push(text("_headers", headers::headers(mode)));
    files.extend(
        site.theme
            .assets
            .iter()
            .map(|asset| text(&asset.output, asset.content.clone())),
    );
    files.extend(site.theme.files.iter().map(|file| OutputFile {
        path: file.path.clone(),
        content: file.content.clone(),
    }));
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
}

/// Two sources must not make the same file.
fn collisions(files: &[OutputFile]) -> Vec<Diagnostic> {
    files
        .windows(2)
        .filter_map(|pair| match pair {
            [one, other] if one.path == other.path => Some(
                Diagnostic::about(one.path.clone(), "two sources make this file of the site")
                    .help("rename one of them: pages come from content/, other files from site-gen/theme/static"),
            ),
            _ => None,
        })
        .collect()
}
