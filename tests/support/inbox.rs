//! What people do with the mail they get.

use serde_json::json;

use crate::backend::{Answer, Backend, Call, MailSeen};
use crate::person::Person;

/// The latest mail with this name to an address.
pub fn latest(backend: &dyn Backend, address: &str, name: &str) -> MailSeen {
    let mails = backend.mails_to(address);
    mails
        .iter()
        .rfind(|mail| mail.name == name)
        .unwrap_or_else(|| panic!("no {name} to {address}, only {mails:?}"))
        .clone()
}

/// The names of all mails to an address, the oldest first.
pub fn names(backend: &dyn Backend, address: &str) -> Vec<String> {
    let mails = backend.mails_to(address);
    mails.into_iter().map(|mail| mail.name).collect()
}

/// Asks for a link to choose another password.
pub fn ask_for_reset(backend: &dyn Backend, email: &str) -> Answer {
    backend.send(Call::new("POST", "/api/auth/password-reset/").json(&json!({"email": email})))
}

/// Asks for a link to choose another password, and takes its token out of the mail.
pub fn reset_token(backend: &dyn Backend, person: &Person) -> String {
    assert_eq!(ask_for_reset(backend, &person.email).status, 200);
    latest(backend, &person.email, "password-reset").token
}

/// Chooses another password by a link.
pub fn reset(backend: &dyn Backend, token: &str, password: &str) -> Answer {
    let body = json!({"token": token, "new_password": password});
    backend.send(Call::new("POST", "/api/auth/password-reset/confirm/").json(&body))
}

/// Confirms an address by a link.
pub fn verify(backend: &dyn Backend, token: &str) -> Answer {
    backend.send(Call::new("POST", "/api/auth/verify-email/").json(&json!({"token": token})))
}

/// Asks for another address.
pub fn ask_for_address(
    backend: &dyn Backend,
    person: &Person,
    address: &str,
    password: &str,
) -> Answer {
    let call = Call::new("POST", "/api/auth/change-email/").bearer(&person.token);
    backend.send(call.json(&json!({"new_email": address, "password": password})))
}

/// Makes another address the account's by a link.
pub fn confirm_address(backend: &dyn Backend, token: &str) -> Answer {
    backend
        .send(Call::new("POST", "/api/auth/change-email/confirm/").json(&json!({"token": token})))
}

/// Chooses another password while signed in.
pub fn change_password(backend: &dyn Backend, person: &Person, current: &str, new: &str) -> Answer {
    let call = Call::new("POST", "/api/auth/change-password/").bearer(&person.token);
    backend.send(call.json(&json!({"current_password": current, "new_password": new})))
}
