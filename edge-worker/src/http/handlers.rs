//! From a request to a use case and back: one function a route, no rules.

pub(super) mod account;
pub(super) mod cabinet;
pub(super) mod cabinet_changes;
mod credentials;
pub(super) mod exports;
pub(super) mod payout_request;
mod recovery;

pub(super) use credentials::{change_password, request_email_change};
pub(super) use recovery::{
    change_email, request_password_reset, resend_verification, reset_password, verify_email,
};

use serde_json::{Value, json};

use super::failure::Failure;
use super::form::{Form, read_flag_parameter};
use super::language::Language;
use super::messages::Message;
use super::request::Request;
use super::response::Response;
use super::views;
use crate::app::App;
use crate::app::authentication::Caller;
use crate::app::ports::{ProfileChange, Store};
use crate::app::registration::{Registration, SignedIn};
use crate::domain::email::Email;
use crate::domain::human_check::HumanToken;
use crate::domain::password::{About, NewPassword};
use crate::domain::person_name::PersonName;
use crate::domain::phone::Phone;
use crate::domain::secret::SecretText;
use crate::domain::time::Instant;
use crate::domain::user::ReferralCode;

pub(super) fn health(now: Instant) -> Response {
    let body = json!({
        "status": "ok",
        "service": "miniapp-expert-api",
        "version": env!("CARGO_PKG_VERSION"),
        "timestamp": now.to_string(),
    });
    Response::new(200, body)
}

pub(super) async fn register<S: Store>(
    app: &App<'_, S>,
    request: &Request,
    language: Language,
) -> Result<Response, Failure> {
    let policy = app.password_policy();
    let mut form = Form::read(request)?;
    let email = form.required("email", Email::parse);
    let phone = form.required("phone", Phone::parse);
    let name = form.optional("name", PersonName::parse).flatten();
    let about = About {
        email: email.as_ref().map(Email::address),
        name: name.as_ref().map(PersonName::as_str),
        phone: phone.as_ref().map(Phone::as_str),
    };
    let password = form.required("password", |text| NewPassword::choose(text, policy, &about));
    let came_by = partner_link(&mut form);
    let terms_accepted = form.optional_flag("terms_accepted");
    let human_token = form.optional("turnstile_token", HumanToken::parse);
    let required = email.zip(phone).zip(password);
    let ((email, phone), password) = form.finish(required)?;

    let registration = Registration {
        email,
        phone,
        password,
        name,
        came_by,
        terms_accepted,
        human_token,
    };
    let signed_in = app.register(registration, language).await?;
    Ok(Response::new(
        201,
        welcome(&signed_in, Message::Registered, language),
    ))
}

pub(super) async fn sign_in<S: Store>(
    app: &App<'_, S>,
    request: &Request,
    language: Language,
) -> Result<Response, Failure> {
    let mut form = Form::read(request)?;
    let email = form.required("email", Email::parse);
    let password = form.required("password", read_secret);
    let human_token = form.optional("turnstile_token", HumanToken::parse);
    let (email, password) = form.finish(email.zip(password))?;

    let password = SecretText::new(password);
    let signed_in = app
        .sign_in(&email, &password, human_token.as_ref(), language)
        .await?;
    Ok(Response::new(
        200,
        welcome(&signed_in, Message::SignedIn, language),
    ))
}

pub(super) async fn sign_out<S: Store>(
    app: &App<'_, S>,
    request: &Request,
    caller: &Caller,
    language: Language,
) -> Result<Response, Failure> {
    let everywhere = read_flag_parameter(request, "all")?;
    Form::read(request)?.finish(Some(()))?;

    app.sign_out(caller, everywhere).await?;
    Ok(done(Message::SignedOut, language))
}

pub(super) fn profile(caller: &Caller) -> Response {
    let mut body = views::user(&caller.user);
    if let Some(body) = body.as_object_mut() {
        // No documents are published yet, so there are none to sign.
        body.insert("needs_documents_modal".to_owned(), Value::Bool(false));
        body.insert("documents_to_sign".to_owned(), Value::Array(Vec::new()));
    }
    Response::new(200, body)
}

pub(super) async fn change_profile<S: Store>(
    app: &App<'_, S>,
    request: &Request,
    caller: Caller,
) -> Result<Response, Failure> {
    let mut form = Form::read(request)?;
    // The name is optional: who empties it is called by the address again, as after registration.
    let name = form
        .optional("name", PersonName::parse)
        .map(|name| name.unwrap_or_else(|| PersonName::from_address(&caller.user.email)));
    let phone = form.optional("phone", Phone::parse);
    let change = form.finish(Some(ProfileChange { name, phone }))?;

    let user = app.change_profile(caller, &change).await?;
    Ok(Response::new(200, views::user(&user)))
}

/// A text that is taken as it is, when it is there.
fn read_secret(text: &str) -> Result<String, Message> {
    match text {
        "" => Err(Message::Required),
        text => Ok(text.to_owned()),
    }
}

/// The answer that has nothing to tell but that it went well.
fn done(message: Message, language: Language) -> Response {
    let body = json!({"success": true, "message": message.text(language)});
    Response::new(200, body)
}

fn welcome(signed_in: &SignedIn, message: Message, language: Language) -> Value {
    json!({
        "success": true,
        "message": message.text(language),
        "token": signed_in.token,
        "user": views::user(&signed_in.user),
    })
}

/// The code of the partner's link that somebody followed. What cannot be a code is no mistake of theirs, and counts for nothing.
fn partner_link(form: &mut Form) -> Option<ReferralCode> {
    form.optional("referral_code", |text| {
        Ok::<_, Message>(ReferralCode::parse(text))
    })
    .flatten()
}
