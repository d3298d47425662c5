//! One key takes over from another.

use super::*;

const NEW: &str = "cfcd208495d565ef66e7dff9f98764da";

fn issue(mint: &TokenMint) -> String {
    mint.issue(TokenId::from_random([2; 16]), &session(), UserId::new(7))
        .unwrap()
}

#[test]
fn tokens_of_the_old_key_hold_until_it_is_taken_out() {
    let (old, new) = (format!("2026b:{SECRET}"), format!("2027a:{NEW}"));
    let [before, during, after] =
        [old.clone(), format!("{new},{old}"), new].map(|setting| mint_with(&setting));
    let (old_token, new_token) = (issue(&before), issue(&during));
    for (mint, token, expected) in [
        (&before, &old_token, None),
        (&before, &new_token, Some(TokenRefused::UnknownKey)),
        (&during, &old_token, None),
        (&during, &new_token, None),
        (&after, &old_token, Some(TokenRefused::UnknownKey)),
        (&after, &new_token, None),
    ] {
        assert_eq!(mint.verify(token, now()).err(), expected);
    }
}

#[test]
fn a_key_without_a_name_can_be_the_old_one() {
    let token = issue(&mint_with(SECRET));
    let during = mint_with(&format!("2027a:{NEW},{SECRET}"));
    assert_eq!(during.verify(&token, now()).err(), None);
    assert_eq!(key_id_of(&during), "2027a");
}

#[test]
fn one_key_cannot_sign_in_the_name_of_the_other() {
    let during = mint_with(&format!("2027a:{NEW},2026b:{SECRET}"));
    for (kid, secret) in [("2027a", SECRET), ("2026b", NEW)] {
        let token = forge(
            &with(header(), "kid", json!(kid)),
            &claims(),
            secret.as_bytes(),
        );
        assert_eq!(
            during.verify(&token, now()),
            Err(TokenRefused::BadSignature),
            "{kid}"
        );
    }
}

#[test]
fn another_secret_has_another_name() {
    assert_ne!(key_id_of(&mint_with(SECRET)), key_id_of(&mint_with(NEW)));
}
