//! `GET /api/openapi.json`: the API as a document for programs (`openapi` 3.1.1).
//!
//! It is put together from the route table, from the problems that the router itself can answer, and from constants beside
//! them: [`operations`] says what each action takes and answers, [`mod@schemas`] what that looks like. Nothing of an
//! installation is in it, so it is the same everywhere. The Worker carries the finished text, a fifth of what the code that
//! makes it weighs: `cargo run -p edge-worker --example openapi > edge-worker/openapi.json` writes it, and a test says when it
//! is stale.

mod operations;
mod schemas;
mod shape;

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use self::operations::{Body, Operation, describe};
use self::schemas::cabinet::{DOCUMENT_TYPE, TABLE};
use self::schemas::schemas;
use self::shape::{Shape, reference};
use super::failure::{Failure, FieldProblems, Problem};
use super::language::Language;
use super::routes::{Action, ClientAction, ROUTES, Route};

const ABOUT: &str = "Authentication and the personal cabinet. Every path works with and without its trailing slash. \
    GET answers HEAD as well; another method is answered 405, another path 404. Messages are in Russian, or in English \
    where Accept-Language prefers it; codes are stable.";

/// Problems of a status, by their codes.
type Problems = BTreeMap<u16, BTreeMap<&'static str, Problem>>;

/// The document as the Worker carries it.
pub(super) fn published() -> Result<Value, Failure> {
    serde_json::from_str(include_str!("../../openapi.json")).map_err(|error| Failure {
        problem: Problem::Internal,
        log: error.to_string(),
    })
}

/// The document, made anew.
#[must_use]
pub fn document() -> Value {
    let mut paths = Map::new();
    let mut failures = by_status(vec![Problem::NotFound, not_allowed()]);
    for route in &ROUTES {
        let problems = by_status(problems_of(route));
        let path = paths
            .entry(route.path.replace("<id>", "{id}"))
            .or_insert_with(|| json!({}));
        if let Some(path) = path.as_object_mut() {
            let method = route.method.to_ascii_lowercase();
            path.insert(method, operation(route, &problems));
        }
        for (status, problems) in problems {
            failures.entry(status).or_default().extend(problems);
        }
    }
    let schemas: Map<_, _> = schemas()
        .map(|(name, shape)| ((*name).to_owned(), shape.schema()))
        .chain(
            failures
                .values()
                .flatten()
                .map(|(code, problem)| (failure_name(code), failure_schema(problem))),
        )
        .collect();
    let everywhere: Map<_, _> = [
        ("NotFound", Problem::NotFound),
        ("MethodNotAllowed", not_allowed()),
    ]
    .into_iter()
    .filter_map(|(name, problem)| {
        let (status, problems) = by_status(vec![problem]).pop_first()?;
        Some((name.to_owned(), failure(status, &problems)))
    })
    .collect();
    json!({
        "openapi": "3.1.1",
        "info": {
            "title": "MiniApp.Expert",
            "version": env!("CARGO_PKG_VERSION"),
            "description": ABOUT,
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": everywhere,
            "headers": {
                "X-Request-Id": {
                    "description": "The request's name in the log",
                    "required": true,
                    "schema": {"type": "string", "format": "uuid"},
                },
            },
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
            },
        },
    })
}

/// The problem of a method that a path does not have; the methods it has are told in the header.
const fn not_allowed() -> Problem {
    Problem::MethodNotAllowed {
        allow: String::new(),
    }
}

/// Every way in which a route can fail.
fn problems_of(route: &Route) -> Vec<Problem> {
    let operation = describe(route.action);
    let mut problems = vec![Problem::Internal, Problem::Unavailable];
    problems.extend_from_slice(operation.problems);
    if matches!(route.action, Action::Client(_)) {
        problems.extend([
            Problem::AuthenticationRequired,
            Problem::TokenNotValid,
            Problem::Forbidden,
        ]);
    }
    if operation.body != Body::Unread {
        problems.extend([
            Problem::MalformedJson,
            Problem::BodyTooLarge,
            Problem::UnsupportedMediaType,
        ]);
    }
    if operation.body != Body::Unread || !operation.query.is_empty() {
        problems.push(Problem::ValidationFailed(FieldProblems::new()));
    }
    if route.path.contains("<id>") {
        problems.push(Problem::NotFound);
    }
    if route.is_limited_in_front() {
        problems.push(Problem::TooManyRequests {
            retry_after: std::time::Duration::ZERO,
        });
    }
    problems
}

fn by_status(problems: Vec<Problem>) -> Problems {
    let mut sorted = Problems::new();
    for problem in problems {
        let of_status = sorted.entry(problem.status()).or_default();
        of_status.insert(problem.code(), problem);
    }
    sorted
}

