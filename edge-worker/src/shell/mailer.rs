//! Letters leave: by Cloudflare's e-mail service, or to the console of a developer's machine.

use wasm_bindgen::JsValue;
use worker::email::{EmailAddress, SendEmail, SendEmailBuilder};
use worker::js_sys::{Error as JsError, JsString, Object, Reflect};
use worker::{Env, console_log};

use crate::app::letter::Letter;
use crate::app::ports::{Mailer, Receipt, SendFailure};
use crate::app::settings::mail::Delivery;
use crate::providers::email_service;

/// What sends letters in this installation.
pub(super) enum EdgeMailer {
    /// The letter stays in the outbox, and its link is printed for the developer to open.
    Console,
    /// The e-mail service, if it is bound.
    EmailService(Option<SendEmail>),
}

impl EdgeMailer {
    pub(super) fn find(env: &Env, delivery: Delivery) -> Self {
        match delivery {
            Delivery::Local => Self::Console,
            Delivery::Cloudflare => Self::EmailService(env.send_email(email_service::BINDING).ok()),
        }
    }
}

impl Mailer for EdgeMailer {
    async fn send(&self, letter: &Letter) -> Result<Receipt, SendFailure> {
        match self {
            Self::Console => {
                let link = letter.link.as_deref().unwrap_or_default();
                console_log!("mail: {} to {} {link}", letter.name.as_str(), letter.to);
                Ok(Receipt::Kept)
            }
            Self::EmailService(None) => Err(email_service::not_bound()),
            Self::EmailService(Some(service)) => service
                .send_with_builder(&message(letter))
                .await
                .map(|_| Receipt::HandedOver)
                .map_err(|error| email_service::failure(code_of(&error).as_deref())),
        }
    }
}

fn message(letter: &Letter) -> SendEmailBuilder {
    let from = EmailAddress::new(&letter.from.name, &letter.from.address);
    let message =
        SendEmailBuilder::new_with_email_address_and_str(&from, &letter.to, &letter.subject);
    message.set_html(&letter.html);
    message.set_text(&letter.text);
    let headers = Object::<JsString>::new_typed();
    for (name, value) in email_service::HEADERS {
        // Setting a property of a plain object cannot fail.
        let _is_set = Reflect::set(&headers, &name.into(), &value.into());
    }
    message.set_headers(&headers);
    message
}

fn code_of(error: &JsError) -> Option<String> {
    Reflect::get(error, &JsValue::from_str("code"))
        .ok()?
        .as_string()
}
