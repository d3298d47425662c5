//! Changes of what opens an account, by somebody who is signed in.

use super::{done, read_secret};
use crate::app::App;
use crate::app::authentication::Caller;
use crate::app::error::{Error, Refusal};
use crate::app::ports::Store;
use crate::domain::email::Email;
use crate::domain::password::{About, NewPassword};
use crate::domain::secret::SecretText;
use crate::http::failure::{Failure, Problem};
use crate::http::form::Form;
use crate::http::language::Language;
use crate::http::messages::Message;
use crate::http::request::Request;
use crate::http::response::Response;

pub(in crate::http) async fn change_password<S: Store>(
    app: &App<'_, S>,
    request: &Request,
    caller: &Caller,
    language: Language,
) -> Result<Response, Failure> {
    let policy = app.password_policy();
    let mut form = Form::read(request)?;
    let current = form.required("current_password", read_secret);
    let about = About::from(&caller.user);
    let new = form.required("new_password", |text| {
        NewPassword::choose(text, policy, &about)
    });
    let (current, new) = form.finish(current.zip(new))?;

    app.change_password(caller, &SecretText::new(current), &new, language)
        .await
        .map_err(|error| named(error, "current_password"))?;
    Ok(done(Message::PasswordChanged, language))
}

pub(in crate::http) async fn request_email_change<S: Store>(
    app: &App<'_, S>,
    request: &Request,
    caller: &Caller,
    language: Language,
) -> Result<Response, Failure> {
    let mut form = Form::read(request)?;
    let email = form.required("new_email", Email::parse);
    let password = form.required("password", read_secret);
    let (email, password) = form.finish(email.zip(password))?;

    app.request_email_change(caller, &SecretText::new(password), &email, language)
        .await
        .map_err(|error| named(error, "password"))?;
    Ok(done(Message::EmailChangeRequested, language))
}

/// The refusal under the name of its field in these forms.
fn named(error: Error, password_field: &str) -> Failure {
    let problem = match error.refusal {
        Refusal::WrongPassword => Problem::field(password_field, Message::WrongPassword),
        Refusal::EmailTaken => Problem::field("new_email", Message::EmailOfAnother),
        Refusal::EmailSame => Problem::field("new_email", Message::EmailSame),
        _ => return error.into(),
    };
    Failure {
        problem,
        log: error.log,
    }
}
