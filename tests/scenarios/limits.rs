//! Limits, as far as they need no clock: on workerd with D1 as well as natively.

use std::net::Ipv6Addr;

use super::scenarios;
use crate::backend::{Answer, Backend, Call};
use crate::person::{PASSWORD, form, new_email, new_network, sign_in_from};

const WRONG: &str = "неправильная лошадь";

scenarios! { "limits":
    a_shut_address_answers_like_a_wrong_password_and_is_open_where_its_owner_lives,
    registrations_of_one_network_are_limited_and_say_for_how_long,
    what_a_client_says_of_its_address_is_not_believed,
}

fn register_from(backend: &dyn Backend, network: Ipv6Addr, email: &str) -> Answer {
    let call = Call::new("POST", "/api/auth/register/").json(&form(email));
    backend.send(call.header("cf-connecting-ip", network.to_string()))
}

fn a_shut_address_answers_like_a_wrong_password_and_is_open_where_its_owner_lives(
    backend: &dyn Backend,
) {
    let (home, elsewhere, email) = (new_network(), new_network(), new_email());
    assert_eq!(register_from(backend, home, &email).status, 201);
    let wrong = sign_in_from(backend, elsewhere, &email, WRONG);
    for _ in 0..4 {
        sign_in_from(backend, elsewhere, &email, WRONG);
    }
    for network in [elsewhere, new_network()] {
        let shut = sign_in_from(backend, network, &email, PASSWORD);
        assert_eq!((shut.status, shut.code()), (401, "invalid_credentials"));
        assert_eq!(shut.lasting_body(), wrong.lasting_body());
        assert_eq!(shut.header("retry-after"), None);
    }
    assert_eq!(sign_in_from(backend, home, &email, PASSWORD).status, 200);
}

fn registrations_of_one_network_are_limited_and_say_for_how_long(backend: &dyn Backend) {
    let network = new_network();
    for _ in 0..10 {
        assert_eq!(register_from(backend, network, &new_email()).status, 201);
    }
    let answer = register_from(backend, network, &new_email());
    assert_eq!((answer.status, answer.code()), (429, "too_many_requests"));
    let seconds: u32 = answer.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=60).contains(&seconds), "{seconds}");
    assert!(
        answer.body["message"]
            .as_str()
            .unwrap()
            .starts_with("Слишком много попыток. Попробуйте снова через"),
        "{}",
        answer.body
    );
    let elsewhere = register_from(backend, new_network(), &new_email());
    assert_eq!(elsewhere.status, 201);
}

/// ASVS 5.0 4.1.3.
fn what_a_client_says_of_its_address_is_not_believed(backend: &dyn Backend) {
    let network = new_network();
    let statuses: Vec<u16> = (0..11)
        .map(|number| {
            let mut call = Call::new("POST", "/api/auth/register/").json(&form(&new_email()));
            for name in [
                "x-forwarded-for",
                "x-real-ip",
                "true-client-ip",
                "forwarded",
            ] {
                call = call.header(name, format!("198.51.100.{number}"));
            }
            let call = call.header("cf-connecting-ip", network.to_string());
            backend.send(call).status
        })
        .collect();
    assert_eq!(statuses.last(), Some(&429), "{statuses:?}");
}
