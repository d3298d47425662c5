//! A mail as a document and as plain text.

use std::collections::BTreeMap;

use minijinja::{Value, context};

use super::{Renderer, environment, template_error};
use crate::diagnostics::Diagnostic;
use crate::language::Language;
use crate::markdown::{Block, LetterText, Words};

const HTML: &str = "mail.html";
const TEXT: &str = "mail.txt";

impl Renderer {
    /// Renders a mail as HTML and as plain text.
    pub fn render_mail(
        &self,
        language: Language,
        subject: &str,
        text: &LetterText,
    ) -> Result<(String, String), Diagnostic> {
        let blocks: Vec<_> = text.blocks.iter().map(value_of).collect();
        let mut scope: BTreeMap<&str, Value> = self
            .shared
            .values
            .iter()
            .map(|(name, value)| (name.as_str(), value.clone()))
            .collect();
        scope.insert("lang", language.code().into());
        scope.insert("subject", subject.into());
        scope.insert("blocks", blocks.into());
        if let Some(words) = self.shared.words(language) {
            scope.insert("t", words.all.clone());
        }
        let scope = Value::from(scope);
        Ok((
            self.fill(HTML, &scope)?,
            self.fill(TEXT, &scope)?.trim_end().to_owned() + "\n",
        ))
    }

    fn fill(&self, name: &str, scope: &Value) -> Result<String, Diagnostic> {
        let Ok(template) = self.environment.get_template(name) else {
            let path = environment::template_path(name);
            let error = Diagnostic::about(path, "mails have no template");
            return Err(error.help("write it: it gets `subject`, `blocks`, `lang` and `t`"));
        };
        let made = template.render(scope.clone());
        made.map_err(|error| template_error::describe(&error, scope, &self.environment))
    }
}

/// A part of a mail as templates see it: `kind` is `paragraph`, `button` or `list`.
fn value_of(block: &Block) -> Value {
    match block {
        Block::Paragraph(words) => context! { kind => "paragraph", ..said(words) },
        Block::Button { label, target } => {
            context! { kind => "button", target => target, ..said(label) }
        }
        Block::List { start, items } => {
            let items: Vec<_> = items.iter().map(said).collect();
            context! { kind => "list", start => start, items => items }
        }
    }
}

fn said(words: &Words) -> Value {
    context! {
        html => Value::from_safe_string(words.html.clone()),
        text => words.text.as_str(),
    }
}
