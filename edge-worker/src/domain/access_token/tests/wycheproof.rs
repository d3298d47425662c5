//! The cases for HS256 in Wycheproof's `json_web_signature_test` (C2SP, `testvectors_v1`), by their numbers.
//!
//! The file is not kept here: HMAC has one answer only, so each token is made from what its case says, and those of the
//! groups of the RFCs and of base64 equal the file's byte by byte. The first group's key is ours. What is checked is the outer
//! form and the signature, because the payloads are no claims.
//!
//! Four cases are labelled wrongly there, and this code answers otherwise, on purpose:
//!
//! * 367 and 370, "invalid base64 padding": they say invalid, but have no padding and are byte by byte the valid 357.
//! * 372 and 373, "invalid character inserted": they say valid, but hold a `?`, which base64url does not have.
//!
//! 341 to 344 stand in a group of PS512 and try the algorithm `none`: they are refused here, too.

use super::compact::Compact;
use super::*;

/// The one key that a case has: its name and its bytes.
struct Case<'a> {
    kid: &'a str,
    key: &'a [u8],
}

impl Case<'_> {
    fn open(&self, token: &str) -> Result<Vec<u8>, TokenRefused> {
        hs256::install();
        let compact = Compact::parse(token)?;
        if compact.key_id() != Some(self.kid) {
            return Err(TokenRefused::UnknownKey);
        }
        compact.open(&DecodingKey::from_secret(self.key))
    }

    /// Signs two parts as they stand.
    fn sign(&self, header: &str, payload: &str) -> String {
        let message = format!("{header}.{payload}");
        let mac = Hmac::<Sha256>::new_from_slice(self.key)
            .unwrap()
            .chain_update(&message)
            .finalize();
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(mac.into_bytes()))
    }

    fn refuses(&self, cases: &[(u16, String)]) {
        for (number, token) in cases {
            assert!(self.open(token).is_err(), "{number}: {token}");
        }
    }
}

fn encode(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(text)
}

