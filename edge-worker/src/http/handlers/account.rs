//! What a person does with their own account beside the profile: sessions, events, and all of their data.

use serde_json::{Map, Value, json};

use super::{done, read_secret};
use crate::app::App;
use crate::app::authentication::Caller;
use crate::app::ports::Store;
use crate::domain::secret::SecretText;
use crate::http::failure::Failure;
use crate::http::form::Form;
use crate::http::language::Language;
use crate::http::messages::Message;
use crate::http::paging::{list, read_page};
use crate::http::request::Request;
use crate::http::response::Response;
use crate::http::routes::PathId;
use crate::http::views::account as views;

/// There are never more than [`crate::domain::session::Session::MAX_LIVE`], so the list has no pages.
pub(in crate::http) async fn sessions<S: Store>(
    app: &App<'_, S>,
    caller: &Caller,
) -> Result<Response, Failure> {
    let sessions: Vec<_> = app
        .own_sessions(caller)
        .await?
        .iter()
        .map(|session| views::session(session, caller.session))
        .collect();
    Ok(Response::new(
        200,
        json!({"success": true, "sessions": sessions}),
    ))
}

pub(in crate::http) async fn end_session<S: Store>(
    app: &App<'_, S>,
    request: &Request,
    caller: &Caller,
    id: PathId<'_>,
    language: Language,
) -> Result<Response, Failure> {
    let handle = id.parse()?;
    Form::read(request)?.finish(Some(()))?;

    app.end_own_session(caller, handle).await?;
    Ok(done(Message::SessionEnded, language))
}

pub(in crate::http) async fn events<S: Store>(
    app: &App<'_, S>,
    request: &Request,
    caller: &Caller,
) -> Result<Response, Failure> {
    let page = read_page(request)?;

    let found = app.own_events(caller, page).await?;
    let events = found.events.iter().map(views::event).collect();
    Ok(Response::new(
        200,
        list("events", events, found.total, page),
    ))
}

/// The name is for browsers that open the address by themselves: they keep the answer as a file.
pub(in crate::http) async fn export<S: Store>(
    app: &App<'_, S>,
    caller: &Caller,
) -> Result<Response, Failure> {
    let export = app.export_own_data(caller).await?;
    let mut body = Map::from_iter([
        ("success".to_owned(), Value::Bool(true)),
        ("exported_at".to_owned(), export.at.to_string().into()),
    ]);
    body.extend(
        export
            .parts
            .into_iter()
            .map(|part| (part.name.to_owned(), part.content)),
    );
    Ok(Response::new(200, Value::Object(body)).with_header(
        "content-disposition",
        "attachment; filename=\"miniapp-expert-data.json\"",
    ))
}

pub(in crate::http) async fn delete<S: Store>(
    app: &App<'_, S>,
    request: &Request,
    caller: &Caller,
    language: Language,
) -> Result<Response, Failure> {
    let mut form = Form::read(request)?;
    let password = form.required("password", read_secret);
    let password = SecretText::new(form.finish(password)?);

    app.delete_own_account(caller, &password, language).await?;
    Ok(done(Message::AccountDeleted, language))
}
