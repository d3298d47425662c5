//! Whether what goes over the wire is as the API's own document says.
//!
//! Every back end shows each exchange of each scenario to [`check`]. An answer may have no status and no field that the
//! document does not know, and what was accepted must have been asked for as documented. Clients are told less: they must
//! bear fields that come later.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use edge_worker::http::openapi::document;
use jsonschema::Validator;
use serde_json::{Map, Value, json};

use crate::backend::{Answer, Call};

/// The document, ready to be asked.
static CONTRACT: LazyLock<Contract> = LazyLock::new(|| Contract::read(&document()));

struct Contract {
    /// By path, then by method in lower case.
    paths: BTreeMap<String, BTreeMap<String, Operation>>,
    unknown_path: Response,
    unknown_method: Response,
}

struct Operation {
    body: Option<Validator>,
    responses: BTreeMap<u16, Response>,
}

struct Response {
    body: Validator,
    headers: Vec<(String, Validator)>,
}

/// Checks an exchange; `sent` is the call without what its back end adds.
///
/// # Panics
/// The document does not allow it.
pub fn check(sent: &Call, answer: &Answer) {
    let faults = faults(sent, answer);
    assert!(
        faults.is_empty(),
        "{} {} was answered {}, which /api/openapi.json does not describe: {}\n{}",
        sent.method,
        sent.target,
        answer.status,
        faults.join("; "),
        answer.body
    );
}

/// What the document does not allow about an exchange.
pub fn faults(sent: &Call, answer: &Answer) -> Vec<String> {
    CONTRACT.faults(sent, answer)
}

impl Contract {
    fn read(document: &Value) -> Self {
        let mut document = document.clone();
        close(&mut document["components"]["schemas"]);
        let response = |response: &Value| Response::read(&document, response);
        let everywhere = &document["components"]["responses"];
        let paths = object(&document["paths"])
            .iter()
            .map(|(path, operations)| {
                let operations = object(operations)
                    .iter()
                    .map(|(method, operation)| {
                        (method.clone(), Operation::read(&document, operation))
                    })
                    .collect();
                (path.trim_end_matches('/').to_owned(), operations)
            })
            .collect();
        Self {
            paths,
            unknown_path: response(&everywhere["NotFound"]),
            unknown_method: response(&everywhere["MethodNotAllowed"]),
        }
    }

    fn faults(&self, sent: &Call, answer: &Answer) -> Vec<String> {
        let path = sent.target.split('?').next().unwrap_or_default();
        let path = path.strip_suffix('/').unwrap_or(path);
        let Some(operations) = self.find(path) else {
            return self.unknown_path.faults(404, sent, answer);
        };
        let method = match sent.method {
            "HEAD" => "get".to_owned(),
            method => method.to_ascii_lowercase(),
        };
        let Some(operation) = operations.get(&method) else {
            return self.unknown_method.faults(405, sent, answer);
        };
        let Some(response) = operation.responses.get(&answer.status) else {
            return vec!["the status".to_owned()];
        };
        let mut faults = response.faults(answer.status, sent, answer);
        if let Some(validator) = &operation.body
            && answer.status < 300
            && !sent.body.is_empty()
        {
            let body = serde_json::from_slice(&sent.body).unwrap();
            faults.extend(errors("the accepted body", validator, &body));
        }
        faults
    }

    /// The operations of a path; one that is meant to the letter goes before one with an id.
    fn find(&self, path: &str) -> Option<&BTreeMap<String, Operation>> {
        let fits = |template: &str| {
            let segments = || template.split('/').zip(path.split('/'));
            template.split('/').count() == path.split('/').count()
                && segments().all(|(wanted, found)| {
                    wanted == found || (wanted.starts_with('{') && !found.is_empty())
                })
        };
        self.paths.get(path).or_else(|| {
            let mut found = self.paths.iter().filter(|(template, _)| fits(template));
            found.next().map(|(_, operations)| operations)
        })
    }
}

impl Operation {
    fn read(document: &Value, operation: &Value) -> Self {
        let body = operation.get("requestBody");
        let responses = object(&operation["responses"])
            .iter()
            .map(|(status, response)| (status.parse().unwrap(), Response::read(document, response)))
            .collect();
        Self {
            body: body.map(|body| validator(document, schema_of(body))),
            responses,
        }
    }
}

impl Response {
    fn read(document: &Value, response: &Value) -> Self {
        let headers = object(&response["headers"])
            .iter()
            .map(|(name, header)| {
                let header = match header.get("$ref") {
                    Some(reference) => {
                        let pointer = reference.as_str().unwrap().trim_start_matches('#');
                        document.pointer(pointer).unwrap()
                    }
                    None => header,
                };
                assert_eq!(header["required"], true, "{name}");
                (
                    name.to_ascii_lowercase(),
                    validator(document, &header["schema"]),
                )
            })
            .collect();
        Self {
            body: validator(document, schema_of(response)),
            headers,
        }
    }

    fn faults(&self, status: u16, sent: &Call, answer: &Answer) -> Vec<String> {
        if answer.status != status {
            return vec![format!("the status, which should be {status}")];
        }
        let mut faults = Vec::new();
        for (name, validator) in &self.headers {
            match answer.header(name) {
                None => faults.push(format!("without {name}")),
                Some(text) => {
                    let number = text.parse::<i64>().map(Value::from);
                    let value = number.unwrap_or_else(|_| text.into());
                    faults.extend(errors(name, validator, &value));
                }
            }
        }
        // Over HTTP the answer to HEAD has no body.
        if sent.method != "HEAD" {
            faults.extend(errors("the body", &self.body, &answer.body));
        }
        faults
    }
}

fn errors(what: &str, validator: &Validator, value: &Value) -> Vec<String> {
    validator
        .iter_errors(value)
        .map(|error| format!("{what}{}: {error}", error.instance_path()))
        .collect()
}

fn object(value: &Value) -> &Map<String, Value> {
    value.as_object().unwrap()
}

fn schema_of(value: &Value) -> &Value {
    let content = object(&value["content"]);
    &content.values().next().unwrap()["schema"]
}

/// A validator of a schema within the document, to which its references lead.
fn validator(document: &Value, schema: &Value) -> Validator {
    let schema = json!({"components": document["components"], "allOf": [schema]});
    jsonschema::draft202012::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap()
}

/// Allows no fields beside those that are described.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(schema) => {
            schema.values_mut().for_each(close);
            if schema.get("properties").is_some_and(Value::is_object) {
                schema
                    .entry("additionalProperties")
                    .or_insert(Value::Bool(false));
            }
        }
        Value::Array(schemas) => schemas.iter_mut().for_each(close),
        _ => {}
    }
}
