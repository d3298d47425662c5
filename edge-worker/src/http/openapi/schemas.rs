//! The forms that the API takes and the objects that it answers, by their names in the document.
//!
//! The forms are as `handlers` reads them, the objects as `views` makes them; the tests hold every request and every answer of
//! every scenario against these shapes.

pub(super) mod cabinet;
mod exported;

use super::shape::Shape::{
    Always, AnyObject, Email, EmptyList, Flag, Form, Format, Integer, List, Named, Nullable,
    Object, Pattern, Text, Word, Words,
};
use super::shape::{Field, Shape, optional, required};
use crate::domain::audit::{Actor, Event};
use crate::domain::email::Email as EmailAddress;
use crate::domain::human_check::HumanToken;
use crate::domain::language::Language;
use crate::domain::link::LinkPurpose;
use crate::domain::mail::MailName;
use crate::domain::page::Page;
use crate::domain::password::NewPassword;
use crate::domain::person_name::PersonName;
use crate::domain::user::Role;

const EMAIL: Shape = Email {
    max: EmailAddress::MAX_CHARS,
};
const TEXT: Shape = Text { min: 0, max: None };
const SOME_TEXT: Shape = Text { min: 1, max: None };
const TEXT_OR_NULL: Shape = Nullable(&TEXT);
const NAME: Shape = Text {
    min: 0,
    max: Some(PersonName::MAX_CHARS),
};
/// In the form of E.164.
const PHONE: Shape = Pattern("^\\+[1-9][0-9]{7,14}$");
/// The characters at least are what the service promises; an installation may ask for more.
const NEW_PASSWORD: Shape = Text {
    min: 6,
    max: Some(NewPassword::MAX_BYTES),
};
const HUMAN_TOKEN: Shape = Nullable(&Text {
    min: 1,
    max: Some(HumanToken::MAX_CHARS),
});
const INSTANT: Shape = Format("date-time");
const INSTANT_OR_NULL: Shape = Nullable(&INSTANT);
const COUNT: Shape = Integer { min: 0, max: None };
const NUMBER: Shape = Integer { min: 1, max: None };
const COUNTRY: Shape = Nullable(&Pattern("^[A-Z0-9]{2}$"));
const ROLE: Shape = Words(|| Role::ALL.map(Role::as_str).to_vec());
const EVENT: Shape = Words(|| Event::ALL.iter().map(|event| event.as_str()).collect());
const ACTOR: Shape = Words(|| Actor::WORDS.to_vec());
const SUCCESS: Field = required("success", Always(true));
const MESSAGE: Field = required("message", SOME_TEXT);

/// Every shape with a name.
pub(super) fn schemas() -> impl Iterator<Item = &'static (&'static str, Shape)> {
    SCHEMAS.iter().chain(cabinet::schemas())
}

