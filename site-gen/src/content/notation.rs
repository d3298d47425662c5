//! Mistakes in TOML and YAML, told in the words of those who write texts.
//!
//! The libraries speak of literal strings and scalars and list what a grammar would allow; here the usual slips get a
//! sentence and a cure of their own. What is not usual keeps the sentence of the library.

use std::ops::Range;

use crate::diagnostics::Diagnostic;
use crate::source::SourceFile;
use crate::suggestion::did_you_mean;

/// What a date looks like.
pub(super) const DATE: &str = "a date is written as year, month and day, like 2026-11-23, and has to be a day of the calendar";

const TOML: &str =
    "this part is TOML: key = \"text\"; numbers, true and false stand without quotes";
const YAML: &str = "this part is YAML: one `key: value` a line; lists are written [a, b]";
const TWICE: &str = "the key stands here for the second time";
const OPEN_QUOTATION: &str = "the text in quotes does not end";
const CLOSE_QUOTATION: &str =
    "put the same quotation mark at its end; quotation marks inside a text are written «…» or “…”";

/// A message and its cure.
type Explanation = (String, String);

/// A syntax or type error of TOML that begins `offset` bytes into the file.
pub(super) fn toml_error(file: &SourceFile, offset: usize, error: &toml::de::Error) -> Diagnostic {
    let span = error.span().unwrap_or(0..0);
    let range = offset + span.start..offset + span.end;
    let written = Written::new(file.text(), &range);
    let (message, help) = explain_toml(error.message(), &written);
    Diagnostic::at(file, range, message).help(help)
}

/// All syntax errors of a text in TOML that begins `offset` bytes into the file, each line once: what follows a slip on
/// the same line, or a text that does not end, follows from it.
pub(super) fn toml_errors(
    file: &SourceFile,
    offset: usize,
    errors: &[toml::de::Error],
) -> Vec<Diagnostic> {
    let mut errors: Vec<_> = errors.iter().collect();
    errors.sort_by_key(|error| error.span().map_or(0, |span| span.start));
    let mut told: Vec<Diagnostic> = Vec::new();
    for error in errors {
        let error = toml_error(file, offset, error);
        if told.last().is_none_or(|last| last.line() != error.line()) {
            let is_open = error.message() == OPEN_QUOTATION;
            told.push(error);
            if is_open {
                break;
            }
        }
    }
    told
}

/// A syntax error of YAML at byte `start` of the file.
pub(super) fn yaml_error(file: &SourceFile, start: usize, message: &str) -> Diagnostic {
    let (message, help) = explain_yaml(message);
    Diagnostic::at(file, start..start, message).help(help)
}

/// What is about YAML and not about its syntax.
pub(super) fn refuse_yaml(file: &SourceFile, range: Range<usize>, message: &str) -> Diagnostic {
    Diagnostic::at(file, range, message).help(YAML)
}

/// Why a text that stands where a date belongs is none, if it looks like one.
pub(super) fn no_such_day(written: &str) -> Option<String> {
    let day = written.get(..10).filter(|day| looks_like_date(day))?;
    Some(format!("the calendar has no day {day}"))
}

fn looks_like_date(text: &str) -> bool {
    text.char_indices()
        .all(|(position, letter)| match position {
            4 | 7 => letter == '-',
            _ => letter.is_ascii_digit(),
        })
}

/// What stands where the error is.
struct Written<'a> {
    /// The bytes of the error.
    own: &'a str,
    /// What follows the `=` in their line.
    value: &'a str,
    has_equals_sign: bool,
}

impl<'a> Written<'a> {
    fn new(text: &'a str, range: &Range<usize>) -> Self {
        let before = text.get(..range.start).unwrap_or_default();
        let line = before.rfind('\n').map_or(0, |end| end + 1);
        let line = text.get(line..).and_then(|rest| rest.lines().next());
        let value = line.unwrap_or_default().split_once('=');
        Self {
            own: text.get(range.clone()).unwrap_or_default(),
            value: value.map_or("", |(_, value)| value.trim()),
            has_equals_sign: value.is_some(),
        }
    }
}

fn explain_toml(told: &str, written: &Written<'_>) -> Explanation {
    let (fault, expected) = told.split_once(", expected ").unwrap_or((told, ""));
    let is_number_of_dots = |letter: char| letter.is_ascii_digit() || letter == '.';
    let is_dotted_date =
        written.value.matches('.').count() == 2 && written.value.chars().all(is_number_of_dots);
    if is_dotted_date {
        return explanation("this is not a date", DATE);
    }
    match fault {
        "invalid date" | "invalid date-time" | "invalid datetime" => {
            let message = no_such_day(written.own);
            (
                message.unwrap_or_else(|| "this is not a date".to_owned()),
                DATE.to_owned(),
            )
        }
        "string values must be quoted" if written.value.is_empty() => explanation(
            "the key has no value",
            "write it after the `=`: a text in quotes, a number, a date, true or false",
        ),
        "string values must be quoted" => explanation(
            "a text has to stand in straight quotation marks",
            "write key = \"text\"; numbers, dates, true and false stand without quotes",
        ),
        "key with no value" | "invalid unquoted key"
            if written.own.starts_with(':') || !written.has_equals_sign =>
        {
            explanation("after a key there is no `=`", "write key = \"text\"")
        }
        "invalid unquoted key" | "unquoted keys cannot be empty" | "key with no value" => {
            explanation(
                "this is not a key",
                "a key is one word of Latin letters, digits, `-` and `_`",
            )
        }
        "duplicate key" => explanation(TWICE, "take one of the two out"),
        "invalid basic string"
        | "invalid literal string"
        | "invalid multi-line basic string"
        | "invalid multi-line literal string" => explanation(OPEN_QUOTATION, CLOSE_QUOTATION),
        "unclosed table" | "unclosed array" | "unclosed inline table" => (
            "a bracket is not closed".to_owned(),
            format!("put {expected} after what it holds"),
        ),
        "missing escaped value" => explanation(
            "a backslash does not stand for itself here",
            "write two of them, or put the text between single quotation marks: 'C:\\folder'",
        ),
        "unexpected key or value" => explanation(
            "there is something after the value",
            "write one key with one value a line; a text with spaces or commas stands in quotes, a fraction has a point",
        ),
        "invalid boolean" => explanation(
            "this is not a value",
            "true and false are written in small letters, texts in quotes",
        ),
        _ => unknown_field(fault, expected)
            .unwrap_or_else(|| (told.replace('\n', "; "), TOML.to_owned())),
    }
}

