//! What stands between `{{` and `}}` in a text.
//!
//! One environment serves all texts of a language. Most expressions only name a value; they are looked up without it.

use std::collections::BTreeMap;
use std::ops::Range;

use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, Value};

use super::figures;
use crate::content::Values;
use crate::language::Language;
use crate::suggestion::did_you_mean;
use crate::vocabulary::{self, Explanation, Setting};

const FILES: &str = "values of texts come from content/*.toml";

/// The values and filters that the texts of one language can use.
#[derive(Debug)]
pub struct Expressions {
    environment: Environment<'static>,
    values: BTreeMap<String, Value>,
    /// What to do about a name that nobody knows.
    help: String,
}

/// Why an expression has no value.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) message: String,
    pub(super) help: String,
    /// The bytes of the expression that are at fault.
    pub(super) range: Range<usize>,
}

impl Expressions {
    /// Prepares the values for the texts of a language.
    #[must_use]
    pub fn new(language: Language, values: &Values) -> Self {
        let mut environment = Environment::new();
        environment.set_debug(true);
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_auto_escape_callback(|_| AutoEscape::None);
        figures::add_filters(&mut environment);
        environment.add_global("lang", language.code());
        for (name, value) in values.iter() {
            environment.add_global(name.to_owned(), value.clone());
        }
        let values: BTreeMap<_, _> = values
            .iter()
            .map(|(name, value)| (name.to_owned(), value.clone()))
            .collect();
        let files = values.keys().map(|name| format!("content/{name}.toml"));
        let files: Vec<_> = files.collect();
        let help = format!("{FILES}; there are: {}", files.join(", "));
        Self {
            environment,
            values,
            help,
        }
    }

    /// The same for a text with placeholders: each of these names stands for itself, braces and all, to be filled in
    /// by somebody else later.
    #[must_use]
    pub fn with_placeholders(language: Language, values: &Values, placeholders: &[&str]) -> Self {
        let mut expressions = Self::new(language, values);
        for name in placeholders {
            let value = Value::from(format!("{{{{{name}}}}}"));
            let environment = &mut expressions.environment;
            environment.add_global((*name).to_owned(), value.clone());
            expressions.values.insert((*name).to_owned(), value);
        }
        expressions.help = format!(
            "what this text may leave open is: {}; other values come from content/*.toml",
            placeholders.join(", ")
        );
        expressions
    }

    /// The value of an expression, given with its braces.
    pub(super) fn evaluate(&self, expression: &str) -> Result<String, Fault> {
        if !expression.ends_with("}}") {
            return Err(Fault {
                message: "the expression does not end on its line".to_owned(),
                help: "put `}}` after the name; a literal `{{` is written {{ \"{{\" }}".to_owned(),
                range: 0..expression.len(),
            });
        }
        if let Some(value) = plain_path(expression).and_then(|path| self.find(path)) {
            return Ok(value.to_string());
        }
        self.environment
            .render_str(expression, ())
            .map_err(|error| self.describe(&error, expression))
    }

    fn describe(&self, error: &Error, expression: &str) -> Fault {
        let whole = 0..expression.len();
        if let Some(Explanation { message, help }) = vocabulary::explain(error, Setting::Text) {
            return Fault {
                message,
                help,
                range: error.range().unwrap_or(whole),
            };
        }
        let told = error.detail().map(str::to_owned);
        let is_undefined = error.kind() == ErrorKind::UndefinedError;
        let subject = expression.split('|').next().and_then(|before| {
            let path = before.trim_start_matches("{{").trim();
            is_path(path).then_some(path)
        });
        let message = match (told, subject) {
            (Some(detail), _) => detail,
            (None, Some(path)) if is_undefined => format!("`{path}` is undefined"),
            (None, _) => "the value cannot be computed".to_owned(),
        };
        let known = is_undefined.then(|| self.known_names(&message)).flatten();
        Fault {
            message,
            help: known.unwrap_or_else(|| {
                let help = if is_undefined { &self.help } else { FILES };
                help.to_owned()
            }),
            range: whole,
        }
    }

    fn find(&self, path: &str) -> Option<Value> {
        let mut names = path.split('.');
        let first = self.values.get(names.next()?)?.clone();
        names
            .try_fold(first, |value, name| value.get_attr(name).ok())
            .filter(|value| !value.is_undefined())
    }

