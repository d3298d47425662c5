//! Tables: columns are aligned by a class, because the content security policy allows no `style` attribute, and wide
//! tables scroll in a frame that the keyboard can reach.
//!
//! Up to three columns fit a phone by breaking words; a frame around every table would only be one more stop for the
//! keyboard.

use pulldown_cmark::Alignment;

use crate::markup::escape;

/// From how many columns on a table gets a frame.
const WIDE: usize = 4;

/// Where in a table the events are.
#[derive(Debug, Default)]
pub(super) struct Columns {
    alignments: Vec<Alignment>,
    is_head: bool,
    column: usize,
}

impl Columns {
    /// Whether a table of these columns scrolls.
    pub(super) fn is_wide(alignments: &[Alignment]) -> bool {
        alignments.len() >= WIDE
    }

    /// Begins a table; `label` is read out where the frame takes the focus.
    pub(super) fn open(&mut self, alignments: &[Alignment], label: Option<&str>) -> String {
        self.alignments = alignments.to_vec();
        match label {
            None => "<table>".to_owned(),
            Some(label) => format!(
                "<div class=\"table-frame\" role=\"group\" aria-label=\"{}\" tabindex=\"0\">\n<table>",
                escape(label)
            ),
        }
    }

    /// Ends a table.
    pub(super) fn close(&mut self) -> &'static str {
        let is_wide = Self::is_wide(&self.alignments);
        self.alignments.clear();
        if is_wide {
            "</tbody></table>\n</div>\n"
        } else {
            "</tbody></table>\n"
        }
    }

    /// Begins a row.
    pub(super) fn open_row(&mut self, is_head: bool) -> &'static str {
        self.is_head = is_head;
        self.column = 0;
        if is_head { "<thead><tr>" } else { "<tr>" }
    }

    /// Begins a cell.
    pub(super) fn open_cell(&mut self) -> String {
        let alignment = self.alignments.get(self.column).copied();
        self.column += 1;
        let class = match alignment {
            None | Some(Alignment::None) => "",
            Some(Alignment::Left) => " class=\"align-left\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            Some(Alignment::Right) => " class=\"align-right\"",
        };
        format!("<{}{class}>", self.element())
    }

    /// Ends a cell.
    pub(super) fn close_cell(&self) -> &'static str {
        if self.is_head { "</th>" } else { "</td>" }
    }

    const fn element(&self) -> &'static str {
        if self.is_head { "th" } else { "td" }
    }
}
