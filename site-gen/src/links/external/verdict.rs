//! What a finding means for the editor whose link it is.

use super::inquiry::Finding;
use super::{Failure, OutsideLink, address};
use crate::diagnostics::Diagnostic;

const GONE: &str = "find out where it went and write the new address, or take the link out";
const LATER: &str = "check again later; if it stays so, take the link out";
const LOOK: &str = "open the address in a browser; if there is nothing, take the link out";

/// What is wrong with a link, if anything is.
pub(super) fn tell(link: &OutsideLink, finding: &Finding) -> Option<Diagnostic> {
    let written = address::asked(&link.address);
    let way = |at: &str| {
        if *at == written {
            String::new()
        } else {
            format!(", to which \"{}\" leads", link.address)
        }
    };
    let fault = |message| link.origin.error(message);
    let warning = |message, help| Some(fault(message).as_warning().help(help));
    match finding {
        Finding::Alive => None,
        Finding::Moved(new) => {
            let (_, id) = address::split_id(&link.address);
            let id = if new.contains('#') { "" } else { id };
            let message = format!("\"{}\" has moved for good", link.address);
            let help = format!("write the new address: {new}{id}");
            Some(fault(message).as_warning().help(help))
        }
        Finding::Gone { status, at } => {
            let message = format!("there is nothing at \"{at}\"{} (status {status})", way(at));
            Some(fault(message).help(GONE))
        }
        Finding::Unclear {
            status: status @ (429 | 503),
            at,
        } => warning(
            format!("\"{at}\"{} is busy (status {status})", way(at)),
            LATER,
        ),
        Finding::Unclear { status, at } => warning(
            format!("\"{at}\"{} answers with status {status}", way(at)),
            LOOK,
        ),
        Finding::Wandering => warning(
            format!("\"{}\" leads on from one address to the next", link.address),
            LOOK,
        ),
        Finding::Failed { failure, at } => {
            let host = address::host(at);
            let way = way(at);
            match failure {
                Failure::NoSuchHost => Some(
                    fault(format!("there is no site \"{host}\"{way}"))
                        .help("look for a typing error; if the site is gone, take the link out"),
                ),
                Failure::Unsafe(reason) => Some(
                    fault(format!(
                        "\"{host}\"{way} offers no safe connection: {reason}"
                    ))
                    .help("browsers warn of such a site; take the link out until it is mended"),
                ),
                Failure::Malformed => Some(
                    fault(format!("\"{at}\"{way} is not an address"))
                        .help("copy the address from a browser"),
                ),
                Failure::Unencrypted => warning(
                    format!(
                        "\"{}\" leads on without encryption, to \"{at}\"",
                        link.address
                    ),
                    LOOK,
                ),
                Failure::TimedOut => {
                    warning(format!("\"{host}\"{way} takes too long to answer"), LATER)
                }
                Failure::Unreachable(reason) => warning(
                    format!("\"{host}\"{way} cannot be reached: {reason}"),
                    LATER,
                ),
            }
        }
    }
}
