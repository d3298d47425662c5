//! The words for what an import found.

use edge_worker::app::import::ImportPlan;
use edge_worker::app::import::report::{ImportReport, PasswordKind};
use edge_worker::domain::dump::Place;
use edge_worker::domain::former_user::{Note, RowRefused};

/// `1 person`, `2 people`.
pub(crate) fn people(count: usize) -> String {
    if count == 1 {
        "1 person".to_owned()
    } else {
        format!("{count} people")
    }
}

/// What the import would do, and what it found, line by line.
pub(crate) fn words(plan: &ImportPlan) -> String {
    let report = &plan.report;
    let mut lines = vec![format!("{}: {} rows", report.model, report.rows)];
    lines.extend(counts(plan));
    lines.extend(section(
        "Passwords of those who are new",
        report
            .passwords
            .iter()
            .map(|(kind, count)| format!("{count:>6}  {}", password(kind))),
    ));
    lines.extend(section(
        "Cannot be read",
        report
            .unreadable
            .iter()
            .map(|(place, refused)| format!("{place}: {}", fault(refused))),
    ));
    lines.extend(section(
        "One address but for letter case",
        report
            .collisions
            .iter()
            .map(|(address, rows)| format!("{address}: {}", places(rows))),
    ));
    lines.extend(section(
        "There already, made here: left as they are, and not linked to the predecessor's number",
        report
            .registered_here
            .iter()
            .map(|(place, address)| format!("{place}: {address}")),
    ));
    lines.extend(section(
        "Imported before and changed since: left as they are",
        report.different.iter().map(|difference| {
            let fields = difference.fields.join(", ");
            format!("{}: {} ({fields})", difference.place, difference.address)
        }),
    ));
    lines.extend(section(
        "Imported before and deleted since: not brought back",
        report.gone.iter().map(Place::to_string),
    ));
    lines.extend(section(
        "Left behind or made anew",
        report
            .notes
            .iter()
            .map(|(kind, rows)| format!("{}: {}", note(*kind), places(rows))),
    ));
    lines.extend(section(
        "Other models, passed over",
        report
            .passed_over
            .iter()
            .map(|(model, count)| format!("{count:>6}  {model}{}", why_not(model))),
    ));
    lines.join("\n")
}

/// Why the rows of a model that everybody knows do not come over.
fn why_not(model: &str) -> &'static str {
    match model.rsplit('.').next().unwrap_or_default() {
        "preorder" => ": lived for a day; the orders made of them come over",
        "transaction" => ": follow from payments and refunds",
        "mandate" => ": follow from saved cards",
        "manualcharge" => ": nothing was ever charged by them",
        "cancellationrequest" => ": never worked",
        "auditlog" | "trackingevent" | "adminotp" => ": of the former site alone",
        _ => "",
    }
}

fn counts(plan: &ImportPlan) -> Vec<String> {
    let ImportReport {
        equal,
        different,
        gone,
        registered_here,
        collisions,
        unreadable,
        ..
    } = &plan.report;
    let collided: usize = collisions.iter().map(|(_, places)| places.len()).sum();
    [
        ("new", plan.newcomers.len()),
        ("imported before, equal", *equal),
        ("imported before, different", different.len()),
        ("imported before, deleted since", gone.len()),
        ("with an address of somebody here", registered_here.len()),
        ("with an address of another row", collided),
        ("cannot be read", unreadable.len()),
    ]
    .into_iter()
    .filter(|(title, count)| *count > 0 || *title == "new")
    .map(|(title, count)| format!("  {count:>6}  {title}"))
    .collect()
}

pub(super) fn section(title: &str, items: impl Iterator<Item = String>) -> Vec<String> {
    let mut lines: Vec<String> = items.map(|item| format!("  {item}")).collect();
    if !lines.is_empty() {
        lines.insert(0, format!("{title}:"));
    }
    lines
}

pub(super) fn places(rows: &[Place]) -> String {
    let rows: Vec<_> = rows.iter().map(Place::to_string).collect();
    rows.join("; ")
}

fn password(kind: &PasswordKind) -> String {
    match kind {
        PasswordKind::Works { iterations } => {
            format!("pbkdf2_sha256, {iterations} iterations: the old password works")
        }
        PasswordKind::Unusable => "none: has to be reset".to_owned(),
        PasswordKind::OtherAlgorithm(name) => format!("{name}: has to be reset"),
        PasswordKind::TooManyIterations => {
            "pbkdf2_sha256 with too many iterations: has to be reset".to_owned()
        }
    }
}

fn fault(refused: &RowRefused) -> String {
    match refused {
        RowRefused::NotAnObject => "not an object with a model and fields".to_owned(),
        RowRefused::NoNumber => {
            "no whole number as pk: make the dump without --natural-primary".to_owned()
        }
        RowRefused::NumberTaken => "the pk of an earlier row".to_owned(),
        RowRefused::Missing(field) => format!("{field} is missing"),
        RowRefused::Unfit("referred_by") => {
            "referred_by is not a number: make the dump without --natural-foreign".to_owned()
        }
        RowRefused::Unfit(field) => format!("{field} is of another type, or too long"),
        RowRefused::Email(_) => "email is no e-mail address".to_owned(),
        RowRefused::UnknownRole => "role is none of client, finance_manager and admin".to_owned(),
    }
}

const fn note(note: Note) -> &'static str {
    match note {
        Note::PhoneLeftOut => "phone left out, it is no number",
        Note::NameReplaced => "name taken from the address",
        Note::ReferralCodeReplaced => "new referral code",
        Note::StaffFlagsLeftOut => "is_staff or is_superuser left out, the role is client",
        Note::SecondFactorLeftOut => "second factor left out",
        Note::BroughtByThemselves => "was brought by themselves",
        Note::BroughtInACircle => "was brought by somebody whom they had brought",
        Note::ReferrerUnknown => "whoever brought them is not imported",
    }
}
