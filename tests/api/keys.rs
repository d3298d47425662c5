//! The keys of tokens change while people are signed in.

use libtest_mimic::Trial;
use portal_tests::native::Native;
use portal_tests::person::{PASSWORD, Person, sign_in};
use portal_tests::token::Forgery;
use portal_tests::trials;

const OLD: &str = "0a9b8c7d6e5f40312233445566778899";
const NEW: &str = "f3b1c5d7e9a2048617293a4b5c6d7e8f";

pub(crate) fn trials() -> Vec<Trial> {
    trials! { "native":
        a_rotation_of_keys_signs_nobody_out,
        a_key_that_leaked_opens_nothing_once_it_is_gone,
    }
}

fn newcomer(native: &Native, person: &Person) -> Person {
    let answer = sign_in(native, &person.email, PASSWORD);
    Person {
        token: answer.body["token"].as_str().unwrap().to_owned(),
        ..person.clone()
    }
}

fn a_rotation_of_keys_signs_nobody_out() {
    let native = Native::default().with_signing_key(Some(OLD));
    let before = Person::register(&native);

    let native = native.with_signing_key(Some(&format!("2027a:{NEW},{OLD}")));
    assert_eq!(before.profile(&native).status, 200);
    let during = newcomer(&native, &before);
    assert_eq!(Forgery::of(&during.token).header["kid"], "2027a");

    let native = native.with_signing_key(Some(&format!("2027a:{NEW}")));
    assert_eq!(during.profile(&native).status, 200);
    assert_eq!(before.profile(&native).status, 401);
}

fn a_key_that_leaked_opens_nothing_once_it_is_gone() {
    let native = Native::default().with_signing_key(Some(OLD));
    let person = Person::register(&native);
    let native = native.with_signing_key(Some(NEW));
    let forged = Forgery::of(&newcomer(&native, &person).token);
    let attacker = Person {
        token: forged.sign(OLD),
        ..person
    };
    assert_eq!(attacker.profile(&native).status, 401);
}
