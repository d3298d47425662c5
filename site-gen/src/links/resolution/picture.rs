//! The address of a picture becomes the element that shows it.

use super::super::lookup::Lookup;
use super::super::target::{Local, Target};
use super::super::targets::picture_file;
use super::{Resolution, Resolved, fault, plain, refuse, with_rest};
use crate::content::Page;
use crate::markdown::WrittenLink;
use crate::markup::escape;
use crate::pictures::PictureFile;
use crate::relative::written_in;
use crate::suggestion::{did_you_mean_path, nearest_path, question};

const BESIDE: &str = "put the file beside the page and write its name";

/// Resolves the address of a picture with this text for those who do not see it and this title.
pub(super) fn resolve(
    page: &Page,
    written: &WrittenLink,
    lookup: &mut Lookup<'_>,
    words: (&str, &str),
) -> Resolution {
    match Target::read(&written.target, lookup.base_url()) {
        Target::Refused(message, help) => Err(refuse(written, message, help)),
        Target::Site(local) if local.path.starts_with('/') => {
            of_theme(written, lookup, &local, words)
        }
        Target::Site(local) => beside_page(page, written, lookup, &local, words),
        _ => Err(refuse(
            written,
            "a picture must be a file of this site",
            BESIDE,
        )),
    }
}

/// A picture in the sizes that screens need.
fn beside_page(
    page: &Page,
    written: &WrittenLink,
    lookup: &mut Lookup<'_>,
    local: &Local<'_>,
    (alternative, title): (&str, &str),
) -> Resolution {
    let missing = || fault(written, format!("there is no picture \"{}\"", local.path)).help(BESIDE);
    let Some(file) = picture_file(page, written) else {
        return Err(missing());
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
            let folder = format!("{}/{}", page.id.language, written.folder());
            let near = nearest_path(&file, lookup.picture_files());
            Err(missing().maybe_help(near.map(|near| question(&written_in(&folder, near)))))
        }
    }
}

/// An address from the root is a file of the theme, shown as it is.
fn of_theme(
    written: &WrittenLink,
    lookup: &Lookup<'_>,
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
        .maybe_help(did_you_mean_path(&local.path, lookup.files())))
}
