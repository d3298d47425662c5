//! What a person does with their own account beside the profile: sessions and events.

use serde_json::json;

use crate::app::App;
use crate::app::authentication::Caller;
use crate::app::ports::Store;
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
    let body = json!({"success": true, "message": Message::SessionEnded.text(language)});
    Ok(Response::new(200, body))
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
