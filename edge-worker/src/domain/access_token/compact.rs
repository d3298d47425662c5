//! The outer form of a token: a compact JWS (RFC 7515), read as narrowly as it is written here.
//!
//! The header decides nothing. It may say what a header of ours says, with nothing more, and names one of our keys;
//! everything that could lead to another key or another way of reading (`jku`, `jwk`, `x5u`, `x5c`, `crit`, `b64`, `zip`, …) is a
//! member that ours does not have, and refused as such. The payload is not even decoded before the signature holds.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, crypto};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::TokenRefused;

/// Longer than any token of ours, shorter than anything worth decoding.
pub(super) const MAX_BYTES: usize = 4_096;

/// The members that a header may have, each at most once.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    alg: String,
    kid: Option<String>,
    typ: Option<String>,
}

/// A token of good form, whose signature has not been checked yet.
pub(super) struct Compact<'a> {
    header: Header,
    message: &'a str,
    payload: &'a str,
    signature: &'a str,
}

impl<'a> Compact<'a> {
    /// Takes the token apart; nothing in it is to be believed yet.
    pub(super) fn parse(token: &'a str) -> Result<Self, TokenRefused> {
        if token.len() > MAX_BYTES {
            return Err(TokenRefused::Malformed);
        }
        let (message, signature) = token.rsplit_once('.').ok_or(TokenRefused::Malformed)?;
        let (header, payload) = message.split_once('.').ok_or(TokenRefused::Malformed)?;
        if payload.is_empty() || payload.contains('.') {
            return Err(TokenRefused::Malformed);
        }
        let header: Header = read_object(&decode(header)?)?;
        if header.alg != "HS256" {
            return Err(TokenRefused::WrongAlgorithm);
        }
        Ok(Self {
            header,
            message,
            payload,
            signature,
        })
    }

    /// The name of the key, to be looked up among ours and for nothing else.
    pub(super) fn key_id(&self) -> Option<&str> {
        self.header.kid.as_deref()
    }

    /// The type that the header tells.
    pub(super) fn type_name(&self) -> Option<&str> {
        self.header.typ.as_deref()
    }

    /// Checks the signature, and only then decodes the payload.
    pub(super) fn open(&self, key: &DecodingKey) -> Result<Vec<u8>, TokenRefused> {
        let holds = crypto::verify(
            self.signature,
            self.message.as_bytes(),
            key,
            Algorithm::HS256,
        )
        .map_err(|_| TokenRefused::Malformed)?;
        if holds {
            decode(self.payload)
        } else {
            Err(TokenRefused::BadSignature)
        }
    }
}

/// base64url without padding, in its one canonical form: unused bits are zero (RFC 4648 section 3.5).
fn decode(part: &str) -> Result<Vec<u8>, TokenRefused> {
    URL_SAFE_NO_PAD
        .decode(part)
        .map_err(|_| TokenRefused::Malformed)
}

/// Reads a JSON object. Without the look at the first byte an array would do for a structure, too.
pub(super) fn read_object<T: DeserializeOwned>(json: &[u8]) -> Result<T, TokenRefused> {
    if json.first() != Some(&b'{') {
        return Err(TokenRefused::Malformed);
    }
    serde_json::from_slice(json).map_err(|_| TokenRefused::Malformed)
}