/// "unknown field `a`, expected `b` or `c`".
fn unknown_field(fault: &str, expected: &str) -> Option<Explanation> {
    if let Some(name) = fault.strip_prefix("missing field ") {
        let key = name.trim_matches('`');
        let message = format!("the key {name} is missing");
        return Some((message, format!("add a line to the table: {key} = \"…\"")));
    }
    let name = fault.strip_prefix("unknown field ")?.trim_matches('`');
    let known: Vec<_> = expected.split('`').skip(1).step_by(2).collect();
    let help = did_you_mean(name, known.iter().copied());
    Some((
        format!("there is no key `{name}` here"),
        help.unwrap_or_else(|| format!("the keys are: {}", known.join(", "))),
    ))
}

fn explain_yaml(told: &str) -> Explanation {
    if told.contains("duplicated key") {
        explanation(TWICE, "take one of the two out")
    } else if told.contains("quoted scalar") && !told.contains("trailing") {
        explanation(OPEN_QUOTATION, CLOSE_QUOTATION)
    } else if told.contains("trailing content") {
        explanation(
            "there is something after the text in quotes",
            "put the whole text into quotes; quotation marks inside it are written «…» or “…”",
        )
    } else if told.contains("mapping values are not allowed") {
        explanation(
            "a colon stands where none can be",
            "put a text that holds a colon into quotes, and begin each key at the start of its line",
        )
    } else if told.contains("flow sequence") || told.contains("flow mapping") {
        explanation(
            "a bracket is not closed",
            "put `]` after the last item; a text that begins with a bracket stands in quotes",
        )
    } else if told.contains("unexpected character") || told.contains("unknown anchor") {
        explanation(
            "a text cannot begin with this character",
            "put the text into quotes",
        )
    } else {
        explanation(told, YAML)
    }
}

fn explanation(message: &str, help: &str) -> Explanation {
    (message.to_owned(), help.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let file = SourceFile::new("a.toml", text);
        let (_, errors) = toml::de::DeTable::parse_recoverable(file.text());
        let errors = toml_errors(&file, 0, &errors);
        errors
            .iter()
            .map(|error| error.message().to_owned())
            .collect()
    }

    #[test]
    fn every_usual_slip_in_toml_is_told_once_and_plainly() {
        for (text, message) in [
            ("a = 2026-02-30", "the calendar has no day 2026-02-30"),
            ("a = 2026-13-01", "the calendar has no day 2026-13-01"),
            (
                "a = 2026-11-31T10:00:00",
                "the calendar has no day 2026-11-31",
            ),
            ("a = 2026-2-3", "this is not a date"),
            ("a = 23.11.2026", "this is not a date"),
            ("a = ", "the key has no value"),
            ("a = Да", "a text has to stand in straight quotation marks"),
            (
                "a = «Да»",
                "a text has to stand in straight quotation marks",
            ),
            ("a: \"x\"", "after a key there is no `=`"),
            ("a", "after a key there is no `=`"),
            ("a: 1 = 2", "after a key there is no `=`"),
            ("ключ = 1", "this is not a key"),
            ("a b = 1", "this is not a key"),
            ("a = 1\na = 2", "the key stands here for the second time"),
            ("a = \"x", "the text in quotes does not end"),
            ("a = \"x\ny\"\nb = 1", "the text in quotes does not end"),
            ("[a", "a bracket is not closed"),
            ("a = [1, 2", "a bracket is not closed"),
            (
                "a = \"C:\\path\"",
                "a backslash does not stand for itself here",
            ),
            ("a = \"x\" y", "there is something after the value"),
            ("a = 1,5", "there is something after the value"),
            ("a = True", "this is not a value"),
        ] {
            assert_eq!(told(text), [message], "{text}");
        }
        assert_eq!(
            told("a = \nb = \"1\"\nc = x\n").len(),
            2,
            "two lines are two mistakes"
        );
    }

    #[test]
    fn every_usual_slip_in_yaml_is_told_plainly() {
        use saphyr::{LoadableYamlNode as _, MarkedYaml};

        for (text, message) in [
            ("a: \"x", "the text in quotes does not end"),
            ("a: 'x\nb: y", "the text in quotes does not end"),
            ("a: b: c", "a colon stands where none can be"),
            ("a: 1\n b: 2", "a colon stands where none can be"),
            ("a: 1\na: 2", "the key stands here for the second time"),
            ("a: [b", "a bracket is not closed"),
            ("a: @b", "a text cannot begin with this character"),
            ("a: *b", "a text cannot begin with this character"),
            ("a: \"b\" c", "there is something after the text in quotes"),
        ] {
            let error = MarkedYaml::load_from_str(text).unwrap_err();
            let error = yaml_error(&SourceFile::new("a.md", text), 0, error.info());
            assert_eq!(error.message(), message, "{text}");
        }
    }
}