#[test]
fn cases_1_to_17_changed_and_missing_parts() {
    let case = Case {
        kid: "kid-aes-sign",
        key: SECRET.as_bytes(),
    };
    let header = encode(r#"{"alg":"HS256","kid":"kid-aes-sign"}"#);
    let other_header = encode(r#"{"alg":"HS256","kid":"Xid-aes-sign"}"#);
    let none = encode(r#"{"alg":"none","kid":"kid-aes-sign"}"#);
    let payload = encode("foo");
    let valid = case.sign(&header, &payload);
    let mac = valid.rsplit_once('.').unwrap().1;
    let changed_mac = format!(
        "{}{}",
        if mac.starts_with('X') { 'Y' } else { 'X' },
        &mac[1..]
    );

    assert_eq!(case.open(&valid), Ok(b"foo".to_vec()), "1");
    case.refuses(&[
        (2, format!("{header}.{payload}.{changed_mac}")),
        (3, format!("{header}.{payload}.")),
        (4, format!("{header}.{payload}")),
        (5, format!("{header}.{}.{mac}", encode("Xoo"))),
        (6, format!("{header}..{mac}")),
        (7, format!("{header}.{mac}")),
        (8, format!("{other_header}.{payload}.{mac}")),
        (9, format!(".{payload}.{mac}")),
        (10, format!("{payload}.{mac}")),
        (11, format!(".{payload}.")),
        (12, payload.clone()),
        (13, String::new()),
        (14, format!("{valid}.")),
        (15, format!("{valid}.foo")),
        (16, format!("{none}.{payload}.")),
        (
            17,
            format!(
                r#"{{"payload":"{payload}","signatures":[{{"protected":"{header}","signature":"{mac}"}}]}}"#
            ),
        ),
    ]);
}

/// RFC 7515 appendix A.1. Its header names no key, so a mint would not even look; the signature is checked by itself.
#[test]
fn case_348_the_example_of_the_standard() {
    hs256::install();
    let key =
        "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";
    let key = DecodingKey::from_secret(&URL_SAFE_NO_PAD.decode(key).unwrap());
    let header = encode("{\"typ\":\"JWT\",\r\n \"alg\":\"HS256\"}");
    let payload = encode(
        "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}",
    );
    let mac = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    let token = format!("{header}.{payload}.{mac}");
    let compact = Compact::parse(&token).unwrap();
    assert_eq!(compact.key_id(), None);
    assert!(compact.open(&key).is_ok());
}

/// RFC 7520 section 4.4.
#[test]
fn case_352_the_example_of_the_cookbook() {
    let key = URL_SAFE_NO_PAD
        .decode("hJtXIZ2uSN5kbQfbtTNWbpdmhkV8FJG-Onbc6mxCcYg")
        .unwrap();
    let case = Case {
        kid: "018c0ae5-4d9b-471b-bfd6-eef314bc7037",
        key: &key,
    };
    let header = encode(r#"{"alg":"HS256","kid":"018c0ae5-4d9b-471b-bfd6-eef314bc7037"}"#);
    let text = "It\u{2019}s a dangerous business, Frodo, going out your door. You step onto the road, \
                and if you don't keep your feet, there\u{2019}s no knowing where you might be swept off to.";
    let mac = "s0h6KThzkfBBBkLspW1h84VsJZFTsPPqMDA7g1Md7p0";
    let token = format!("{header}.{}.{mac}", encode(text));
    assert_eq!(case.open(&token), Ok(text.as_bytes().to_vec()));
}

#[test]
fn cases_357_to_377_base64_and_white_space() {
    let case = Case {
        kid: "hs256-key",
        key: &[0; 32],
    };
    let header = encode(r#"{"kid":"hs256-key","alg":"HS256"}"#);
    let payload = encode("Test");
    let valid = case.sign(&header, &payload);
    let mac = valid.rsplit_once('.').unwrap().1;
    // Found by search: their signatures begin with zeros, and with ones.
    let [zeros, ones] = ["T21325668", "T8123413"].map(|text| case.sign(&header, &encode(text)));
    let [zeros_mac, ones_mac] = [&zeros, &ones].map(|token| token.rsplit_once('.').unwrap().1);
    assert!(zeros_mac.starts_with("AAAA") && ones_mac.starts_with("____"));

    let spaced = case.sign(
        &encode(r#"{ "kid" : "hs256-key", "alg" : "HS256" }"#),
        &payload,
    );
    let broken = case.sign(
        &encode("{\"kid\":\"hs256-key\",\n\t\"alg\":\"HS256\"}"),
        &payload,
    );
    for (number, token) in [
        (357, &valid),
        (358, &zeros),
        (359, &ones),
        (367, &valid), // labelled "invalid"
        (370, &valid), // labelled "invalid"
        (376, &spaced),
        (377, &broken),
    ] {
        assert!(case.open(token).is_ok(), "{number}");
    }

    let message = |token: &str| token.rsplit_once('.').unwrap().0.to_owned();
    let (cut_header, last) = header.split_at(header.len() - 1);
    // The two low bits of "AB" are not zero; "AA" is the same byte written canonically.
    let mac_of_canonical = case
        .sign(&header, "AA")
        .rsplit_once('.')
        .unwrap()
        .1
        .to_owned();
    case.refuses(&[
        (360, format!("{}.    {mac}", message(&valid))),
        (361, format!("{}.?{mac}", message(&valid))),
        (362, format!("{valid}?")),
        (363, format!("{}.?{}", message(&zeros), &zeros_mac[1..])),
        (364, format!("{}.????{}", message(&ones), &ones_mac[4..])),
        (365, case.sign(&format!("{header}    "), &payload)),
        (366, case.sign(&format!("{header}####"), &payload)),
        (368, case.sign(&header, &format!("    {payload}"))),
        (369, case.sign(&header, &format!("####{payload}"))),
        (371, case.sign(&header, &format!("?{payload}"))),
        (372, format!("{cut_header}?{last}.{payload}.{mac}")), // labelled "valid"
        (373, format!("{header}.{payload}?.{mac}")),           // labelled "valid"
        (374, format!("{header}.AB.{mac_of_canonical}")),
        (375, case.sign(&header, "AB")),
    ]);
}

#[test]
fn cases_341_to_344_no_algorithm() {
    let case = Case {
        kid: "kid",
        key: SECRET.as_bytes(),
    };
    for (number, alg) in [(341, "none"), (342, "NONE"), (343, "None"), (344, "nOnE")] {
        let header = encode(&format!(r#"{{"alg":"{alg}","kid":"kid"}}"#));
        let payload = encode("foo");
        case.refuses(&[
            (number, format!("{header}.{payload}.")),
            (number, case.sign(&header, &payload)),
        ]);
    }
}