fn operation(route: &Route, problems: &Problems) -> Value {
    let Operation {
        id,
        summary,
        query,
        body,
        status,
        answer,
        not_yet,
        problems: _,
    } = describe(route.action);
    let mut parameters: Vec<_> = query
        .iter()
        .map(|(name, shape)| parameter(name, "query", shape))
        .collect();
    if route.path.contains("<id>") {
        let shape = match route.action {
            Action::Client(ClientAction::AcceptDocument) => DOCUMENT_TYPE,
            _ => Shape::Format("uuid"),
        };
        parameters.push(parameter("id", "path", &shape));
    }
    let mut success = response(summary, &reference(answer), Map::new());
    if let (TABLE, Some(success)) = (answer, success.as_object_mut()) {
        let table = json!({"text/csv": {"schema": reference(answer)}});
        success.insert("content".to_owned(), table);
    }
    let later = not_yet.map(|(status, name)| {
        let later = response("Not yet: ask again later.", &reference(name), Map::new());
        (status.to_string(), later)
    });
    let responses: Map<_, _> = [(status.to_string(), success)]
        .into_iter()
        .chain(later)
        .chain(
            problems
                .iter()
                .map(|(status, problems)| (status.to_string(), failure(*status, problems))),
        )
        .collect();
    let security = match route.action {
        Action::Public(_) => json!([]),
        Action::Client(_) => json!([{"bearer": []}]),
    };
    let mut operation = json!({
        "operationId": id,
        "summary": summary,
        "security": security,
        "parameters": parameters,
        "responses": responses,
    });
    // RFC 9110 section 9.3.5: the content of DELETE has no meaning, so none is offered.
    let form = match body {
        Body::Form(name) => Some(name),
        Body::Empty if route.method != "DELETE" => Some("Nothing"),
        Body::Empty | Body::Unread => None,
    };
    if let (Some(name), Some(operation)) = (form, operation.as_object_mut()) {
        // No body counts as `{}`.
        let may_be_missing = schemas().any(|(known, shape)| *known == name && shape.may_be_empty());
        let body = json!({"required": !may_be_missing, "content": content(&reference(name))});
        operation.insert("requestBody".to_owned(), body);
    }
    operation
}

fn parameter(name: &str, place: &str, shape: &Shape) -> Value {
    json!({"name": name, "in": place, "required": place == "path", "schema": shape.schema()})
}

fn failure(status: u16, problems: &BTreeMap<&str, Problem>) -> Value {
    let words: Vec<_> = problems
        .values()
        .map(|problem| problem.message().text(Language::English))
        .collect();
    let mut names = problems.keys().map(|code| reference(&failure_name(code)));
    let schema = match (names.next(), problems.len()) {
        (Some(only), 1) => only,
        (first, _) => json!({"oneOf": first.into_iter().chain(names).collect::<Vec<_>>()}),
    };
    let header = match status {
        401 => Some(("WWW-Authenticate", json!({"const": "Bearer"}))),
        405 => Some(("Allow", json!({"type": "string"}))),
        429 => Some(("Retry-After", json!({"type": "integer", "minimum": 0}))),
        _ => None,
    };
    let headers = header
        .map(|(name, schema)| (name.to_owned(), json!({"required": true, "schema": schema})))
        .into_iter()
        .collect();
    response(&words.join(" "), &schema, headers)
}

fn response(description: &str, schema: &Value, mut headers: Map<String, Value>) -> Value {
    let named = "X-Request-Id";
    headers.insert(
        named.to_owned(),
        json!({"$ref": format!("#/components/headers/{named}")}),
    );
    json!({"description": description, "headers": headers, "content": content(schema)})
}

fn content(schema: &Value) -> Value {
    json!({"application/json": {"schema": schema}})
}

fn failure_name(code: &str) -> String {
    format!("Failure.{code}")
}

/// The shape of [`Problem::respond`].
fn failure_schema(problem: &Problem) -> Value {
    let mut properties = json!({
        "success": {"const": false},
        "code": {"const": problem.code()},
        "message": {"type": "string", "minLength": 1},
        "request_id": {"type": "string", "format": "uuid"},
    });
    let more = match problem {
        Problem::ValidationFailed(_) => vec![(
            "fields",
            json!({"type": "object", "minProperties": 1, "additionalProperties": {"type": "string"}}),
        )],
        Problem::HumanCheckNeeded { .. } => vec![
            ("site_key", json!({"type": "string"})),
            ("action", json!({"type": "string"})),
        ],
        _ => Vec::new(),
    };
    let mut required = Vec::new();
    if let Some(properties) = properties.as_object_mut() {
        properties.extend(
            more.into_iter()
                .map(|(name, schema)| (name.to_owned(), schema)),
        );
        required.extend(properties.keys().cloned());
    }
    json!({"type": "object", "properties": properties, "required": required})
}
