//! The floor of the benchmark: reads Markdown files, renders each through one template and writes it, on all cores.
//!
//! `bare CONTENT OUTPUT` knows nothing of links, sections, checks, highlighting or search, and its front matter is cut off
//! unread. What a generator takes more than this is the price of what it does more.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use minijinja::{AutoEscape, Environment, context};
use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;

const LAYOUT: &str = "<!doctype html>\n<html lang=\"ru\">\n<head><meta charset=\"utf-8\"><title>{{ title }}</title></head>\n\
    <body><main><h1>{{ title }}</h1>\n{{ content | safe }}</main></body>\n</html>\n";

/// Errors cross threads here.
type Failure = Box<dyn Error + Send + Sync>;

fn main() -> Result<(), Failure> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(content), Some(output)) = (arguments.next(), arguments.next()) else {
        return Err("usage: bare CONTENT OUTPUT".into());
    };
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.add_template("layout", LAYOUT)?;
    let mut pages = Vec::new();
    list(&content, Path::new(""), &output, &mut pages)?;
    pages
        .par_iter()
        .try_for_each(|page| render(&content.join(page), &output.join(page), &environment))
}

/// Finds the pages below a folder and makes their folders in the output.
fn list(
    content: &Path,
    folder: &Path,
    output: &Path,
    pages: &mut Vec<PathBuf>,
) -> Result<(), Failure> {
    fs::create_dir_all(output.join(folder))?;
    for entry in fs::read_dir(content.join(folder))? {
        let entry = entry?;
        let path = folder.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            list(content, &path, output, pages)?;
        } else if path.extension().is_some_and(|extension| extension == "md") {
            pages.push(path);
        }
    }
    Ok(())
}

fn render(source: &Path, target: &Path, environment: &Environment<'_>) -> Result<(), Failure> {
    let text = fs::read_to_string(source)?;
    let (head, body) = text
        .strip_prefix("+++\n")
        .and_then(|rest| rest.split_once("\n+++\n"))
        .unwrap_or(("", &text));
    let dialect = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    let mut content = String::with_capacity(body.len() * 3 / 2);
    html::push_html(&mut content, Parser::new_ext(body, dialect));
    let title = head.lines().next().unwrap_or_default();
    let page = environment
        .get_template("layout")?
        .render(context! { title, content })?;
    fs::write(target.with_extension("html"), page)?;
    Ok(())
}
