//! The operator's tool on the database of the running server: local D1, through Wrangler.

#[path = "operators/money.rs"]
mod money;

use std::fs;
use std::path::PathBuf;
use std::process;

use libtest_mimic::Trial;
use portal_tests::backend::Backend;
use portal_tests::person::{PASSWORD, new_email, sign_in};
use portal_tests::trials;
use portal_tests::workerd::Workerd;
use serde_json::{Value, json};

use money::{money_comes_goes_back_and_is_paid_out, products_are_given_prolonged_and_taken_away};

pub(crate) fn trials() -> Vec<Trial> {
    trials! { "workerd::operators":
        people_of_the_predecessor_come_over_and_sign_in,
        everybody_comes_or_nobody,
        any_text_reaches_the_database_as_it_is,
        accounts_are_listed_and_roles_set,
        what_cannot_be_undone_is_asked_about_first,
        products_are_given_prolonged_and_taken_away,
        money_comes_goes_back_and_is_paid_out,
    }
}

/// The fixture of a real Django for this run alone: numbers and addresses of its own, without what cannot come over.
struct Dump {
    rows: Vec<Value>,
    run: u32,
    file: PathBuf,
}

impl Dump {
    fn of(people: &[u64], name: &str, run: u32) -> Self {
        let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/django/dump.json");
        let rows: Vec<Value> = serde_json::from_str(&fs::read_to_string(fixture).unwrap()).unwrap();
        let mut rows: Vec<_> = rows
            .into_iter()
            .filter(|row| row["model"] == "users.user")
            .filter(|row| people.contains(&row["pk"].as_u64().unwrap()))
            .collect();
        for row in &mut rows {
            row["pk"] = number(run, row["pk"].as_u64().unwrap()).into();
            let fields = &mut row["fields"];
            if let Some(referrer) = fields["referred_by"].as_u64() {
                fields["referred_by"] = number(run, referrer).into();
            }
            fields["email"] = address(run, fields["email"].as_str().unwrap()).into();
            fields["referral_code"] = Value::Null;
        }
        let file = std::env::temp_dir().join(format!("cabinet-{name}-{run}.json"));
        Self { rows, run, file }
    }

    fn import(&self, arguments: &[&str]) -> Result<String, String> {
        fs::write(&self.file, Value::from(self.rows.clone()).to_string()).unwrap();
        let file = self.file.to_str().unwrap();
        let said = Workerd::cabinetctl(&[&["import", "django", file], arguments].concat(), "");
        fs::remove_file(&self.file).unwrap();
        said
    }

    fn address(&self, email: &str) -> String {
        address(self.run, email)
    }
}

fn number(run: u32, key: u64) -> u64 {
    u64::from(run) * 1_000 + key
}

fn address(run: u32, email: &str) -> String {
    format!("{run}-{email}")
}

fn people_of_the_predecessor_come_over_and_sign_in() {
    let dump = Dump::of(&[1, 2, 3, 4, 5, 6], "come", process::id());
    let said = dump.import(&["--dry-run"]).unwrap();
    assert!(said.contains("6  new"), "{said}");
    let unasked = dump.import(&[]).unwrap_err();
    assert!(
        unasked.contains("Import 6 people? There is nobody to ask here"),
        "{unasked}"
    );

    let said = dump.import(&["--yes"]).unwrap();
    assert!(said.contains("Imported 6 people; all are there."), "{said}");
    let server = Workerd::from_environment();
    for (email, password, status) in [
        ("anna@example.com", "правильная лошадь", 200),
        ("boris@example.com", "бЕРЁЗА-1", 200),
        ("vera@example.com", "🐎🔋📎🏇", 200),
        ("dina@example.com", "argon horse", 401),
    ] {
        let answer = sign_in(&server, &dump.address(email), password);
        assert_eq!(answer.status, status, "{email}: {}", answer.body);
        if email.starts_with("anna") {
            assert_eq!(
                answer.body["user"]["name"],
                "Анна О'Брайен; DROP TABLE users"
            );
            assert_eq!(answer.body["user"]["created_at"], "2025-03-03T09:30:15.25Z");
        }
    }
    let shown = show(&dump.address("anna@example.com"));
    assert_eq!(shown["referrer"], dump.address("vera@example.com"));
    assert_eq!(shown["former_number"], number(dump.run, 2));

    let said = dump.import(&["--yes"]).unwrap();
    assert!(said.contains("There is nobody to import."), "{said}");
}

