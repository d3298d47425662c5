//! What attackers of tokens try, by name: the rows of `ticarpi/jwt_tool`'s playbook, RFC 8725 and OWASP ASVS 5.0 chapter 9.
//!
//! The attacker has a real token of their own and, to be harder than life, sometimes the key. The reasons for which each fails
//! are checked beside the verifier, in `edge-worker/src/domain/access_token/tests/attacks.rs`.

use serde_json::{Value, json};

use crate::token::{Forgery, sign};

/// An attack: its name and its token.
pub type Attack = (String, String);

/// Every attack, made of a real token, with the real key where the attack is not on the key.
pub fn attacks(token: &str, key: &str, now: i64) -> Vec<Attack> {
    let forgery = Forgery::of(token);
    let mut attacks = on_form(token);
    attacks.extend(on_keys(&forgery, token));
    attacks.extend(on_header(&forgery, key));
    attacks.extend(on_claims(&forgery, key));
    attacks.extend(on_time(&forgery, key, now));
    attacks.extend(on_json(&forgery, key));
    attacks
}

fn on_form(token: &str) -> Vec<Attack> {
    let (message, signature) = token.rsplit_once('.').unwrap();
    let (header, payload) = message.split_once('.').unwrap();
    named(
        "form",
        [
            ("broken signature", token[..token.len() - 4].to_owned()),
            ("null signature", format!("{message}.")),
            ("no signature", message.to_owned()),
            ("no payload", format!("{header}..{signature}")),
            ("no header", format!(".{payload}.{signature}")),
            ("a fourth part", format!("{token}.{signature}")),
            ("padding", format!("{token}=")),
            (
                "signature in lower case",
                format!("{message}.{}", signature.to_lowercase()),
            ),
            ("two tokens", format!("{token},{token}")),
            ("too long", format!("{message}.{}", "A".repeat(5_000))),
        ],
    )
}

fn on_keys(forgery: &Forgery, token: &str) -> Vec<Attack> {
    let kid = forgery.header["kid"].as_str().unwrap();
    let pem = "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----\n";
    named(
        "key",
        [
            ("blank password", forgery.sign("")),
            ("a public key as the secret", forgery.sign(pem)),
            ("the name of the key", forgery.sign(kid)),
            ("the token itself", forgery.sign(token)),
            ("secret", forgery.sign("secret")),
            ("changeme", forgery.sign("changeme")),
            ("your-256-bit-secret", forgery.sign("your-256-bit-secret")),
            (
                "jwt.io",
                forgery.sign("a-string-secret-at-least-256-bits-long"),
            ),
            ("django", forgery.sign("django-insecure-")),
            (
                "the predecessor's form",
                forgery.clone().claim("exp", "never").sign("SECRET_KEY"),
            ),
        ],
    )
}

fn on_header(forgery: &Forgery, key: &str) -> Vec<Attack> {
    let mut attacks = Vec::new();
    for alg in [
        "none", "None", "NONE", "nOnE", "hs256", "HS384", "HS512", "RS256", "ES256", "PS256",
        "EdDSA", "",
    ] {
        let forged = forgery.clone().header("alg", alg);
        attacks.push((format!("alg {alg}, signed"), forged.sign(key)));
        attacks.push((format!("alg {alg}, unsigned"), forged.unsigned()));
    }
    for (kid, secret) in [
        ("", ""),
        ("/dev/null", ""),
        ("../../../../../../dev/null", ""),
        ("/invalid_path", ""),
        ("|sleep 10", key),
        ("x' UNION SELECT '1';--", "1"),
        ("https://attacker.example/key", key),
    ] {
        let forged = forgery.clone().header("kid", kid);
        attacks.push((format!("kid {kid}"), forged.sign(secret)));
    }
    for (name, value) in [
        ("jwk", json!({"kty": "oct", "k": "AAAA"})),
        ("jku", json!("https://attacker.example/jwks.json")),
        ("x5u", json!("https://attacker.example/chain.pem")),
        ("x5c", json!(["MIIB"])),
        ("crit", json!(["exp"])),
        ("b64", json!(false)),
        ("zip", json!("DEF")),
        ("typ", json!("at+jwt")),
    ] {
        attacks.push((
            name.to_owned(),
            forgery.clone().header(name, value).sign(key),
        ));
    }
    for name in ["alg", "kid", "typ"] {
        for value in [
            Value::Null,
            json!(true),
            json!([]),
            json!({}),
            json!("A".repeat(2_000)),
        ] {
            let title = format!("{name} replaced");
            attacks.push((title, forgery.clone().header(name, value).sign(key)));
        }
    }
    attacks
}