    /// For "`a.b` is undefined": the key of `a` nearest to `b`, or all of them.
    fn known_names(&self, message: &str) -> Option<String> {
        let (path, _) = message.strip_prefix('`')?.split_once('`')?;
        let found = path
            .rsplit_once('.')
            .and_then(|(parent, last)| Some((parent, last, self.find(parent)?)));
        let Some((parent, last, value)) = found else {
            let first = path.split('.').next()?;
            let names = self.values.keys().map(String::as_str);
            return did_you_mean(first, names);
        };
        let keys: Vec<_> = value.try_iter().ok()?.collect();
        let keys = || keys.iter().filter_map(Value::as_str);
        did_you_mean(last, keys()).or_else(|| vocabulary::list(parent, keys()))
    }
}

/// The names in `{{ a.b.c }}`, if there is nothing else.
fn plain_path(expression: &str) -> Option<&str> {
    let path = expression.strip_prefix("{{")?.strip_suffix("}}")?.trim();
    is_path(path).then_some(path)
}

fn is_path(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::SourceFile;

    fn expressions(language: Language) -> Expressions {
        let (values, errors) = Values::parse(&[
            SourceFile::new(
                "content/site.toml",
                "[site]\nsupport_email = \"a@b.example\"",
            ),
            SourceFile::new(
                "content/prices.toml",
                "month = 199000\nfee = 1000\ntrial = 30\n[plan]\nname = \"Start\"\n",
            ),
        ]);
        assert_eq!(errors, []);
        Expressions::new(language, &values)
    }

    #[test]
    fn values_of_all_files_and_their_figures_are_at_hand() {
        for (language, expression, expected) in [
            (Language::Russian, "{{ site.support_email }}", "a@b.example"),
            (Language::Russian, "{{prices.plan.name}}", "Start"),
            (Language::Russian, "{{ prices.month + 1 }}", "199001"),
            (
                Language::Russian,
                "{{ prices.month | money }}",
                "1\u{a0}990\u{a0}₽",
            ),
            (
                Language::English,
                "{{ prices.month | money }}",
                "1,990\u{a0}₽",
            ),
            (Language::English, "{{ prices.fee | percent }}", "10%"),
            (
                Language::Russian,
                "{{ prices.trial | days }}",
                "30\u{a0}дней",
            ),
            (Language::Russian, "{{ '{{' }}", "{{"),
        ] {
            assert_eq!(
                expressions(language).evaluate(expression).as_deref(),
                Ok(expected)
            );
        }
    }

    #[test]
    fn a_fault_says_what_was_meant() {
        for (expression, message, help) in [
            (
                "{{ site.suport_email }}",
                "`site.suport_email` is undefined",
                "did you mean \"support_email\"?",
            ),
            (
                "{{ price.month }}",
                "`price` is undefined",
                "did you mean \"prices\"?",
            ),
            (
                "{{ prices.plan.nam }}",
                "`prices.plan.nam` is undefined",
                "did you mean \"name\"?",
            ),
            (
                "{{ prices.mont | money }}",
                "`prices.mont` is undefined",
                "did you mean \"month\"?",
            ),
            (
                "{{ prices.zzzzzz }}",
                "`prices.zzzzzz` is undefined",
                "`prices` has: fee, month, plan, trial",
            ),
            (
                "{{ zzzzzz.month }}",
                "`zzzzzz` is undefined",
                "values of texts come from content/*.toml; there are: content/prices.toml, content/site.toml",
            ),
            (
                "{{ prices.plan.name | money }}",
                "`money` takes a whole number of kopecks, not `Start`",
                FILES,
            ),
            (
                "{{ prices.month | mony }}",
                "there is no filter `mony`",
                "did you mean \"money\"?",
            ),
            (
                "{{ prices. }}",
                "something is missing before `}}`",
                "write the name of a value, like {{ site.brand }}; a literal `{{` is written {{ \"{{\" }}",
            ),
            (
                "{{ prices.month",
                "the expression does not end on its line",
                "put `}}` after the name; a literal `{{` is written {{ \"{{\" }}",
            ),
        ] {
            let fault = expressions(Language::Russian)
                .evaluate(expression)
                .unwrap_err();
            assert!(fault.message.contains(message), "{expression}: {fault:?}");
            assert_eq!(fault.help, help, "{expression}: {fault:?}");
        }
    }
}
