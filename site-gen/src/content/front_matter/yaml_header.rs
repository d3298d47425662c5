//! A front matter in YAML, read into fields.

use std::ops::Range;

use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, YamlData};

use super::field::{Field, Located, Value};
use crate::content::notation::{refuse_yaml, yaml_error};
use crate::diagnostics::Diagnostic;
use crate::source::SourceFile;

/// Reads the fields of a header that stands at `range` of the file.
pub(super) fn read(file: &SourceFile, range: &Range<usize>) -> Result<Vec<Field>, Vec<Diagnostic>> {
    let header = file.text().get(range.clone()).unwrap_or_default();
    let places = Places {
        header,
        offset: range.start,
    };
    let documents = MarkedYaml::load_from_str(header).map_err(|error| {
        let start = places.byte(error.marker().index());
        vec![yaml_error(file, start, error.info())]
    })?;
    let Some(document) = documents.into_iter().next() else {
        return Ok(Vec::new());
    };
    let whole = places.range(&document);
    let YamlData::Mapping(mapping) = document.data else {
        return Err(vec![refuse_yaml(
            file,
            whole,
            "the front matter is not a list of keys with values",
        )]);
    };
    mapping
        .into_iter()
        .map(|(key, value)| {
            let key_range = places.range(&key);
            match key.data {
                YamlData::Value(Scalar::String(name)) => Ok(Field {
                    key: name.into_owned(),
                    key_range,
                    value: places.locate(value),
                }),
                _ => Err(vec![refuse_yaml(file, key_range, "a key must be a word")]),
            }
        })
        .collect()
}

/// Counts in bytes of the file what the YAML reader counts in letters of the header.
struct Places<'a> {
    header: &'a str,
    offset: usize,
}

impl Places<'_> {
    fn byte(&self, letter: usize) -> usize {
        let found = self.header.char_indices().nth(letter);
        self.offset + found.map_or(self.header.len(), |(position, _)| position)
    }

    fn range(&self, node: &MarkedYaml<'_>) -> Range<usize> {
        let start = self.byte(node.span.start.index());
        start..self.byte(node.span.end.index()).max(start)
    }

    fn locate(&self, node: MarkedYaml<'_>) -> Located {
        let range = self.range(&node);
        let value = match node.data {
            YamlData::Value(Scalar::String(text)) => Value::Text(text.into_owned()),
            YamlData::Value(Scalar::Boolean(flag)) => Value::Flag(flag),
            YamlData::Value(Scalar::Integer(number)) => Value::Integer(number),
            YamlData::Sequence(items) => {
                Value::List(items.into_iter().map(|item| self.locate(item)).collect())
            }
            _ => Value::Other,
        };
        Located { value, range }
    }
}
