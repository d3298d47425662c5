//! Reading a body: raw JSON in, valid values out, and every problem named at once.
//!
//! A field is taken out of the form when it is read, so what is left at the end is what nobody asked for; it is refused
//! by name, never ignored silently.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, Visitor};
use serde_json::{Map, Value};

use super::failure::{Failure, FieldProblems, Problem};
use super::messages::Message;
use super::request::{Body, Request};
use crate::domain::money::Kopecks;

/// How many unknown fields are said back: enough for a typing error, too few to make a long answer of a short request.
const MAX_UNKNOWN_FIELDS: usize = 20;

/// The fields of a body that were not read yet, and the problems found so far.
pub(super) struct Form {
    fields: Map<String, Value>,
    problems: FieldProblems,
}

impl Form {
    /// The body as a form. An empty body counts as `{}`, whatever its type.
    pub(super) fn read(request: &Request) -> Result<Self, Failure> {
        let bytes = match request.body() {
            Body::Whole(bytes) => bytes,
            Body::TooLarge => return Err(Problem::BodyTooLarge.into()),
            Body::Broken => return Err(Problem::MalformedJson.into()),
        };
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Ok(Self::of(Map::new()));
        }
        if !is_json(request.header("content-type").unwrap_or_default()) {
            return Err(Problem::UnsupportedMediaType.into());
        }
        serde_json::from_slice(bytes)
            .map(|UniqueFields(fields)| Self::of(fields))
            .map_err(|_| Problem::MalformedJson.into())
    }

    const fn of(fields: Map<String, Value>) -> Self {
        Self {
            fields,
            problems: FieldProblems::new(),
        }
    }

    /// A text that must be there. `None` means that a problem was noted.
    pub(super) fn required<T, E: Into<Message>>(
        &mut self,
        name: &str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        match self.text(name) {
            Ok(Some(text)) => self.note(name, parse(&text)),
            Ok(None) => self.refuse(name, Message::Required),
            Err(message) => self.refuse(name, message),
        }
    }

    /// A text that may be missing or `null`.
    pub(super) fn optional<T, E: Into<Message>>(
        &mut self,
        name: &str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        match self.text(name) {
            Ok(text) => text.and_then(|text| self.note(name, parse(&text))),
            Err(message) => self.refuse(name, message),
        }
    }

    /// A `true` or `false` that may be missing or `null`.
    pub(super) fn optional_flag(&mut self, name: &str) -> Option<bool> {
        match self.fields.remove(name) {
            None | Some(Value::Null) => None,
            Some(Value::Bool(flag)) => Some(flag),
            Some(_) => self.refuse(name, Message::NotFlag),
        }
    }

    /// A whole number, at least 1, that may be missing or `null`.
    pub(super) fn optional_number(&mut self, name: &str) -> Option<i64> {
        match self.fields.remove(name) {
            None | Some(Value::Null) => None,
            Some(value) => match value.as_i64().filter(|number| *number >= 1) {
                Some(number) => Some(number),
                None => self.refuse(name, Message::NotNumber),
            },
        }
    }

    /// An amount of roubles, as a number or as a text, that must be there and be more than nothing.
    pub(super) fn required_amount(&mut self, name: &str) -> Option<Kopecks> {
        let text = match self.fields.remove(name) {
            None | Some(Value::Null) => return self.refuse(name, Message::Required),
            Some(Value::String(text)) => text,
            Some(Value::Number(number)) => number.to_string(),
            Some(_) => return self.refuse(name, Message::NotAnAmount),
        };
        match Kopecks::parse(text.trim()) {
            Ok(amount) if amount.is_positive() => Some(amount),
            _ => self.refuse(name, Message::NotAnAmount),
        }
    }

    /// Ends the reading: every problem at once, or the value. `value` is `None` only where a problem was noted.
    pub(super) fn finish<T>(mut self, value: Option<T>) -> Result<T, Failure> {
        for name in self.fields.keys().take(MAX_UNKNOWN_FIELDS) {
            self.problems.insert(shorten(name), Message::UnknownField);
        }
        match value {
            Some(value) if self.problems.is_empty() => Ok(value),
            _ => Err(Problem::ValidationFailed(self.problems).into()),
        }
    }

    fn text(&mut self, name: &str) -> Result<Option<String>, Message> {
        match self.fields.remove(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(Message::NotText),
        }
    }

    fn note<T, E: Into<Message>>(&mut self, name: &str, result: Result<T, E>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(refused) => self.refuse(name, refused.into()),
        }
    }

    fn refuse<T>(&mut self, name: &str, message: Message) -> Option<T> {
        self.problems.insert(name.to_owned(), message);
        None
    }
}

/// The fields of an object, each named once: of two values for one name, another program in between might believe the
/// other one.
struct UniqueFields(Map<String, Value>);

impl<'de> Deserialize<'de> for UniqueFields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(UniqueFieldsVisitor)
    }
}

struct UniqueFieldsVisitor;

impl<'de> Visitor<'de> for UniqueFieldsVisitor {
    type Value = UniqueFields;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<UniqueFields, A::Error> {
        let mut fields = Map::new();
        while let Some((name, value)) = entries.next_entry::<String, Value>()? {
            if fields.insert(name, value).is_some() {
                return Err(A::Error::custom("a field stands twice"));
            }
        }
        Ok(UniqueFields(fields))
    }
}

/// `application/json`, with whatever parameters.
fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    essence.eq_ignore_ascii_case("application/json")
}

/// The name of an unknown field is said back, but not at any length.
pub(super) fn shorten(name: &str) -> String {
    const MAX_CHARS: usize = 64;
    name.chars().take(MAX_CHARS).collect()
}

/// A query parameter that is `true`, `false` or missing, and given once; any other parameter is refused by name.
pub(super) fn read_flag_parameter(request: &Request, known: &str) -> Result<bool, Failure> {
    let mut flag = None;
    let mut problems = FieldProblems::new();
    for (name, value) in request.query() {
        let problem = match (&*name, &*value) {
            (name, _) if name != known => Message::UnknownParameter,
            (_, "true" | "false") if flag.is_none() => {
                flag = Some(&*value == "true");
                continue;
            }
            _ => Message::BadParameter,
        };
        if problems.len() < MAX_UNKNOWN_FIELDS {
            problems.insert(shorten(&name), problem);
        }
    }
    if problems.is_empty() {
        Ok(flag.unwrap_or(false))
    } else {
        Err(Problem::ValidationFailed(problems).into())
    }
}
