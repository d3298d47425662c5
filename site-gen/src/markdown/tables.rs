//! Columns of tables are aligned by a class: the content security policy does not allow the `style` attribute that the
//! Markdown library would write.

use pulldown_cmark::{Alignment, CowStr, Event, Tag, TagEnd};

/// Where in a table the events are.
#[derive(Debug, Default)]
pub(super) struct Columns {
    alignments: Vec<Alignment>,
    is_head: bool,
    column: usize,
}

impl Columns {
    /// The event as it should be written.
    pub(super) fn transform<'a>(&mut self, event: Event<'a>) -> Event<'a> {
        match event {
            Event::Start(Tag::Table(alignments)) => {
                self.alignments = alignments;
                Event::Start(Tag::Table(Vec::new()))
            }
            Event::Start(tag @ (Tag::TableHead | Tag::TableRow)) => {
                self.is_head = matches!(tag, Tag::TableHead);
                self.column = 0;
                Event::Start(tag)
            }
            Event::Start(Tag::TableCell) => {
                let alignment = self.alignments.get(self.column).copied();
                self.column += 1;
                self.cell(alignment.unwrap_or(Alignment::None))
            }
            Event::End(TagEnd::Table) => {
                self.alignments.clear();
                event
            }
            other => other,
        }
    }

    fn cell<'a>(&self, alignment: Alignment) -> Event<'a> {
        let class = match alignment {
            Alignment::None => return Event::Start(Tag::TableCell),
            Alignment::Left => "align-left",
            Alignment::Center => "align-center",
            Alignment::Right => "align-right",
        };
        let element = if self.is_head { "th" } else { "td" };
        Event::InlineHtml(CowStr::from(format!("<{element} class=\"{class}\">")))
    }
}