fn everybody_comes_or_nobody() {
    // Numbers that no other test of this run has.
    let dump = Dump::of(&[3, 4, 5, 10], "nobody", process::id() + 5_000_000);
    let refused = dump.import(&["--yes"]).unwrap_err();
    assert!(refused.contains("--partly"), "{refused}");
    let known = |email: &str| {
        Workerd::cabinetctl(&["user", "show", "--email", &dump.address(email)], "").is_ok()
    };

    // The database refuses the last of them, when the others are written already.
    let server = Workerd::from_environment();
    let last = dump.address("gleb@example.com");
    server.execute(&format!(
        "CREATE TRIGGER refuse_gleb BEFORE INSERT ON users WHEN NEW.email = '{last}'
         BEGIN SELECT RAISE(ABORT, 'not Gleb'); END"
    ));
    let refused = dump.import(&["--yes", "--partly"]).unwrap_err();
    server.execute("DROP TRIGGER refuse_gleb");
    assert!(
        refused.contains("nobody was imported") && refused.contains("not Gleb"),
        "{refused}"
    );
    assert!(!known("boris@example.com") && !known("vera@example.com"));

    let said = dump.import(&["--yes", "--partly"]).unwrap();
    assert!(said.contains("Imported 3 people"), "{said}");
    assert!(known("boris@example.com") && known("gleb@example.com"));
}

fn any_text_reaches_the_database_as_it_is() {
    let name = "BEGIN TRANSACTION;COMMIT; '; DROP TABLE users; -- \"`[ ?1 /* 🐎 */ \\' %";
    let email = new_email();
    let arguments = ["user", "create", "--email", &email, "--name", name];
    Workerd::cabinetctl(&arguments, PASSWORD).unwrap();
    assert_eq!(show(&email)["user"]["name"], name);
}

fn accounts_are_listed_and_roles_set() {
    let email = new_email();
    let arguments = ["user", "create", "--email", &email, "--name", "Список"];
    Workerd::cabinetctl(&arguments, PASSWORD).unwrap();
    let arguments = [
        "--operator",
        "Вера",
        "user",
        "set-role",
        "--email",
        &email,
        "--role",
        "operator",
    ];
    Workerd::cabinetctl(&arguments, "").unwrap();
    let shown = show(&email);
    assert_eq!(shown["user"]["role"], "operator");
    assert_eq!(shown["events"][0]["event"], "role_changed");
    assert_eq!(shown["events"][0]["actor"], "operator Вера");

    let list = |arguments: &[&str]| {
        let said = Workerd::cabinetctl(&[&["user", "list", &email], arguments].concat(), "");
        said.unwrap()
    };
    let found: Value = serde_json::from_str(&list(&["--json", "--role", "operator"])).unwrap();
    assert_eq!(
        (&found["total"], &found["users"][0]["email"]),
        (&json!(1), &json!(email))
    );
    let table = list(&["--active"]);
    assert!(
        table.contains("Список") && table.contains("Page 1 of 1, 1 in all."),
        "{table}"
    );
    assert!(list(&["--inactive"]).contains("Nobody."));
}

fn what_cannot_be_undone_is_asked_about_first() {
    let email = new_email();
    Workerd::cabinetctl(&["user", "create", "--email", &email], PASSWORD).unwrap();
    for verb in ["deactivate", "reset-password"] {
        let refused =
            Workerd::cabinetctl(&["user", verb, "--email", &email], "другой пароль\n").unwrap_err();
        assert!(refused.contains("say --yes"), "{verb}: {refused}");
    }
    let server = Workerd::from_environment();
    assert_eq!(sign_in(&server, &email, PASSWORD).status, 200);
}

fn show(email: &str) -> Value {
    let said = Workerd::cabinetctl(&["user", "show", "--json", "--email", email], "").unwrap();
    serde_json::from_str(&said).unwrap()
}
