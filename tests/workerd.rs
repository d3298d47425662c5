//! The API over HTTP on workerd with D1: every scenario again, and the operator's tool on the same database.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "this is test code: a surprise ends the test"
)]

use portal_tests::person::{PASSWORD, new_email, sign_in};
use portal_tests::workerd::Workerd;
use portal_tests::{trials, trials::run};

fn main() {
    let own = trials! { "workerd":
        an_account_made_by_hand_opens_the_cabinet,
        the_operators_tool_names_what_is_wrong,
    };
    run("workerd", Workerd::from_environment, own);
}

fn an_account_made_by_hand_opens_the_cabinet() {
    let email = new_email();
    let arguments = [
        "user",
        "create",
        "--email",
        &email,
        "--name",
        "Конь О'Брайен",
        "--role",
        "admin",
    ];
    let said = Workerd::cabinetctl(&arguments, &format!("{PASSWORD}\n")).unwrap();
    assert!(said.contains(&email), "{said}");
    assert!(!said.contains(PASSWORD));

    let answer = sign_in(&Workerd::from_environment(), &email, PASSWORD);
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body["user"]["name"], "Конь О'Брайен");
    assert_eq!(answer.body["user"]["role"], "admin");

    let shown =
        Workerd::cabinetctl(&["user", "show", "--email", &email.to_uppercase()], "").unwrap();
    assert!(
        shown.contains("Конь О'Брайен") && shown.contains("admin") && shown.contains("active"),
        "{shown}"
    );
}

fn the_operators_tool_names_what_is_wrong() {
    let email = new_email();
    Workerd::cabinetctl(
        &["user", "create", "--email", &email, "--password", PASSWORD],
        "",
    )
    .unwrap();
    for (arguments, input, expected) in [
        (
            vec!["user", "create", "--email", &email],
            PASSWORD,
            "registered with this e-mail address already",
        ),
        (
            vec!["user", "create", "--email", "anna"],
            PASSWORD,
            "give one like name@example.com",
        ),
        (
            vec!["user", "create", "--email", "a@example.com"],
            "12345",
            "shorter than 6 characters",
        ),
        (
            vec![
                "user",
                "create",
                "--email",
                "a@example.com",
                "--role",
                "root",
            ],
            PASSWORD,
            "there is no such role",
        ),
        (
            vec!["user", "show", "--email", "nobody@example.com"],
            "",
            "nobody is registered",
        ),
    ] {
        let complaint = Workerd::cabinetctl(&arguments, input).unwrap_err();
        assert!(complaint.contains(expected), "{arguments:?}: {complaint}");
    }
}
