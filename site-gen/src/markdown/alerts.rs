//! Alerts: a quotation that begins with `[!NOTE]` and its four siblings.

use pulldown_cmark::BlockQuoteKind;

use crate::markup::escape;

/// The name of an alert, as used in its class and in the key `alert.<name>` of the messages.
pub(super) const fn name(kind: BlockQuoteKind) -> &'static str {
    match kind {
        BlockQuoteKind::Note => "note",
        BlockQuoteKind::Tip => "tip",
        BlockQuoteKind::Important => "important",
        BlockQuoteKind::Warning => "warning",
        BlockQuoteKind::Caution => "caution",
    }
}

/// What an alert begins with.
pub(super) fn opening(kind: BlockQuoteKind, title: &str) -> String {
    format!(
        "<div class=\"alert alert-{}\" role=\"note\">\n<p class=\"alert-title\">{}</p>\n",
        name(kind),
        escape(title)
    )
}

/// What every alert ends with.
pub(super) const CLOSING: &str = "</div>\n";
