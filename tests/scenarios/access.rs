//! Who may call what: every route, called as everybody, against an expectation that is written down here.

use std::collections::BTreeSet;

use edge_worker::http::routes::ROUTES;

use super::scenarios;
use crate::backend::{Backend, Call};
use crate::person::{PASSWORD, Person, sign_in};

scenarios! { "access":
    every_route_has_an_expectation_and_meets_it_for_everybody,
    another_role_counts_from_the_next_request_on,
}

/// What a call without a body is answered.
#[derive(Debug)]
struct Expectation {
    method: &'static str,
    path: &'static str,
    /// Without a token.
    nobody: u16,
    /// With the token of a client, of an operator and of an admin. Where the path has an `<id>`, it is of something that belongs
    /// to somebody else.
    client: u16,
    operator: u16,
    admin: u16,
    /// With the token of somebody whose account was closed.
    deactivated: u16,
}

/// Anybody may; tokens change nothing.
const fn public(method: &'static str, path: &'static str, answer: u16) -> Expectation {
    Expectation {
        method,
        path,
        nobody: answer,
        client: answer,
        operator: answer,
        admin: answer,
        deactivated: answer,
    }
}

/// Whoever is signed in may, to what is their own.
const fn signed_in(method: &'static str, path: &'static str, answer: u16) -> Expectation {
    Expectation {
        method,
        path,
        nobody: 401,
        client: answer,
        operator: answer,
        admin: answer,
        deactivated: 401,
    }
}

const EXPECTATIONS: &[Expectation] = &[
    public("GET", "/api/auth/health/", 200),
    public("GET", "/api/openapi.json", 200),
    public("POST", "/api/auth/register/", 400),
    public("POST", "/api/auth/login/", 400),
    signed_in("POST", "/api/auth/logout/", 200),
    signed_in("GET", "/api/auth/profile/", 200),
    signed_in("PATCH", "/api/auth/profile/", 200),
    signed_in("GET", "/api/auth/sessions/", 200),
    signed_in("DELETE", "/api/auth/sessions/<id>/", 404),
    signed_in("GET", "/api/auth/events/", 200),
    signed_in("GET", "/api/auth/export/", 200),
    signed_in("POST", "/api/auth/delete-account/", 400),
    public("POST", "/api/auth/password-reset/", 400),
    public("POST", "/api/auth/password-reset/confirm/", 400),
    public("POST", "/api/auth/verify-email/", 400),
    public("POST", "/api/auth/change-email/confirm/", 400),
    signed_in("POST", "/api/auth/resend-verification/", 200),
    signed_in("POST", "/api/auth/change-password/", 400),
    signed_in("POST", "/api/auth/change-email/", 400),
    signed_in("GET", "/api/client/dashboard/", 200),
    signed_in("GET", "/api/client/cabinet/", 200),
    signed_in("GET", "/api/client/products/", 200),
    signed_in("GET", "/api/client/products/available/", 200),
    signed_in("GET", "/api/client/payments/", 200),
    signed_in("GET", "/api/client/payments/export.csv", 200),
    signed_in("GET", "/api/client/payments/<id>/", 404),
    signed_in("GET", "/api/client/payments/<id>/receipt/", 404),
    signed_in("GET", "/api/client/payment-methods/", 200),
    signed_in("PATCH", "/api/client/payment-methods/<id>/", 400),
    signed_in("DELETE", "/api/client/payment-methods/<id>/", 404),
    signed_in("GET", "/api/client/transactions/", 200),
    signed_in("GET", "/api/client/documents/", 200),
    signed_in("POST", "/api/client/documents/accept/<id>/", 404),
    signed_in("POST", "/api/client/subscriptions/<id>/cancel/", 404),
    signed_in("POST", "/api/client/subscriptions/<id>/resume/", 404),
    signed_in("POST", "/api/client/subscriptions/<id>/renew/", 404),
    signed_in("GET", "/api/client/referrals/", 200),
    signed_in("GET", "/api/client/referrals/commissions/", 200),
    signed_in("GET", "/api/client/referrals/commissions/export.csv", 200),
    signed_in("GET", "/api/client/referrals/payouts/", 200),
    signed_in("GET", "/api/client/referrals/payouts/export.csv", 200),
    signed_in("POST", "/api/client/referrals/request-payout/", 400),
];

/// Whose answer is looked at.
type Column = fn(&Expectation) -> u16;

fn every_route_has_an_expectation_and_meets_it_for_everybody(backend: &dyn Backend) {
    let routes: BTreeSet<_> = ROUTES
        .iter()
        .map(|route| (route.method, route.path))
        .collect();
    let expected: BTreeSet<_> = EXPECTATIONS
        .iter()
        .map(|expectation| (expectation.method, expectation.path))
        .collect();
    assert_eq!(routes, expected, "write down who may call each route");

    let owner = Person::register(backend);
    let client = Person::register(backend);
    let operator = Person::register(backend);
    let admin = Person::register(backend);
    let deactivated = Person::register(backend);
    backend.execute(&format!(
        "UPDATE users SET role = 'operator' WHERE id = {};
         UPDATE users SET role = 'admin' WHERE id = {};
         UPDATE users SET is_active = 0 WHERE id = {};",
        operator.user["id"], admin.user["id"], deactivated.user["id"]
    ));
    let sessions = backend.send(Call::new("GET", "/api/auth/sessions/").bearer(&owner.token));
    let id_of_owner = sessions.body["sessions"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();

    let columns: [(&str, Option<Person>, Column); 5] = [
        ("nobody", None, |row| row.nobody),
        ("another client", Some(client), |row| row.client),
        ("an operator", Some(operator), |row| row.operator),
        ("an admin", Some(admin), |row| row.admin),
        ("somebody deactivated", Some(deactivated), |row| {
            row.deactivated
        }),
    ];
    for (who, mut person, column) in columns {
        for row in EXPECTATIONS {
            let path = row.path.replace("<id>", &id_of_owner);
            let mut call = Call::new(row.method, path);
            if let Some(person) = &person {
                call = call.bearer(&person.token);
            }
            let answer = backend.send(call);
            assert_eq!(
                answer.status,
                column(row),
                "{} {} as {who}: {}",
                row.method,
                row.path,
                answer.body
            );
            // Signing out worked: somebody has to call the rest.
            if row.path.ends_with("/logout/") && answer.status == 200 {
                person = person.map(|person| person.sign_in_again(backend));
            }
        }
    }
    assert_eq!(
        owner.profile(backend).status,
        200,
        "nobody else has ended it"
    );
}

fn another_role_counts_from_the_next_request_on(backend: &dyn Backend) {
    let person = Person::register(backend);
    assert_eq!(person.profile(backend).body["role"], "client");
    backend.execute(&format!(
        "UPDATE users SET role = 'admin' WHERE id = {}",
        person.user["id"]
    ));
    assert_eq!(person.profile(backend).body["role"], "admin");
    let answer = sign_in(backend, &person.email, PASSWORD);
    assert_eq!(answer.body["user"]["role"], "admin");
}
