//! Components: `steps`, `figure`, `tabs` with `tab "Title"`, `questions` and `glossary`.
//!
//! Each says what it may hold; what else is found in it is an error at its place.

mod contents;
mod opening;

use std::ops::Range;

use super::Transformation;
use crate::content::Glossary;
use crate::markdown::{Procedure, Question};
use crate::suggestion::did_you_mean;
use opening::Words;

const NAMES: [&str; 6] = ["figure", "glossary", "questions", "steps", "tab", "tabs"];

/// A component that is open.
#[derive(Debug)]
pub(super) struct Component {
    kind: Kind,
    /// Its first line.
    range: Range<usize>,
    /// How many elements are open around it.
    depth: usize,
    /// How many blocks it holds so far, apart from those inside them.
    children: usize,
    /// Whether its contents were refused: the rule is told once, however many blocks break it.
    is_refused: bool,
}

#[derive(Debug)]
enum Kind {
    Steps(Steps),
    Figure,
    Tabs,
    Tab,
    Questions(Questions),
    Glossary,
    /// Something that is not known; its contents are read as if it were not there.
    Unknown,
}

#[derive(Debug, Default)]
struct Steps {
    steps: Vec<String>,
    /// Where the step that is open begins in the plain text.
    begun: Option<usize>,
}

#[derive(Debug, Default)]
struct Questions {
    /// The level of the headings that are questions.
    level: Option<u8>,
    open: Option<OpenQuestion>,
}

#[derive(Debug)]
struct OpenQuestion {
    id: String,
    question: String,
    range: Range<usize>,
    /// Where its answer begins in the plain text; nothing while its heading is open.
    answer: Option<usize>,
}

impl Kind {
    const fn name(&self) -> &'static str {
        match self {
            Self::Steps(_) => "steps",
            Self::Figure => "figure",
            Self::Tabs => "tabs",
            Self::Tab => "tab",
            Self::Questions(_) => "questions",
            Self::Glossary => "glossary",
            Self::Unknown => "",
        }
    }

    /// What it must hold.
    const fn rule(&self) -> &'static str {
        match self {
            Self::Steps(_) => "`steps` holds one numbered list and nothing else",
            Self::Figure => "`figure` holds one picture and then one paragraph, its caption",
            Self::Tabs => "`tabs` holds two or more `::: tab \"Title\"` and nothing else",
            Self::Tab => "`tab` holds any text",
            Self::Questions(_) => "`questions` begins with a heading, the first question",
            Self::Glossary => "`glossary` holds nothing: its terms stand in glossary.toml",
            Self::Unknown => "",
        }
    }

    /// What to do where it holds something else.
    const fn cure(&self) -> &'static str {
        match self {
            Self::Steps(_) => "write 1., 2., 3. …; text goes before or after the component",
            Self::Figure => {
                "write the picture, ![…](…), an empty line, and the caption; other text goes before or after the component"
            }
            Self::Tabs => {
                "put each text between `::: tab \"Title\"` and `:::`; for a single text no tabs are needed"
            }
            Self::Questions(_) => "write `### Question` and the answer below it",
            Self::Tab | Self::Glossary | Self::Unknown => {
                "put the text before or after the component"
            }
        }
    }
}

impl Component {
    /// What is wrong with its contents and the cure, the first time.
    fn refusal(&mut self) -> Option<(&'static str, &'static str)> {
        let is_told = std::mem::replace(&mut self.is_refused, true);
        (!is_told).then(|| (self.kind.rule(), self.kind.cure()))
    }
}

