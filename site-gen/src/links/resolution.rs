//! One written address becomes the attribute of a link or the element of a picture, or an error.

mod picture;

use super::anchors::AnchorUse;
use super::lookup::Lookup;
use super::target::{Local, Target};
use crate::content::{Page, PageId};
use crate::diagnostics::Diagnostic;
use crate::language::Language;
use crate::markdown::{Usage, WrittenLink};
use crate::markup::escape;
use crate::relative::{join, written_in};
use crate::suggestion::{did_you_mean_path, nearest_path, question};

/// What becomes of one written address.
#[derive(Debug)]
pub(super) struct Resolved {
    /// What fills the hole in the HTML.
    pub(super) filling: String,
    /// The address, whole, for the copy in Markdown.
    pub(super) address: String,
    /// The id that it points to, if any.
    pub(super) anchor: Option<AnchorUse>,
}

type Resolution = Result<Resolved, Diagnostic>;

/// Resolves an address written on a page.
pub(super) fn resolve(page: &Page, written: &WrittenLink, lookup: &mut Lookup<'_>) -> Resolution {
    match &written.usage {
        Usage::Term => term(page, written, lookup),
        Usage::Link => link(page, written, lookup),
        Usage::Picture { alternative, title } => {
            picture::resolve(page, written, lookup, (alternative, title))
        }
    }
}

fn link(page: &Page, written: &WrittenLink, lookup: &mut Lookup<'_>) -> Resolution {
    match Target::read(&written.target, lookup.base_url()) {
        Target::Refused(message, help) => Err(refuse(written, message, help)),
        Target::External(address) => Ok(Resolved {
            filling: format!("href=\"{}\" rel=\"noopener\"", escape(address)),
            ..plain(address.to_owned())
        }),
        Target::Contact(address) => Ok(plain(address.to_owned())),
        Target::Source(local) => source(page, written, lookup, &local),
        Target::Site(local) => site(page, written, lookup, &local),
    }
}

fn source(
    page: &Page,
    written: &WrittenLink,
    lookup: &mut Lookup<'_>,
    local: &Local<'_>,
) -> Resolution {
    let file = join(&written.folder(), &local.path);
    let found = file
        .as_deref()
        .and_then(|file| lookup.page(page.id.language, file));
    if let Some(view) = found {
        Ok(lead(written, &view.id, &view.address, local))
    } else {
        let file = file.unwrap_or_else(|| local.path.clone());
        Err(missing_page(page, written, lookup, &file))
    }
}

fn missing_page(
    page: &Page,
    written: &WrittenLink,
    lookup: &mut Lookup<'_>,
    file: &str,
) -> Diagnostic {
    let language = page.id.language;
    if lookup.is_draft(language, file) {
        let message = format!("the page \"{file}\" is a draft and will not be published");
        return fault(written, message)
            .help("take `draft = true` out of its front matter, or the link out of this page");
    }
    let elsewhere = Language::ALL
        .into_iter()
        .find_map(|language| Some((language, lookup.page(language, file)?)));
    let help = if let Some((language, view)) = elsewhere {
        let address = &view.address;
        Some(format!(
            "the page exists in content/{language}; link to it as {address}"
        ))
    } else {
        let files = lookup.page_files(language);
        nearest_path(file, files.iter().map(String::as_str))
            .map(|file| question(&written_in(&written.folder(), file)))
    };
    fault(written, format!("there is no page \"{file}\""))
        .help("write the path of a page relative to this one, or from the root with `/` in front")
        .maybe_help(help)
}

fn site(
    page: &Page,
    written: &WrittenLink,
    lookup: &mut Lookup<'_>,
    local: &Local<'_>,
) -> Resolution {
    if local.path.is_empty() {
        return Ok(lead(written, &page.id, &page.address, local));
    }
    let folder = page
        .address
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder);
    let address = join(folder, &local.path).map(|path| format!("/{path}"));
    let found = address
        .as_deref()
        .and_then(|address| lookup.page_at(address));
    match (found, address) {
        (Some(view), _) => Ok(lead(written, &view.id, &view.address, local)),
        (None, Some(address)) if lookup.is_answered(&address) => {
            Ok(plain(with_rest(&address, local)))
        }
        (None, address) => {
            let address = address.unwrap_or_else(|| local.path.clone());
            Err(missing_address(written, lookup, &address))
        }
    }
}

fn missing_address(written: &WrittenLink, lookup: &Lookup<'_>, address: &str) -> Diagnostic {
    if let Some(new) = lookup.new_address(address) {
        let message = format!("the address \"{address}\" is an earlier one of {new}");
        return fault(written, message).help(format!("write {new}"));
    }
    fault(
        written,
        format!("there is nothing at the address \"{address}\""),
    )
    .help("write the path of a page, like ../login.md, or an address, like /login.html")
    .maybe_help(did_you_mean_path(address, lookup.addresses()))
}

/// A link to a term leads to the page that lists the terms.
fn term(page: &Page, written: &WrittenLink, lookup: &mut Lookup<'_>) -> Resolution {
    let glossary = lookup.glossary(page.id.language).ok_or_else(|| {
        let message = "no page lists the terms of the glossary";
        refuse(
            written,
            message,
            "write `::: glossary` and `:::` on a page of this language",
        )
    })?;
    Ok(plain(format!(
        "{}#term-{}",
        glossary.address, written.target
    )))
}

/// A link to a page; the id is looked up later.
fn lead(written: &WrittenLink, target: &PageId, address: &str, local: &Local<'_>) -> Resolved {
    let is_on_this_page = local.path.is_empty() && local.query.is_none();
    let shown = if is_on_this_page { "" } else { address };
    let anchor = local.anchor.as_ref().filter(|id| !id.is_empty());
    Resolved {
        filling: attribute(&with_rest(shown, local)),
        address: with_rest(address, local),
        anchor: anchor.map(|id| AnchorUse {
            origin: written.origin.clone(),
            target: target.clone(),
            id: id.clone(),
        }),
    }
}

/// An address with what was written after `?` and `#`.
fn with_rest(address: &str, local: &Local<'_>) -> String {
    let query = local.query.map(|query| format!("?{query}"));
    let anchor = local.anchor.as_ref().map(|anchor| format!("#{anchor}"));
    let whole = format!(
        "{address}{}{}",
        query.unwrap_or_default(),
        anchor.unwrap_or_default()
    );
    whole.replace(' ', "%20")
}

fn attribute(address: &str) -> String {
    format!("href=\"{}\"", escape(address))
}

/// A link without an id to look up.
fn plain(address: String) -> Resolved {
    Resolved {
        filling: attribute(&address),
        address,
        anchor: None,
    }
}

fn refuse(written: &WrittenLink, message: &str, help: &str) -> Diagnostic {
    fault(written, message).help(help)
}

/// An error at the place where the address is written, which may be in a part.
fn fault(written: &WrittenLink, message: impl Into<String>) -> Diagnostic {
    written.origin.error(message)
}
