//! One written address becomes the attribute of a link or picture, or an error.

use super::anchors::AnchorUse;
use super::index::Index;
use super::target::{Local, Target};
use crate::content::Page;
use crate::diagnostics::Diagnostic;
use crate::language::Language;
use crate::markdown::{Usage, WrittenLink};
use crate::markup::escape;
use crate::relative::join;
use crate::suggestion::{did_you_mean, nearest};

/// A finished attribute, and the id that it points to if any.
#[derive(Debug)]
pub(super) struct Resolved {
    pub(super) attribute: String,
    pub(super) anchor: Option<AnchorUse>,
}

type Resolution = Result<Resolved, Diagnostic>;

/// Resolves an address written on a page.
pub(super) fn resolve(page: &Page, written: &WrittenLink, index: &Index) -> Resolution {
    let (alternative, title) = match &written.usage {
        Usage::Term => return term(page, written, index),
        Usage::Link => return link(page, written, index),
        Usage::Picture { alternative, title } => (alternative, title),
    };
    match Target::parse(&written.target) {
        Target::Refused(message, help) => Err(refuse(written, message, help)),
        Target::Site(local) => picture(written, index, &local, alternative, title),
        _ => Err(refuse(
            written,
            "a picture must be a file of this site",
            "put it into site-gen/theme/static and write its address: /name.png",
        )),
    }
}

fn link(page: &Page, written: &WrittenLink, index: &Index) -> Resolution {
    match Target::parse(&written.target) {
        Target::Refused(message, help) => Err(refuse(written, message, help)),
        Target::External(address) => Ok(plain(format!(
            "href=\"{}\" rel=\"noopener\"",
            escape(address)
        ))),
        Target::Contact(address) => Ok(plain(format!("href=\"{}\"", escape(address)))),
        Target::Source(local) => source(page, written, index, &local),
        Target::Site(local) => site(page, written, index, &local),
    }
}

fn source(page: &Page, written: &WrittenLink, index: &Index, local: &Local<'_>) -> Resolution {
    let file = join(&written.folder(), &local.path);
    let found = file
        .as_deref()
        .and_then(|file| index.page(page.language, file));
    if let Some(path) = found {
        Ok(lead(written, &path.address(page.language), local))
    } else {
        let file = file.unwrap_or_else(|| local.path.clone());
        Err(missing_page(page, written, index, &file))
    }
}

fn missing_page(page: &Page, written: &WrittenLink, index: &Index, file: &str) -> Diagnostic {
    let error = fault(written, format!("there is no page \"{file}\""));
    let elsewhere = Language::ALL
        .into_iter()
        .find_map(|language| Some((language, index.page(language, file)?)));
    let help = match elsewhere {
        Some((language, path)) => Some(format!(
            "the page exists in content/{language}; link to it as {}",
            path.address(language)
        )),
        None => nearest(file, index.page_files(page.language)).map(|file| {
            format!(
                "did you mean \"{}\"?",
                as_written_in(&written.folder(), file)
            )
        }),
    };
    error
        .help("write the path of a page relative to this one, or from the root with `/` in front")
        .maybe_help(help)
}

/// The path of a page as an author would write it in a file of this folder.
fn as_written_in(folder: &str, file: &str) -> String {
    let below = file
        .strip_prefix(folder)
        .map(|rest| rest.trim_start_matches('/'));
    match below {
        Some(below) => below.to_owned(),
        None => format!("/{file}"),
    }
}

fn site(page: &Page, written: &WrittenLink, index: &Index, local: &Local<'_>) -> Resolution {
    if local.path.is_empty() {
        return Ok(lead(written, &page.address(), local));
    }
    let own = page.address();
    let folder = own.rsplit_once('/').map_or("", |(folder, _)| folder);
    let address = join(folder, &local.path).map(|path| format!("/{path}"));
    match address {
        Some(address) if index.has_page_address(&address) => Ok(lead(written, &address, local)),
        Some(address) if index.has_file(&address) => {
            Ok(plain(format!("href=\"{}\"", finished(&address, local))))
        }
        _ => {
            let address = address.unwrap_or_else(|| local.path.clone());
            let message = format!("there is nothing at the address \"{address}\"");
            Err(fault(written, message)
                .help("write the path of a page, like ../login.md, or an address, like /login.html")
                .maybe_help(did_you_mean(&address, index.addresses())))
        }
    }
}

fn picture(
    written: &WrittenLink,
    index: &Index,
    local: &Local<'_>,
    alternative: &str,
    title: &str,
) -> Resolution {
    if index.has_file(&local.path) {
        let title = if title.is_empty() {
            String::new()
        } else {
            format!(" title=\"{}\"", escape(title))
        };
        return Ok(plain(format!(
            "<img src=\"{}\" alt=\"{}\"{title}>",
            finished(&local.path, local),
            escape(alternative)
        )));
    }
    let message = format!("there is no picture \"{}\"", local.path);
    Err(fault(written, message)
        .help("put it into site-gen/theme/static and write its address: /name.png")
        .maybe_help(did_you_mean(&local.path, index.files())))
}

/// A link to a term leads to the page that lists the terms.
fn term(page: &Page, written: &WrittenLink, index: &Index) -> Resolution {
    let address = index.glossary(page.language).ok_or_else(|| {
        let message = "no page lists the terms of the glossary";
        refuse(
            written,
            message,
            "write `::: glossary` and `:::` on a page of this language",
        )
    })?;
    Ok(plain(format!(
        "href=\"{}#term-{}\"",
        escape(address),
        written.target
    )))
}

/// A link to a page; the id is looked up later.
fn lead(written: &WrittenLink, address: &str, local: &Local<'_>) -> Resolved {
    let is_on_this_page = local.path.is_empty() && local.query.is_none();
    let shown = if is_on_this_page { "" } else { address };
    Resolved {
        attribute: format!("href=\"{}\"", finished(shown, local)),
        anchor: local
            .anchor
            .as_ref()
            .filter(|id| !id.is_empty())
            .map(|id| AnchorUse {
                file: written.file.clone(),
                range: written.range.clone(),
                address: address.to_owned(),
                id: id.clone(),
            }),
    }
}

fn finished(address: &str, local: &Local<'_>) -> String {
    let query = local.query.map(|query| format!("?{query}"));
    let anchor = local.anchor.as_ref().map(|anchor| format!("#{anchor}"));
    let whole = format!(
        "{address}{}{}",
        query.unwrap_or_default(),
        anchor.unwrap_or_default()
    );
    escape(&whole).replace(' ', "%20")
}

const fn plain(attribute: String) -> Resolved {
    Resolved {
        attribute,
        anchor: None,
    }
}

fn refuse(written: &WrittenLink, message: &str, help: &str) -> Diagnostic {
    fault(written, message).help(help)
}

/// An error at the place where the address is written, which may be in a part.
fn fault(written: &WrittenLink, message: impl Into<String>) -> Diagnostic {
    Diagnostic::at(&written.file, written.range.clone(), message)
}