impl Transformation<'_> {
    /// The ids of the terms, if the text lists them.
    pub(super) fn term_ids(&self) -> Vec<String> {
        let lists_terms = self.fences.iter().any(|fence| fence.words == "glossary");
        self.surroundings
            .glossary
            .filter(|_| lists_terms)
            .into_iter()
            .flat_map(Glossary::keys)
            .map(|key| format!("term-{key}"))
            .collect()
    }

    /// A line `::: name` or `:::`.
    pub(super) fn fence(&mut self, index: usize) {
        let Some(fence) = self.fences.get(index) else {
            return;
        };
        self.met.push(index);
        self.copy.replace(fence.range.clone(), "");
        if fence.words.is_empty() {
            self.close_component(fence.range.clone());
        } else {
            self.open_component(&Words::new(&fence.words), fence.range.clone());
        }
    }

    fn open_component(&mut self, words: &Words<'_>, range: Range<usize>) {
        let kind = match words.name {
            "steps" => Kind::Steps(Steps::default()),
            "figure" => Kind::Figure,
            "tabs" => Kind::Tabs,
            "tab" => Kind::Tab,
            "questions" => Kind::Questions(Questions::default()),
            "glossary" => Kind::Glossary,
            unknown => {
                let help = did_you_mean(unknown, NAMES)
                    .unwrap_or_else(|| format!("the components are: {}", NAMES.join(", ")));
                self.refuse(
                    range.clone(),
                    format!("there is no component `{unknown}`"),
                    help,
                );
                Kind::Unknown
            }
        };
        self.check_arguments(&kind, words, &range);
        self.check_parent(&kind, &range);
        self.begin_component(&kind, words, &range);
        self.components.push(Component {
            kind,
            range,
            depth: self.depth,
            children: 0,
            is_refused: false,
        });
    }

    fn close_component(&mut self, range: Range<usize>) {
        let Some(mut component) = self.components.pop() else {
            let help = "take the line out, or begin the component with `::: name`";
            self.refuse(
                range,
                "this line ends a component, but none has begun",
                help,
            );
            return;
        };
        if component.depth != self.depth {
            let message = match component.kind.name() {
                "" => "a component ends here, but not in the list or quotation it began in".into(),
                name => format!("`{name}` ends here, but not in the list or quotation it began in"),
            };
            self.refuse(range, message, "indent its first and its last line alike");
            // What it holds stands elsewhere, then.
            component.is_refused = true;
        }
        self.end_component(component);
    }

    /// Components that do not end, and lines where no component can be.
    pub(super) fn finish_components(&mut self) {
        while let Some(component) = self.components.pop() {
            let message = match component.kind.name() {
                "" => "a component begins here and does not end".into(),
                name => format!("`{name}` begins here and does not end"),
            };
            self.refuse(
                component.range.clone(),
                message,
                "put a line `:::` after its contents",
            );
            self.end_component(component);
        }
        for (index, fence) in self.fences.iter().enumerate() {
            if !self.met.contains(&index) {
                self.refuse_stray_fence(&fence.words, &fence.range);
            }
        }
    }

    /// A line of a component where none can stand; `words` follow its colons. The end belongs to the beginning and is
    /// no mistake of its own.
    pub(super) fn refuse_stray_fence(&mut self, words: &str, range: &Range<usize>) {
        if !words.is_empty() {
            self.stray_components += 1;
        } else if let Some(rest) = self.stray_components.checked_sub(1) {
            self.stray_components = rest;
            return;
        }
        let message = "a component cannot stand here";
        let help =
            "its lines begin with `:::` in a text or in an item of a list, not in a quotation";
        self.refuse(range.clone(), message, help);
    }

    fn end_component(&mut self, mut component: Component) {
        let is_too_empty = match component.kind {
            Kind::Steps(_) | Kind::Questions(_) => component.children < 1,
            Kind::Figure | Kind::Tabs => component.children < 2,
            _ => false,
        };
        if is_too_empty && let Some((rule, cure)) = component.refusal() {
            self.refuse(component.range.clone(), rule, cure);
        }
        match component.kind {
            Kind::Steps(Steps { steps, .. }) => {
                let title = self.current_heading().map(|heading| heading.title.clone());
                let title = title.unwrap_or_default();
                self.body.steps.push(Procedure { title, steps });
            }
            Kind::Figure => self.body.html.push_str("</figure>\n"),
            Kind::Tabs | Kind::Tab => self.body.html.push_str("</div>\n"),
            Kind::Questions(questions) => self.end_question(questions.open),
            Kind::Glossary | Kind::Unknown => {}
        }
    }

    fn end_question(&mut self, open: Option<OpenQuestion>) {
        let Some(open) = open else { return };
        let answer = open.answer.and_then(|start| self.body.text.get(start..));
        let answer = answer.unwrap_or_default().trim().to_owned();
        if answer.is_empty() {
            self.refuse(
                open.range,
                "the question has no answer",
                "write it under the heading",
            );
        }
        self.body.questions.push(Question {
            id: open.id,
            question: open.question,
            answer,
        });
    }
}
