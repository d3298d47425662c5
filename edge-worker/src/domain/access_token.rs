//! The access token: a signed note that names a session (RFC 7519, profile of RFC 8725).
//!
//! The token alone opens nothing. It says which session row to read, and the row decides. What is checked here, in this
//! order: form and size, algorithm, key, signature, and only then the claims. No claim is believed, or even looked at,
//! before the signature holds.

mod compact;
mod hs256;

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header};
use serde::{Deserialize, Serialize};

use super::identifiers::{SessionId, TokenId, UserId};
use super::session::Session;
use super::signing_keys::SigningKeys;
use super::time::Instant;
use compact::{Compact, read_object};

/// Who issues the token.
const ISSUER: &str = "miniapp.expert";
/// Whom it is for.
const AUDIENCE: &str = "miniapp.expert/cabinet";
/// What it is for; a token with another word can never stand in for this one (RFC 8725 section 3.12).
const TOKEN_TYPE: &str = "access";
/// What the header says of the token's type (RFC 7519 section 5.1).
const HEADER_TYPE: &str = "JWT";
/// Clocks of Cloudflare's machines may differ by a little.
const LEEWAY_SECONDS: i64 = 30;

/// Why a token is refused. For the log; the client is told one and the same thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenRefused {
    /// Not three parts of base64url, too long, or claims that are not ours.
    Malformed,
    /// Signed with another algorithm, or with none.
    WrongAlgorithm,
    /// The header names a key that we do not have.
    UnknownKey,
    /// The signature does not hold.
    BadSignature,
    /// Issued by somebody else, for somebody else, or for something else.
    WrongPurpose,
    /// From the future.
    NotYetValid,
    /// Its time is over.
    Expired,
}

/// What a token that holds tells: which session to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bearer {
    /// The session's row.
    pub session: SessionId,
    /// Whose session it was when the token was issued.
    pub user: UserId,
}

/// The claims, exactly as they stand in the token.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    iss: String,
    aud: String,
    sub: String,
    user_id: i64,
    sid: String,
    jti: String,
    iat: i64,
    nbf: i64,
    exp: i64,
    token_type: String,
}

/// Issues access tokens with one key, and checks those of every key that is believed.
pub struct TokenMint {
    header: Header,
    encoding: EncodingKey,
    /// By their names. Two at most, so a list is map enough.
    decoding: Vec<(String, DecodingKey)>,
}

impl TokenMint {
    /// A mint with these keys.
    #[must_use]
    pub fn new(keys: &SigningKeys) -> Self {
        hs256::install();
        let current = keys.current();
        let decoding = keys.believed().map(|key| {
            let decoding = DecodingKey::from_secret(key.expose());
            (key.id().to_owned(), decoding)
        });
        Self {
            header: Header {
                kid: Some(current.id().to_owned()),
                ..Header::new(Algorithm::HS256)
            },
            encoding: EncodingKey::from_secret(current.expose()),
            decoding: decoding.collect(),
        }
    }

    /// Issues the token of a session; it lives exactly as long as the session does.
    ///
    /// # Errors
    ///
    /// [`TokenRefused::Malformed`] if the claims cannot be written, which no input of this function causes.
    pub fn issue(
        &self,
        id: TokenId,
        session: &Session,
        user: UserId,
    ) -> Result<String, TokenRefused> {
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: user.to_string(),
            user_id: user.number(),
            sid: session.id.to_string(),
            jti: id.to_string(),
            iat: session.created_at.seconds(),
            nbf: session.created_at.seconds(),
            exp: session.expires_at.seconds(),
            token_type: TOKEN_TYPE.to_owned(),
        };
        jsonwebtoken::encode(&self.header, &claims, &self.encoding)
            .map_err(|_| TokenRefused::Malformed)
    }

    /// Checks a token.
    pub fn verify(&self, token: &str, now: Instant) -> Result<Bearer, TokenRefused> {
        let token = Compact::parse(token)?;
        let key = self.key_named(token.key_id())?;
        let claims: Claims = read_object(&token.open(key)?)?;
        if token.type_name() != Some(HEADER_TYPE) {
            return Err(TokenRefused::WrongPurpose);
        }
        check_claims(&claims, now)?;
        let _well_formed: TokenId = claims.jti.parse().map_err(|_| TokenRefused::Malformed)?;
        Ok(Bearer {
            session: claims.sid.parse().map_err(|_| TokenRefused::Malformed)?,
            user: UserId::new(claims.user_id),
        })
    }

    fn key_named(&self, id: Option<&str>) -> Result<&DecodingKey, TokenRefused> {
        self.decoding
            .iter()
            .find(|(known, _)| Some(known.as_str()) == id)
            .map(|(_, key)| key)
            .ok_or(TokenRefused::UnknownKey)
    }
}

fn check_claims(claims: &Claims, now: Instant) -> Result<(), TokenRefused> {
    let meant_for_us = claims.iss == ISSUER
        && claims.aud == AUDIENCE
        && claims.token_type == TOKEN_TYPE
        && claims.sub == claims.user_id.to_string();
    if !meant_for_us {
        return Err(TokenRefused::WrongPurpose);
    }
    let latest_start = now.seconds().saturating_add(LEEWAY_SECONDS);
    if claims.nbf > latest_start || claims.iat > latest_start {
        return Err(TokenRefused::NotYetValid);
    }
    if now.seconds() >= claims.exp {
        return Err(TokenRefused::Expired);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
