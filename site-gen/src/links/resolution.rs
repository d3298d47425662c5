//! One written address becomes the attribute of a link or picture, or an error.

use super::anchors::AnchorUse;
use super::lookup::Lookup;
use super::target::{Local, Target};
use crate::content::{Page, PageId};
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
pub(super) fn resolve(page: &Page, written: &WrittenLink, lookup: &mut Lookup<'_>) -> Resolution {
    let target = Target::parse(&written.target);
    match (target, written.usage) {
        (Target::Refused(message, help), _) => Err(refuse(page, written, message, help)),
        (Target::External(address), Usage::Link) => Ok(plain(format!(
            "href=\"{}\" rel=\"noopener\"",
            escape(address)
        ))),
        (Target::Contact(address), Usage::Link) => {
            Ok(plain(format!("href=\"{}\"", escape(address))))
        }
        (Target::Source(local), Usage::Link) => source(page, written, lookup, &local),
        (Target::Site(local), Usage::Link) => site(page, written, lookup, &local),
        (Target::Site(local), Usage::Picture) => picture(page, written, lookup, &local),
        (_, Usage::Picture) => Err(refuse(
            page,
            written,
            "a picture must be a file of this site",
            "put it into site-gen/theme/static and write its address: /name.png",
        )),
    }
}

fn source(
    page: &Page,
    written: &WrittenLink,
    lookup: &mut Lookup<'_>,
    local: &Local<'_>,
) -> Resolution {
    let file = join(page.id.path.folder(), &local.path);
    let found = file
        .as_deref()
        .and_then(|file| lookup.page(page.id.language, file));
    if let Some(view) = found {
        Ok(lead(page, written, &view.id, &view.address, local))
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
        return page
            .error(written.range.clone(), message)
            .help("take `draft = true` out of its front matter, or the link out of this page");
    }
    let elsewhere = Language::ALL
        .into_iter()
        .find_map(|language| Some((language, lookup.page(language, file)?)));
    let help = match elsewhere {
        Some((language, view)) => Some(format!(
            "the page exists in content/{language}; link to it as {}",
            view.address
        )),
        None => {
            let files = lookup.page_files(language);
            nearest(file, files.iter().map(String::as_str))
                .map(|file| format!("did you mean \"{}\"?", as_written_on(page, file)))
        }
    };
    page.error(
        written.range.clone(),
        format!("there is no page \"{file}\""),
    )
    .help("write the path of a page relative to this one, or from the root with `/` in front")
    .maybe_help(help)
}

/// The path of a page as an author would write it on another page.
fn as_written_on(page: &Page, file: &str) -> String {
    let folder = page.id.path.folder();
    let below = file
        .strip_prefix(folder)
        .map(|rest| rest.trim_start_matches('/'));
    match below {
        Some(below) => below.to_owned(),
        None => format!("/{file}"),
    }
}

fn site(
    page: &Page,
    written: &WrittenLink,
    lookup: &mut Lookup<'_>,
    local: &Local<'_>,
) -> Resolution {
    if local.path.is_empty() {
        return Ok(lead(page, written, &page.id, &page.address, local));
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
        (Some(view), _) => Ok(lead(page, written, &view.id, &view.address, local)),
        (None, Some(address)) if lookup.has_file(&address) => {
            Ok(plain(format!("href=\"{}\"", finished(&address, local))))
        }
        (None, address) => {
            let address = address.unwrap_or_else(|| local.path.clone());
            let message = format!("there is nothing at the address \"{address}\"");
            Err(page
                .error(written.range.clone(), message)
                .help("write the path of a page, like ../login.md, or an address, like /login.html")
                .maybe_help(did_you_mean(&address, lookup.addresses())))
        }
    }
}

fn picture(
    page: &Page,
    written: &WrittenLink,
    lookup: &mut Lookup<'_>,
    local: &Local<'_>,
) -> Resolution {
    if lookup.has_file(&local.path) {
        return Ok(plain(format!("src=\"{}\"", finished(&local.path, local))));
    }
    let message = format!("there is no picture \"{}\"", local.path);
    Err(page
        .error(written.range.clone(), message)
        .help("put it into site-gen/theme/static and write its address: /name.png")
        .maybe_help(did_you_mean(&local.path, lookup.files())))
}

/// A link to a page; the id is looked up later.
fn lead(
    page: &Page,
    written: &WrittenLink,
    target: &PageId,
    address: &str,
    local: &Local<'_>,
) -> Resolved {
    let is_on_this_page = local.path.is_empty() && local.query.is_none();
    let shown = if is_on_this_page { "" } else { address };
    Resolved {
        attribute: format!("href=\"{}\"", finished(shown, local)),
        anchor: local
            .anchor
            .as_ref()
            .filter(|id| !id.is_empty())
            .map(|id| AnchorUse {
                file: page.file.clone(),
                range: written.range.clone(),
                target: target.clone(),
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

fn refuse(page: &Page, written: &WrittenLink, message: &str, help: &str) -> Diagnostic {
    page.error(written.range.clone(), message).help(help)
}
