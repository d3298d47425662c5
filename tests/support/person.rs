//! People to test with: each scenario makes its own, so that scenarios never meet.

use std::net::Ipv6Addr;
use std::process;
use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};

use crate::backend::{Answer, Backend, Call};

/// The password of everybody.
pub const PASSWORD: &str = "правильная лошадь";

/// Somebody with an account.
#[derive(Clone, Debug)]
pub struct Person {
    /// Their address.
    pub email: String,
    /// Their token.
    pub token: String,
    /// What the API said about them.
    pub user: Value,
}

impl Person {
    /// Registers somebody new.
    pub fn register(backend: &dyn Backend) -> Self {
        let email = new_email();
        let answer = register(backend, &form(&email));
        assert_eq!(answer.status, 201, "{}", answer.body);
        Self {
            email,
            token: answer.body["token"].as_str().unwrap().to_owned(),
            user: answer.body["user"].clone(),
        }
    }

    /// This person, signed in once more.
    #[must_use]
    pub fn sign_in_again(&self, backend: &dyn Backend) -> Self {
        let answer = sign_in(backend, &self.email, PASSWORD);
        assert_eq!(answer.status, 200, "{}", answer.body);
        Self {
            token: answer.body["token"].as_str().unwrap().to_owned(),
            ..self.clone()
        }
    }

    /// Asks for the profile with this person's token.
    pub fn profile(&self, backend: &dyn Backend) -> Answer {
        backend.send(Call::new("GET", "/api/auth/profile/").bearer(&self.token))
    }
}

/// An address that nobody has: unlike any other of this run, and of earlier runs on the same database.
pub fn new_email() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(1);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("Person-{}-{count}@Example.com", process::id())
}

/// An address in a network that nobody else of this run has (of the block for documentation, RFC 3849).
pub fn new_network() -> Ipv6Addr {
    static COUNT: AtomicU32 = AtomicU32::new(1);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let [process, count] = [u128::from(process::id()), u128::from(count)];
    Ipv6Addr::from_bits(0x2001_0db8 << 96 | (process & 0xffff) << 80 | (count & 0xffff) << 64 | 1)
}

/// A registration form in which nothing is wrong.
pub fn form(email: &str) -> Value {
    json!({
        "email": email, "phone": "8 (999) 123-45-67", "password": PASSWORD, "name": "Анна Каренина",
        "terms_accepted": true,
    })
}

/// Sends a registration form.
pub fn register(backend: &dyn Backend, form: &Value) -> Answer {
    backend.send(Call::new("POST", "/api/auth/register/").json(form))
}

/// Signs in.
pub fn sign_in(backend: &dyn Backend, email: &str, password: &str) -> Answer {
    backend.send(sign_in_call(email, password))
}

/// Asks for a session from an address.
pub fn sign_in_from(
    backend: &dyn Backend,
    network: Ipv6Addr,
    email: &str,
    password: &str,
) -> Answer {
    let call = sign_in_call(email, password);
    backend.send(call.header("cf-connecting-ip", network.to_string()))
}

fn sign_in_call(email: &str, password: &str) -> Call {
    Call::new("POST", "/api/auth/login/").json(&json!({"email": email, "password": password}))
}
