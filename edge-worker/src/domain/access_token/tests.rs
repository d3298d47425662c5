use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use super::*;

mod attacks;
mod rotation;
mod wycheproof;
use crate::domain::origin::Origin;

const SECRET: &str = "b1946ac92492d2347c6235b4d2611184";
const NOW: i64 = 1_800_000_000;

fn mint_with(secret: &str) -> TokenMint {
    TokenMint::new(&SigningKeys::from_setting(Some(secret.to_owned())).unwrap())
}

fn key_id_of(mint: &TokenMint) -> &str {
    mint.header.kid.as_deref().unwrap()
}

fn now() -> Instant {
    Instant::from_seconds(NOW)
}

fn session() -> Session {
    Session::begin(SessionId::from_random([1; 16]), now(), Origin::default())
}

/// Signs whatever it is given, as an attacker who knows the key would.
fn forge(header: &Value, claims: &Value, secret: &[u8]) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let message = format!("{}.{}", part(header), part(claims));
    let mac = Hmac::<Sha256>::new_from_slice(secret)
        .unwrap()
        .chain_update(&message)
        .finalize();
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(mac.into_bytes()))
}

fn header() -> Value {
    json!({"alg": "HS256", "typ": "JWT", "kid": key_id_of(&mint_with(SECRET))})
}

fn claims() -> Value {
    json!({
        "iss": ISSUER, "aud": AUDIENCE, "sub": "7", "user_id": 7, "sid": session().id.to_string(),
        "jti": TokenId::from_random([2; 16]).to_string(), "iat": NOW, "nbf": NOW, "exp": NOW + 86_400,
        "token_type": "access",
    })
}

fn with(mut object: Value, name: &str, value: Value) -> Value {
    object[name] = value;
    object
}

#[test]
fn a_token_names_its_session_until_the_session_is_over() {
    let mint = mint_with(SECRET);
    let token = mint
        .issue(TokenId::from_random([2; 16]), &session(), UserId::new(7))
        .unwrap();
    let bearer = Bearer {
        session: session().id,
        user: UserId::new(7),
    };

    assert_eq!(mint.verify(&token, now()), Ok(bearer));
    assert_eq!(
        mint.verify(&token, Instant::from_seconds(NOW + 86_399)),
        Ok(bearer)
    );
    assert_eq!(
        mint.verify(&token, Instant::from_seconds(NOW + 86_400)),
        Err(TokenRefused::Expired)
    );
}

#[test]
fn a_token_carries_exactly_the_claims_of_the_contract() {
    let mint = mint_with(SECRET);
    let token = mint
        .issue(TokenId::from_random([2; 16]), &session(), UserId::new(7))
        .unwrap();
    let decode = |part: &str| -> Value {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
    };
    let parts: Vec<_> = token.split('.').collect();

    assert_eq!(decode(parts[0]), header());
    assert_eq!(decode(parts[1]), claims());
}

#[test]
fn the_forging_hand_of_these_tests_can_make_a_valid_token() {
    assert!(
        mint_with(SECRET)
            .verify(&forge(&header(), &claims(), SECRET.as_bytes()), now())
            .is_ok()
    );
}
