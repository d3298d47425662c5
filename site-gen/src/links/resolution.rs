//! One written address becomes the attribute of a link or picture, or an error.

use super::anchors::AnchorUse;
use super::lookup::Lookup;
use super::target::{Local, Target};
use super::targets::picture_file;
use crate::content::{Page, PageId};
use crate::diagnostics::Diagnostic;
use crate::language::Language;
use crate::markdown::{Usage, WrittenLink};
use crate::markup::escape;
use crate::pictures::PictureFile;
use crate::relative::join;
use crate::suggestion::{did_you_mean, nearest};

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
    let (alternative, title) = match &written.usage {
        Usage::Term => return term(page, written, lookup),
        Usage::Link => return link(page, written, lookup),
        Usage::Picture { alternative, title } => (alternative, title),
    };
    match Target::parse(&written.target) {
        Target::Refused(message, help) => Err(refuse(written, message, help)),
        Target::Site(local) => picture(page, written, lookup, &local, (alternative, title)),
        _ => Err(refuse(
            written,
            "a picture must be a file of this site",
            "put the file beside the page and write its name",
        )),
    }
}

fn link(page: &Page, written: &WrittenLink, lookup: &mut Lookup<'_>) -> Resolution {
    match Target::parse(&written.target) {
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
        nearest(file, files.iter().map(String::as_str)).map(|file| {
            format!(
                "did you mean \"{}\"?",
                as_written_in(&written.folder(), file)
            )
        })
    };
    fault(written, format!("there is no page \"{file}\""))
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
        (None, Some(address)) if lookup.has_file(&address) => Ok(plain(with_rest(&address, local))),
        (None, address) => {
            let address = address.unwrap_or_else(|| local.path.clone());
            let message = format!("there is nothing at the address \"{address}\"");
            Err(fault(written, message)
                .help("write the path of a page, like ../login.md, or an address, like /login.html")
                .maybe_help(did_you_mean(&address, lookup.addresses())))
        }
    }
}

/// A picture beside the page, in the sizes that screens need; an address from the root is a file of the theme, shown as
/// it is.
fn picture(
    page: &Page,
    written: &WrittenLink,
    lookup: &mut Lookup<'_>,
    local: &Local<'_>,
    (alternative, title): (&str, &str),
) -> Resolution {
    if local.path.starts_with('/') {
        return themed_picture(written, lookup, local, (alternative, title));
    }
    let Some(file) = picture_file(page, written) else {
        let message = format!("there is no picture \"{}\"", local.path);
        return Err(refuse(
            written,
            &message,
            "put the file beside the page and write its name",
        ));
    };
    match lookup.picture(&file) {
        Some(Ok(prepared)) => Ok(Resolved {
            filling: prepared.element(alternative, title, lookup.is_first_picture()),
            ..plain(
                prepared
                    .files()
                    .first()
                    .map_or_else(String::new, PictureFile::address),
            )
        }),
        Some(Err(error)) => Err(refuse(written, &error.to_string(), error.cure())),
        None => {
            let message = format!("there is no picture \"{}\"", local.path);
            let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
            let near = nearest(&file, lookup.picture_files());
            let near = near.map(|near| as_written_in(folder, near));
            Err(fault(written, message)
                .help("put the file beside the page and write its name")
                .maybe_help(near.map(|near| format!("did you mean \"{near}\"?"))))
        }
    }
}

fn themed_picture(
    written: &WrittenLink,
    lookup: &mut Lookup<'_>,
    local: &Local<'_>,
    (alternative, title): (&str, &str),
) -> Resolution {
    if lookup.has_file(&local.path) {
        let title = if title.is_empty() {
            String::new()
        } else {
            format!(" title=\"{}\"", escape(title))
        };
        let address = with_rest(&local.path, local);
        let (source, alternative) = (escape(&address), escape(alternative));
        return Ok(Resolved {
            filling: format!("<img src=\"{source}\" alt=\"{alternative}\"{title}>"),
            ..plain(address.clone())
        });
    }
    let message = format!("there is no picture \"{}\"", local.path);
    Err(fault(written, message)
        .help("an address from the root is a file in site-gen/theme/static; a picture beside the page is written by its name")
        .maybe_help(did_you_mean(&local.path, lookup.files())))
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
            file: written.file.clone(),
            range: written.range.clone(),
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
    Diagnostic::at(&written.file, written.range.clone(), message)
}
