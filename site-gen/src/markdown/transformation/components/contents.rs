//! What stands in a component: each block is checked, some are written in a way of their own.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::super::{Located, Transformation};
use super::{Component, Kind, OpenQuestion};

impl Transformation<'_> {
    /// Checks a block against the component that it stands in directly.
    pub(in crate::markdown) fn check_child(
        &mut self,
        event: &Event<'_>,
        range: &Range<usize>,
        following: &[Located<'_>],
    ) {
        let depth = self.depth;
        let Some(component) = self.innermost(depth) else {
            return;
        };
        component.children += 1;
        let children = component.children;
        let is_allowed = match &component.kind {
            Kind::Steps(_) => children == 1 && matches!(event, Event::Start(Tag::List(Some(_)))),
            Kind::Figure => match children {
                1 => is_picture(event, following),
                2 => matches!(event, Event::Start(Tag::Paragraph)) && !is_picture(event, following),
                _ => false,
            },
            Kind::Questions(questions) => {
                questions.level.is_some() || matches!(event, Event::Start(Tag::Heading { .. }))
            }
            Kind::Tabs | Kind::Glossary => false,
            Kind::Tab | Kind::Unknown => true,
        };
        if is_allowed {
            return;
        }
        if let Some((rule, cure)) = component.refusal() {
            self.refuse(range.clone(), rule, cure);
        }
    }

    fn innermost(&mut self, depth: usize) -> Option<&mut Component> {
        self.components
            .last_mut()
            .filter(|component| component.depth == depth)
    }

    /// Whether the list that begins now is that of a `steps` component.
    pub(in crate::markdown) fn is_list_of_steps(&mut self) -> bool {
        let depth = self.depth;
        self.innermost(depth)
            .is_some_and(|component| matches!(component.kind, Kind::Steps(_)))
    }

    /// An item of a list begins.
    pub(in crate::markdown) fn begin_step(&mut self) {
        self.end_line();
        let (depth, start) = (self.depth, self.body.text.len());
        if let Some(component) = self.components.last_mut()
            && let Kind::Steps(steps) = &mut component.kind
            && component.depth + 1 == depth
        {
            steps.begun = Some(start);
        }
    }

    /// An item of a list has ended.
    pub(in crate::markdown) fn end_step(&mut self) {
        let depth = self.depth;
        if let Some(component) = self.components.last_mut()
            && let Kind::Steps(steps) = &mut component.kind
            && component.depth + 1 == depth
            && let Some(start) = steps.begun.take()
        {
            let text = self.body.text.get(start..).unwrap_or_default();
            steps.steps.push(text.trim().replace('\n', " "));
        }
    }

    /// What the paragraph that begins now begins and ends with, if it belongs to a figure.
    pub(in crate::markdown) fn paragraph_of_figure(
        &mut self,
    ) -> Option<(&'static str, &'static str)> {
        let depth = self.depth;
        let component = self.innermost(depth)?;
        match (&component.kind, component.children) {
            (Kind::Figure, 1) => Some(("", "\n")),
            (Kind::Figure, 2) => Some(("<figcaption>", "</figcaption>\n")),
            _ => None,
        }
    }

    /// A heading has begun: perhaps a question.
    pub(in crate::markdown) fn begin_question(&mut self, range: &Range<usize>) {
        let Some(heading) = self.current_heading().cloned() else {
            return;
        };
        let depth = self.depth;
        let Some(component) = self.innermost(depth) else {
            return;
        };
        let Kind::Questions(questions) = &mut component.kind else {
            return;
        };
        if *questions.level.get_or_insert(heading.level) < heading.level {
            return;
        }
        let previous = questions.open.replace(OpenQuestion {
            id: heading.id,
            question: heading.title,
            range: range.clone(),
            answer: None,
        });
        self.end_question(previous);
    }

    /// A heading has ended: what follows is the answer.
    pub(in crate::markdown) fn begin_answer(&mut self) {
        let (depth, start) = (self.depth, self.body.text.len());
        let Some(component) = self.innermost(depth) else {
            return;
        };
        if let Kind::Questions(questions) = &mut component.kind
            && let Some(open) = &mut questions.open
            && open.answer.is_none()
        {
            open.answer = Some(start);
        }
    }
}

/// Whether a paragraph begins that holds one picture and nothing else.
fn is_picture(event: &Event<'_>, following: &[Located<'_>]) -> bool {
    if !matches!(event, Event::Start(Tag::Paragraph)) {
        return false;
    }
    let mut events = following.iter().map(|(event, _)| event);
    if !matches!(events.next(), Some(Event::Start(Tag::Image { .. }))) {
        return false;
    }
    let mut depth = 1;
    for event in events.by_ref() {
        match event {
            Event::Start(Tag::Image { .. }) => depth += 1,
            Event::End(TagEnd::Image) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    matches!(events.next(), Some(Event::End(TagEnd::Paragraph)))
}
