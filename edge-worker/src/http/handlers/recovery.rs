//! A forgotten password, and the links of mails.

use super::{done, read_secret};
use crate::app::App;
use crate::app::authentication::Caller;
use crate::app::ports::Store;
use crate::domain::email::Email;
use crate::domain::human_check::HumanToken;
use crate::domain::link::{LinkPurpose, LiveLink};
use crate::domain::one_time_token::OneTimeToken;
use crate::domain::password::{About, NewPassword};
use crate::http::failure::{Failure, Problem};
use crate::http::form::Form;
use crate::http::language::Language;
use crate::http::messages::Message;
use crate::http::request::Request;
use crate::http::response::Response;

pub(in crate::http) async fn request_password_reset<S: Store>(
    app: &App<'_, S>,
    request: &Request,
    language: Language,
) -> Result<Response, Failure> {
    let mut form = Form::read(request)?;
    let email = form.required("email", Email::parse);
    let human_token = form.optional("turnstile_token", HumanToken::parse);
    let email = form.finish(email)?;

    app.request_password_reset(&email, human_token.as_ref(), language)
        .await?;
    Ok(done(Message::PasswordResetRequested, language))
}

pub(in crate::http) async fn reset_password<S: Store>(
    app: &App<'_, S>,
    request: &Request,
    language: Language,
) -> Result<Response, Failure> {
    let mut form = Form::read(request)?;
    let sent = read_link(&mut form);
    let password = form.required("new_password", read_secret);
    let (sent, password) = form.finish(sent.zip(password))?;

    let link = find_link(app, &sent, LinkPurpose::ResetPassword).await?;
    let about = About {
        email: Some(&link.email),
        name: Some(&link.name),
        phone: link.phone.as_deref(),
    };
    let password = NewPassword::choose(&password, app.password_policy(), &about)
        .map_err(|refused| Problem::field("new_password", refused.into()))?;
    app.reset_password(&link, &password, language).await?;
    Ok(done(Message::PasswordReset, language))
}

pub(in crate::http) async fn verify_email<S: Store>(
    app: &App<'_, S>,
    request: &Request,
    language: Language,
) -> Result<Response, Failure> {
    let mut form = Form::read(request)?;
    let sent = read_link(&mut form);
    let sent = form.finish(sent)?;

    let link = find_link(app, &sent, LinkPurpose::VerifyEmail).await?;
    app.verify_email(&link).await?;
    Ok(done(Message::EmailVerified, language))
}

pub(in crate::http) async fn resend_verification<S: Store>(
    app: &App<'_, S>,
    request: &Request,
    caller: &Caller,
    language: Language,
) -> Result<Response, Failure> {
    Form::read(request)?.finish(Some(()))?;

    let message = if app.resend_verification(caller, language).await? {
        Message::VerificationSent
    } else {
        Message::EmailVerifiedAlready
    };
    Ok(done(message, language))
}

pub(in crate::http) async fn change_email<S: Store>(
    app: &App<'_, S>,
    request: &Request,
    language: Language,
) -> Result<Response, Failure> {
    let mut form = Form::read(request)?;
    let sent = read_link(&mut form);
    let sent = form.finish(sent)?;

    let link = find_link(app, &sent, LinkPurpose::ChangeEmail).await?;
    app.change_email(&link, language).await?;
    Ok(done(Message::EmailChanged, language))
}

/// What a page sends of a link: the token, and from the predecessor's pages the address beside it.
struct SentLink {
    /// `None` when the text cannot be a token, which is answered like a token that nobody knows.
    token: Option<OneTimeToken>,
    email: Option<Email>,
}

fn read_link(form: &mut Form) -> Option<SentLink> {
    let token = form.required("token", read_secret);
    let email = form.optional("email", Email::parse);
    Some(SentLink {
        token: OneTimeToken::parse(&token?).ok(),
        email,
    })
}

async fn find_link<S: Store>(
    app: &App<'_, S>,
    sent: &SentLink,
    purpose: LinkPurpose,
) -> Result<LiveLink, Failure> {
    let token = sent.token.as_ref().ok_or(Problem::LinkNotValid)?;
    let link = app.find_link(token, purpose).await?;
    let is_other = |email: &Email| email.key() != link.address.to_lowercase();
    if sent.email.as_ref().is_some_and(is_other) {
        return Err(Problem::LinkNotValid.into());
    }
    Ok(link)
}