fn on_claims(forgery: &Forgery, key: &str) -> Vec<Attack> {
    let mut attacks = named(
        "claim",
        [
            (
                "another issuer",
                forgery.clone().claim("iss", "attacker.example").sign(key),
            ),
            (
                "another audience",
                forgery
                    .clone()
                    .claim("aud", "miniapp.expert/operators")
                    .sign(key),
            ),
            (
                "a refresh token",
                forgery.clone().claim("token_type", "refresh").sign(key),
            ),
            ("a role", forgery.clone().claim("role", "admin").sign(key)),
            (
                "somebody else's subject",
                forgery.clone().claim("sub", "1000000").sign(key),
            ),
            (
                "somebody else altogether",
                forgery
                    .clone()
                    .claim("sub", "1000000")
                    .claim("user_id", 1_000_000)
                    .sign(key),
            ),
            (
                "a session that nobody has",
                forgery
                    .clone()
                    .claim("sid", "abababab-abab-4bab-abab-abababababab")
                    .sign(key),
            ),
        ],
    );
    for name in forgery.claims.as_object().unwrap().keys() {
        attacks.push((
            format!("{name} missing"),
            forgery.clone().without_claim(name).sign(key),
        ));
        for value in [
            Value::Null,
            json!(true),
            json!([]),
            json!({}),
            json!("https://attacker.example/"),
            json!("' OR 1=1 --"),
            json!("A".repeat(2_000)),
        ] {
            let title = format!("{name} replaced by {:.20}", value.to_string());
            attacks.push((title, forgery.clone().claim(name, value).sign(key)));
        }
    }
    attacks
}

fn on_time(forgery: &Forgery, key: &str, now: i64) -> Vec<Attack> {
    let forge = |name: &str, value: Value| forgery.clone().claim(name, value).sign(key);
    named(
        "time",
        [
            ("expired", forge("exp", json!(now - 1))),
            ("expired before 1970", forge("exp", json!(-1))),
            (
                "an end as text",
                forge("exp", json!((now + 3_600).to_string())),
            ),
            ("an end as a fraction", forge("exp", json!(9_999_999_999.5))),
            ("an end beyond all numbers", forge("exp", json!(u64::MAX))),
            ("not valid yet", forge("nbf", json!(now + 3_600))),
            ("issued in the future", forge("iat", json!(now + 3_600))),
        ],
    )
}

/// Texts that no JSON value holds: members that stand twice, numbers that are none.
fn on_json(forgery: &Forgery, key: &str) -> Vec<Attack> {
    let (header, claims) = (forgery.header.to_string(), forgery.claims.to_string());
    let twice = |text: &str, member: &str| text.replacen('{', &format!("{{{member},"), 1);
    let end = forgery.claims["exp"].to_string();
    let ending =
        |number: &str| claims.replace(&format!("\"exp\":{end}"), &format!("\"exp\":{number}"));
    named(
        "JSON",
        [
            (
                "two algorithms",
                sign(&twice(&header, r#""alg":"none""#), &claims, key),
            ),
            (
                "two ends",
                sign(&header, &twice(&claims, r#""exp":9999999999"#), key),
            ),
            (
                "two users",
                sign(&header, &twice(&claims, r#""user_id":1"#), key),
            ),
            ("an end of 1e400", sign(&header, &ending("1e400"), key)),
            ("an end of NaN", sign(&header, &ending("NaN"), key)),
            ("no object", sign(&header, "[]", key)),
            (
                "something behind",
                sign(&header, &format!("{claims}{{}}"), key),
            ),
            (
                "a mark of byte order",
                sign(&format!("\u{feff}{header}"), &claims, key),
            ),
        ],
    )
}

fn named<const N: usize>(kind: &str, attacks: [(&str, String); N]) -> Vec<Attack> {
    attacks
        .map(|(name, token)| (format!("{kind}: {name}"), token))
        .to_vec()
}
