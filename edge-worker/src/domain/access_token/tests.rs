use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};

use super::*;
use crate::domain::origin::Origin;

const SECRET: &str = "0123456789abcdef0123456789abcdef";
const NOW: i64 = 1_800_000_000;

fn mint_with(secret: &str) -> TokenMint {
    TokenMint::new(&SigningKey::from_setting(Some(secret.to_owned())).unwrap())
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
    json!({"alg": "HS256", "typ": "JWT", "kid": mint_with(SECRET).key_id})
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

#[test]
fn tokens_that_are_not_ours_are_refused_for_the_right_reason() {
    use TokenRefused::{
        BadSignature, Expired, Malformed, NotYetValid, UnknownKey, WrongAlgorithm, WrongPurpose,
    };
    let secret = SECRET.as_bytes();
    let valid = forge(&header(), &claims(), secret);
    let unsigned = valid.rsplit_once('.').unwrap().0.to_owned();
    let changed = |name, value| forge(&header(), &with(claims(), name, value), secret);
    let headed = |name, value| forge(&with(header(), name, value), &claims(), secret);

    for (title, token, expected) in [
        ("empty", String::new(), Malformed),
        ("garbage", "garbage".to_owned(), Malformed),
        ("two parts", unsigned.clone(), Malformed),
        ("four parts", format!("{valid}.x"), Malformed),
        ("no signature", format!("{unsigned}."), BadSignature),
        (
            "signature cut",
            valid[..valid.len() - 3].to_owned(),
            BadSignature,
        ),
        ("padded signature", format!("{valid}="), Malformed),
        (
            "too long",
            format!("{valid}{}", "A".repeat(MAX_BYTES)),
            Malformed,
        ),
        ("alg none", headed("alg", json!("none")), Malformed),
        ("alg HS384", headed("alg", json!("HS384")), WrongAlgorithm),
        ("alg RS256", headed("alg", json!("RS256")), WrongAlgorithm),
        (
            "alg missing",
            forge(&json!({"typ": "JWT"}), &claims(), secret),
            Malformed,
        ),
        (
            "other key",
            forge(&header(), &claims(), b"another secret, 32 bytes or more"),
            BadSignature,
        ),
        ("empty key", forge(&header(), &claims(), b""), BadSignature),
        ("unknown kid", headed("kid", json!("/dev/null")), UnknownKey),
        (
            "no kid",
            forge(&json!({"alg": "HS256", "typ": "JWT"}), &claims(), secret),
            UnknownKey,
        ),
        (
            "other issuer",
            changed("iss", json!("example.com")),
            WrongPurpose,
        ),
        (
            "other audience",
            changed("aud", json!("admin")),
            WrongPurpose,
        ),
        (
            "refresh token",
            changed("token_type", json!("refresh")),
            WrongPurpose,
        ),
        (
            "somebody else's sub",
            changed("sub", json!("8")),
            WrongPurpose,
        ),
        (
            "from the future",
            changed("iat", json!(NOW + 31)),
            NotYetValid,
        ),
        ("not yet", changed("nbf", json!(NOW + 31)), NotYetValid),
        ("expired", changed("exp", json!(NOW)), Expired),
        ("negative exp", changed("exp", json!(-1)), Expired),
        (
            "exp as text",
            changed("exp", json!("9999999999")),
            Malformed,
        ),
        (
            "exp as fraction",
            changed("exp", json!(9_999_999_999.5)),
            Malformed,
        ),
        (
            "session as SQL",
            changed("sid", json!("' OR 1=1 --")),
            Malformed,
        ),
        ("unknown claim", changed("role", json!("admin")), Malformed),
    ] {
        assert_eq!(
            mint_with(SECRET).verify(&token, now()),
            Err(expected),
            "{title}"
        );
    }
}

#[test]
fn another_key_has_another_name() {
    assert_ne!(
        mint_with(SECRET).key_id,
        mint_with("another secret, 32 bytes or more").key_id
    );
}
