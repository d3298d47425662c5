//! What a JSON value looks like, as a constant, and the same as JSON Schema (draft 2020-12, which the document is written in).

use serde_json::{Map, Value, json};

/// What a value looks like.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    /// `true` or `false`.
    Flag,
    /// Always this.
    Always(bool),
    /// A text of so many characters.
    Text { min: usize, max: Option<usize> },
    /// A text that a regular expression describes.
    Pattern(&'static str),
    /// A text in a format of JSON Schema, such as `date-time`.
    Format(&'static str),
    /// An e-mail address; letters of any script that the service accepts, so it is not `email`.
    Email { max: usize },
    /// Always this word.
    Word(&'static str),
    /// One of these words.
    Words(fn() -> Vec<&'static str>),
    /// A whole number.
    Integer { min: i64, max: Option<i64> },
    /// A number.
    Number,
    /// A list of anything: there is nothing yet that could stand in it.
    EmptyList,
    /// A list.
    List(&'static Self),
    /// One of these shapes.
    AnyOf(&'static [Self]),
    /// The same or `null`.
    Nullable(&'static Self),
    /// An object with these fields.
    Object(&'static [Field]),
    /// An object of no further description.
    AnyObject,
    /// A form with these fields and no others.
    Form(&'static [Field]),
    /// A shape that has a name.
    Named(&'static str),
}

/// A field of an object.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    name: &'static str,
    shape: Shape,
    is_required: bool,
}

/// A field that is always there.
pub(super) const fn required(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        is_required: true,
    }
}

/// A field that may be missing.
pub(super) const fn optional(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        is_required: false,
    }
}

/// Where a shape with a name is found.
pub(super) fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

impl Shape {
    /// Whether an object of this shape may have no field at all.
    pub(super) fn may_be_empty(&self) -> bool {
        match self {
            Self::Object(fields) | Self::Form(fields) => {
                fields.iter().all(|field| !field.is_required)
            }
            _ => false,
        }
    }

    /// The shape as JSON Schema.
    pub(super) fn schema(&self) -> Value {
        match self {
            Self::Flag => of_type("boolean", []),
            Self::Always(flag) => of_type("boolean", [("const", (*flag).into())]),
            Self::Text { min, max } => {
                let max = max.map(|max| ("maxLength", max.into()));
                of_type(
                    "string",
                    [("minLength", (*min).into())].into_iter().chain(max),
                )
            }
            Self::Pattern(pattern) => of_type("string", [("pattern", (*pattern).into())]),
            Self::Format(format) => of_type("string", [("format", (*format).into())]),
            Self::Email { max } => of_type(
                "string",
                [("format", "idn-email".into()), ("maxLength", (*max).into())],
            ),
            Self::Word(word) => of_type("string", [("const", (*word).into())]),
            Self::Words(words) => of_type("string", [("enum", words().into())]),
            Self::Integer { min, max } => {
                let max = max.map(|max| ("maximum", max.into()));
                of_type(
                    "integer",
                    [("minimum", (*min).into())].into_iter().chain(max),
                )
            }
            Self::Number => of_type("number", []),
            Self::EmptyList => of_type("array", []),
            Self::List(item) => of_type("array", [("items", item.schema())]),
            Self::AnyOf(shapes) => {
                json!({"anyOf": shapes.iter().map(Self::schema).collect::<Vec<_>>()})
            }
            Self::Nullable(shape) => json!({"anyOf": [shape.schema(), {"type": "null"}]}),
            Self::Object(fields) => object(fields, None),
            Self::AnyObject => of_type("object", []),
            Self::Form(fields) => object(fields, Some(("additionalProperties", false.into()))),
            Self::Named(name) => reference(name),
        }
    }
}

fn of_type<'a>(name: &str, rules: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    let rules = rules
        .into_iter()
        .map(|(rule, value)| (rule.to_owned(), value));
    let schema: Map<_, _> = [("type".to_owned(), name.into())]
        .into_iter()
        .chain(rules)
        .collect();
    Value::Object(schema)
}

fn object(fields: &[Field], rule: Option<(&str, Value)>) -> Value {
    let properties: Map<_, _> = fields
        .iter()
        .map(|field| (field.name.to_owned(), field.shape.schema()))
        .collect();
    let required: Vec<_> = fields
        .iter()
        .filter(|field| field.is_required)
        .map(|field| field.name)
        .collect();
    of_type(
        "object",
        [
            ("properties", Value::Object(properties)),
            ("required", required.into()),
        ]
        .into_iter()
        .chain(rule),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shape_is_json_schema() {
        const FIELDS: &[Field] = &[
            required("email", Shape::Email { max: 254 }),
            optional(
                "name",
                Shape::Nullable(&Shape::Text {
                    min: 0,
                    max: Some(255),
                }),
            ),
        ];
        assert_eq!(
            Shape::Form(FIELDS).schema(),
            json!({
                "type": "object",
                "properties": {
                    "email": {"type": "string", "format": "idn-email", "maxLength": 254},
                    "name": {"anyOf": [{"type": "string", "minLength": 0, "maxLength": 255}, {"type": "null"}]},
                },
                "required": ["email"],
                "additionalProperties": false,
            })
        );
        assert_eq!(
            Shape::List(&Shape::Named("User")).schema(),
            json!({"type": "array", "items": {"$ref": "#/components/schemas/User"}})
        );
    }
}
