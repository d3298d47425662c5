//! The access token: a signed note that names a session (RFC 7519, profile of RFC 8725).
//!
//! The token alone opens nothing. It says which session row to read, and the row decides. What is checked here, in this
//! order: form and size, algorithm, key, signature, and only then the claims. No claim is believed, or even looked at,
//! before the signature holds.

mod hs256;

use std::fmt::Write as _;

use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::identifiers::{SessionId, TokenId, UserId};
use super::secret::SigningKey;
use super::session::Session;
use super::time::Instant;

/// Who issues the token.
const ISSUER: &str = "miniapp.expert";
/// Whom it is for.
const AUDIENCE: &str = "miniapp.expert/cabinet";
/// What it is for; a token with another word can never stand in for this one (RFC 8725 section 3.12).
const TOKEN_TYPE: &str = "access";
/// Longer than any token of ours, shorter than anything worth decoding.
const MAX_BYTES: usize = 4_096;
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

/// Issues and checks access tokens with one key.
pub struct TokenMint {
    encoding: EncodingKey,
    decoding: DecodingKey,
    key_id: String,
}

impl TokenMint {
    /// A mint with this key. The key's name in the token's header (`kid`) is drawn from its hash, so that a new key has
    /// a new name by itself.
    #[must_use]
    pub fn new(key: &SigningKey) -> Self {
        hs256::install();
        let digest = Sha256::new()
            .chain_update("kid:")
            .chain_update(key.expose())
            .finalize();
        let key_id = digest.iter().take(4).fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        });
        Self {
            encoding: EncodingKey::from_secret(key.expose()),
            decoding: DecodingKey::from_secret(key.expose()),
            key_id,
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
        let header = Header {
            kid: Some(self.key_id.clone()),
            ..Header::new(Algorithm::HS256)
        };
        jsonwebtoken::encode(&header, &claims, &self.encoding).map_err(|_| TokenRefused::Malformed)
    }

    /// Checks a token.
    pub fn verify(&self, token: &str, now: Instant) -> Result<Bearer, TokenRefused> {
        if token.len() > MAX_BYTES || token.split('.').count() != 3 {
            return Err(TokenRefused::Malformed);
        }
        self.check_header(token)?;
        // The library asks the system's clock, which a Worker does not have: the times are checked below.
        let mut validation = Validation::new(Algorithm::HS256);
        validation.validate_exp = false;
        validation.validate_nbf = false;
        validation.validate_aud = false;
        validation.required_spec_claims.clear();
        let claims = jsonwebtoken::decode::<Claims>(token, &self.decoding, &validation)
            .map_err(|error| match error.kind() {
                jsonwebtoken::errors::ErrorKind::InvalidSignature => TokenRefused::BadSignature,
                _ => TokenRefused::Malformed,
            })?
            .claims;
        check_claims(&claims, now)?;
        Ok(Bearer {
            session: claims.sid.parse().map_err(|_| TokenRefused::Malformed)?,
            user: UserId::new(claims.user_id),
        })
    }

    /// The header decides nothing: it either says what we would have said, or the token is refused.
    fn check_header(&self, token: &str) -> Result<(), TokenRefused> {
        let header = jsonwebtoken::decode_header(token).map_err(|_| TokenRefused::Malformed)?;
        if header.alg != Algorithm::HS256 {
            return Err(TokenRefused::WrongAlgorithm);
        }
        if header.kid.as_deref() != Some(self.key_id.as_str()) {
            return Err(TokenRefused::UnknownKey);
        }
        Ok(())
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