static SCHEMAS: [(&str, Shape); 23] = [
    (
        "Registration",
        Form(&[
            required("email", EMAIL),
            required("phone", SOME_TEXT),
            required("password", NEW_PASSWORD),
            optional("name", Nullable(&NAME)),
            optional("referral_code", TEXT_OR_NULL),
            optional("terms_accepted", Nullable(&Flag)),
            optional("turnstile_token", HUMAN_TOKEN),
        ]),
    ),
    (
        "SignIn",
        Form(&[
            required("email", EMAIL),
            required("password", SOME_TEXT),
            optional("turnstile_token", HUMAN_TOKEN),
        ]),
    ),
    (
        "PasswordResetRequest",
        Form(&[
            required("email", EMAIL),
            optional("turnstile_token", HUMAN_TOKEN),
        ]),
    ),
    (
        "PasswordReset",
        Form(&[
            required("token", SOME_TEXT),
            required("new_password", NEW_PASSWORD),
            optional("email", Nullable(&EMAIL)),
        ]),
    ),
    (
        "UsedLink",
        Form(&[
            required("token", SOME_TEXT),
            optional("email", Nullable(&EMAIL)),
        ]),
    ),
    (
        "EmailChangeRequest",
        Form(&[
            required("new_email", EMAIL),
            required("password", SOME_TEXT),
        ]),
    ),
    (
        "PasswordChange",
        Form(&[
            required("current_password", SOME_TEXT),
            required("new_password", NEW_PASSWORD),
        ]),
    ),
    (
        "ProfileChange",
        Form(&[
            optional("name", Nullable(&NAME)),
            optional("phone", Nullable(&SOME_TEXT)),
        ]),
    ),
    ("AccountDeletion", Form(&[required("password", SOME_TEXT)])),
    ("Nothing", Form(&[])),
    (
        "Health",
        Object(&[
            required("status", Word("ok")),
            required("service", TEXT),
            required("version", TEXT),
            required("timestamp", INSTANT),
        ]),
    ),
    ("OpenApi", AnyObject),
    ("Done", Object(&[SUCCESS, MESSAGE])),
    (
        "Welcome",
        Object(&[
            SUCCESS,
            MESSAGE,
            required("token", Pattern("^[\\w-]+\\.[\\w-]+\\.[\\w-]+$")),
            required("user", Named("User")),
        ]),
    ),
    ("User", Object(&USER)),
    (
        "Profile",
        Object(&{
            let [a, b, c, d, e, f, g, h, i, j, k, l, m] = USER;
            let modal = required("needs_documents_modal", Flag);
            let documents = required("documents_to_sign", EmptyList);
            [a, b, c, d, e, f, g, h, i, j, k, l, m, modal, documents]
        }),
    ),
    (
        "Session",
        Object(&[
            required("id", Format("uuid")),
            required("current", Flag),
            required("device", TEXT_OR_NULL),
            required("country", COUNTRY),
            required("created_at", INSTANT),
            required("last_seen_at", INSTANT),
            required("expires_at", INSTANT),
        ]),
    ),
    (
        "Sessions",
        Object(&[SUCCESS, required("sessions", List(&Named("Session")))]),
    ),
    (
        "Event",
        Object(&[
            required("event", EVENT),
            required("by", ACTOR),
            required("at", INSTANT),
            required("times", NUMBER),
            required("country", COUNTRY),
            required("device", TEXT_OR_NULL),
            required("address_network", TEXT_OR_NULL),
        ]),
    ),
    (
        "Events",
        Object(&[
            SUCCESS,
            required("events", List(&Named("Event"))),
            required("total", COUNT),
            required("page", PAGE_NUMBER),
            required("limit", PAGE_LIMIT),
        ]),
    ),
    (
        "ExportedProfile",
        Object(&[
            required("id", NUMBER),
            required("email", EMAIL),
            required("name", TEXT),
            required("phone", Nullable(&PHONE)),
            required("role", ROLE),
            required("is_active", Flag),
            required("telegram_id", TEXT_OR_NULL),
            required("email_verified", Flag),
            required("referral_code", TEXT),
            required("referred_by", Nullable(&NUMBER)),
            required("terms_accepted_at", INSTANT_OR_NULL),
            required("offer_accepted_at", INSTANT_OR_NULL),
            required("created_at", INSTANT),
            required("updated_at", INSTANT),
        ]),
    ),
    (
        "ExportedMail",
        Object(&[
            required(
                "mail",
                Words(|| MailName::ALL.map(MailName::as_str).to_vec()),
            ),
            required(
                "language",
                Words(|| Language::ALL.map(Language::as_str).to_vec()),
            ),
            required("address", TEXT),
            required("name", TEXT_OR_NULL),
            required("device", TEXT_OR_NULL),
            required("country", COUNTRY),
            required("about_address", TEXT_OR_NULL),
            required("created_at", INSTANT),
            required("deadline_at", INSTANT),
            required("attempts", COUNT),
            required("next_attempt_at", INSTANT),
            required("sent_at", INSTANT_OR_NULL),
            required("given_up_at", INSTANT_OR_NULL),
            required("last_error", TEXT_OR_NULL),
            required("product", TEXT_OR_NULL),
            required("amount", Nullable(&Pattern("^-?[0-9]+\\.[0-9]{2}$"))),
            required("ends_at", INSTANT_OR_NULL),
            required("reason", TEXT_OR_NULL),
        ]),
    ),
    (
        "Export",
        Object(&[
            SUCCESS,
            required("exported_at", INSTANT),
            required("profile", Named("ExportedProfile")),
            required("sessions", List(&EXPORTED_SESSION)),
            required("events", List(&EXPORTED_EVENT)),
            required("links", List(&EXPORTED_LINK)),
            required("imported", List(&EXPORTED_IMPORT)),
            required("mails", List(&Named("ExportedMail"))),
            required("products", List(&exported::PRODUCT)),
            required("subscriptions", List(&exported::SUBSCRIPTION)),
            required("orders", List(&exported::ORDER)),
            required("payments", List(&exported::PAYMENT)),
            required("refunds", List(&exported::REFUND)),
            required("receipts", List(&exported::RECEIPT)),
            required("payment_methods", List(&exported::PAYMENT_METHOD)),
            required("acceptances", List(&exported::ACCEPTANCE)),
            required("referral", List(&exported::REFERRAL)),
            required("commissions", List(&exported::COMMISSION)),
            required("partner_accounts", List(&exported::ACCOUNT)),
            required("payouts", List(&exported::PAYOUT)),
        ]),
    ),
];

/// The number of a page.
pub(super) const PAGE_NUMBER: Shape = Integer {
    min: 1,
    max: Some(Page::MAX_NUMBER as i64),
};

/// How many rows a page has.
pub(super) const PAGE_LIMIT: Shape = Integer {
    min: 1,
    max: Some(Page::MAX_LIMIT as i64),
};

const USER: [Field; 13] = [
    required("id", NUMBER),
    required("email", EMAIL),
    required("name", TEXT),
    required("role", ROLE),
    required("phone", Nullable(&PHONE)),
    required("telegram_id", TEXT_OR_NULL),
    required("email_verified", Flag),
    required("referral_code", Pattern("^[0-9A-F]{8}$")),
    required("referred_by", Nullable(&NUMBER)),
    required("referrals_count", COUNT),
    required("created_at", INSTANT),
    required("updated_at", INSTANT),
    required("offer_accepted_at", INSTANT_OR_NULL),
];

const EXPORTED_SESSION: Shape = Object(&[
    required("device", TEXT_OR_NULL),
    required("country", COUNTRY),
    required("created_at", INSTANT),
    required("last_seen_at", INSTANT),
    required("expires_at", INSTANT),
]);

const EXPORTED_EVENT: Shape = Object(&[
    required("event", EVENT),
    required("by", ACTOR),
    required("detail", TEXT_OR_NULL),
    required("subject", TEXT_OR_NULL),
    required("at", INSTANT),
    required("times", NUMBER),
    required("network", TEXT_OR_NULL),
    required("country", COUNTRY),
    required("device", TEXT_OR_NULL),
]);

/// There is one for whoever came from the predecessor.
const EXPORTED_IMPORT: Shape = Object(&[
    required("predecessor_id", Integer { min: 0, max: None }),
    required("imported_at", INSTANT),
]);

const EXPORTED_LINK: Shape = Object(&[
    required(
        "purpose",
        Words(|| LinkPurpose::ALL.map(LinkPurpose::as_str).to_vec()),
    ),
    required("address", TEXT),
    required("created_at", INSTANT),
    required("expires_at", INSTANT),
    required("used_at", INSTANT_OR_NULL),
]);
