//! Tokens as an attacker makes them, with or without the key.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;

/// A token taken apart, to be changed and signed anew.
#[derive(Clone, Debug)]
pub struct Forgery {
    /// The header.
    pub header: Value,
    /// The claims.
    pub claims: Value,
}

impl Forgery {
    /// Takes a token apart.
    pub fn of(token: &str) -> Self {
        let mut parts = token
            .split('.')
            .map(|part| URL_SAFE_NO_PAD.decode(part).unwrap());
        let mut part = || serde_json::from_slice(&parts.next().unwrap()).unwrap();
        Self {
            header: part(),
            claims: part(),
        }
    }

    /// With another member in the header.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.header[name] = value.into();
        self
    }

    /// With another claim.
    #[must_use]
    pub fn claim(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.claims[name] = value.into();
        self
    }

    /// Without a claim.
    #[must_use]
    pub fn without_claim(mut self, name: &str) -> Self {
        self.claims.as_object_mut().unwrap().remove(name);
        self
    }

    /// Signs it with HS256, whatever the header says.
    pub fn sign(&self, key: &str) -> String {
        sign(&self.header.to_string(), &self.claims.to_string(), key)
    }

    /// Leaves the signature empty.
    pub fn unsigned(&self) -> String {
        format!("{}.", self.message())
    }

    fn message(&self) -> String {
        message(&self.header.to_string(), &self.claims.to_string())
    }
}

/// Signs the very texts of header and claims, for what a JSON value cannot hold.
pub fn sign(header: &str, claims: &str, key: &str) -> String {
    let message = message(header, claims);
    let mac = Hmac::<Sha256>::new_from_slice(key.as_bytes())
        .unwrap()
        .chain_update(&message)
        .finalize();
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(mac.into_bytes()))
}

fn message(header: &str, claims: &str) -> String {
    format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(header),
        URL_SAFE_NO_PAD.encode(claims)
    )
}
