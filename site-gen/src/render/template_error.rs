//! Errors of templates, told with the template's file, line and what is near to the unknown name.

use minijinja::{Environment, Error, ErrorKind, Value};

use super::environment::{Advice, nearest_file, template_path};
use crate::diagnostics::Diagnostic;
use crate::source::SourceFile;
use crate::suggestion::did_you_mean;
use crate::vocabulary::{self, Explanation, Setting};

/// The cure where nothing better is known.
const USAGE: &str = "put {{ debug() }} into the template to see its values";

/// An error in the syntax of a template.
pub(super) fn describe_syntax(error: &Error, file: &SourceFile) -> Diagnostic {
    let range = error.range().unwrap_or(0..0);
    match vocabulary::explain(error, Setting::Template) {
        Some(explanation) => {
            Diagnostic::at(file, range, explanation.message).help(explanation.help)
        }
        None => Diagnostic::at(file, range, error.to_string()),
    }
}

/// An error that came up while a template of `environment` was rendered with `context`.
pub(super) fn describe(
    error: &Error,
    context: &Value,
    environment: &Environment<'_>,
) -> Diagnostic {
    let error = innermost(error);
    let name = error.name().unwrap_or_default();
    let Explanation { message, help } = explain(error, context, environment);
    let diagnostic = match (error.template_source(), error.range()) {
        (Some(text), Some(range)) => {
            let file = SourceFile::new(template_path(name), text);
            Diagnostic::at(&file, range, message)
        }
        _ => Diagnostic::about(template_path(name), message),
    };
    diagnostic.help(help)
}

fn explain(error: &Error, context: &Value, environment: &Environment<'_>) -> Explanation {
    if let Some(explanation) = vocabulary::explain(error, Setting::Template) {
        return explanation;
    }
    if error.kind() == ErrorKind::TemplateNotFound
        && let Some(name) = quoted(error.detail().unwrap_or_default())
    {
        return Explanation {
            message: format!("there is no template \"{name}\""),
            help: nearest_file(environment, name),
        };
    }
    let advice = std::error::Error::source(error)
        .and_then(|source| source.downcast_ref::<Advice>())
        .map(|advice| advice.0.clone());
    let detail = error.detail().map(str::to_owned);
    Explanation {
        message: detail.unwrap_or_else(|| error.kind().to_string()),
        help: advice
            .or_else(|| known_names(error, context))
            .unwrap_or_else(|| USAGE.to_owned()),
    }
}

/// What stands in quotes in "template 'a.html' does not exist".
fn quoted(detail: &str) -> Option<&str> {
    let (_, rest) = detail.split_once(['"', '\''])?;
    rest.split_once(['"', '\'']).map(|(name, _)| name)
}

/// An error inside an included template is wrapped in one for each `include`.
fn innermost(error: &Error) -> &Error {
    let mut innermost = error;
    while let Some(inner) =
        std::error::Error::source(innermost).and_then(|source| source.downcast_ref::<Error>())
    {
        innermost = inner;
    }
    innermost
}

/// For "`a.b` is undefined": the key of `a` nearest to `b`, or all of them.
fn known_names(error: &Error, context: &Value) -> Option<String> {
    if error.kind() != ErrorKind::UndefinedError {
        return None;
    }
    let path = path_of(error.detail()?)?;
    let (last, parents) = path.split_last()?;
    let parent = parents.iter().try_fold(context.clone(), |value, key| {
        value
            .get_item(&Value::from(key.as_str()))
            .ok()
            .filter(|inner| !inner.is_undefined())
    })?;
    let keys: Vec<_> = parent.try_iter().ok()?.collect();
    let keys = || keys.iter().filter_map(Value::as_str);
    did_you_mean(last, keys()).or_else(|| vocabulary::list(&parents.join("."), keys()))
}

/// The names in "`pages['help/index'].title` is undefined".
fn path_of(detail: &str) -> Option<Vec<String>> {
    let (path, _) = detail.strip_prefix('`')?.split_once('`')?;
    let mut names = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        let (name, after) = if let Some(quoted) = rest.strip_prefix("['") {
            quoted.split_once("']")?
        } else {
            let plain = rest.trim_start_matches('.');
            plain.split_at(plain.find(['.', '[']).unwrap_or(plain.len()))
        };
        names.push(name.to_owned());
        if after.len() == rest.len() {
            return None;
        }
        rest = after;
    }
    Some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_an_undefined_value_are_read_from_the_message() {
        for (detail, names) in [
            ("`t` is undefined", Some(vec!["t"])),
            (
                "`t.login.titel` is undefined",
                Some(vec!["t", "login", "titel"]),
            ),
            (
                "`pages['help/index'].titel` is undefined",
                Some(vec!["pages", "help/index", "titel"]),
            ),
            ("`items[0].x` is undefined", None),
            ("undefined value", None),
        ] {
            let names = names.map(|names| names.into_iter().map(str::to_owned).collect());
            assert_eq!(path_of(detail), names, "{detail}");
        }
    }
}
