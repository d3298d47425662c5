//! People as the predecessor knew them: a row of its `users` in a Django dump, read into today's terms.
//!
//! What cannot be a person here is refused with a reason. What can be left behind without harm is left behind with a
//! note: a phone that is no number, rights that stood in Django's own flags. Secrets of the old system (reset and
//! verification tokens, keys of second factors, last sign-ins) are not even looked at.

pub(super) mod fields;

use serde_json::Value;

use super::dump::Record;
use super::email::{Email, EmailRefused};
use super::password_hash::{HashRefused, PasswordHash};
use super::person_name::PersonName;
use super::phone::Phone;
use super::time::Instant;
use super::user::{ReferralCode, Role};
use fields::Fields;

/// Why a row is not a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RowRefused {
    /// Not an object with a model and fields.
    NotAnObject,
    /// The primary key is not a positive whole number.
    NoNumber,
    /// An earlier row has the same primary key.
    NumberTaken,
    /// A field that must be there is not.
    Missing(&'static str),
    /// A field is of another type, or longer than the predecessor's column.
    Unfit(&'static str),
    /// The address is none.
    Email(EmailRefused),
    /// No role of the predecessor's.
    UnknownRole,
}

/// What of a person is left behind, or made anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Note {
    /// The phone is no phone number.
    PhoneLeftOut,
    /// The name cannot be one here; the address gives another.
    NameReplaced,
    /// There is no referral code, or none of our form, or it belongs to somebody else; a new one is drawn.
    ReferralCodeReplaced,
    /// Django's own flags (`is_staff`, `is_superuser`) gave more rights than the role; the role counts.
    StaffFlagsLeftOut,
    /// Signing in asked for a second factor, which there is not here.
    SecondFactorLeftOut,
    /// The person seems to have brought themselves.
    BroughtByThemselves,
    /// Whoever brought the person was brought by them, perhaps through others.
    BroughtInACircle,
    /// Whoever brought the person is not imported.
    ReferrerUnknown,
}

/// A stored password of the predecessor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormerPassword {
    /// It opens the door here too.
    Works(PasswordHash),
    /// There was none: Django's mark `!`, or nothing at all.
    Unusable,
    /// Of an algorithm that is not checked here; its name, as far as it is one.
    OtherAlgorithm(String),
    /// More iterations than the Worker would compute.
    TooManyIterations,
}

/// A person of the predecessor's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerUser {
    /// The predecessor's number.
    pub number: i64,
    /// The address.
    pub email: Email,
    /// The stored password.
    pub password: FormerPassword,
    /// What to call the person.
    pub name: PersonName,
    /// The phone, if it is one.
    pub phone: Option<Phone>,
    /// What the person may do.
    pub role: Role,
    /// Whether the door was open.
    pub is_active: bool,
    /// The Telegram account.
    pub telegram_id: Option<String>,
    /// Whether the owner of the address had confirmed it.
    pub email_verified: bool,
    /// The code in the person's referral link, if it can stay.
    pub referral_code: Option<ReferralCode>,
    /// The predecessor's number of whoever brought the person.
    pub referred_by: Option<i64>,
    /// When the person accepted the partner programme's terms.
    pub offer_accepted_at: Option<Instant>,
    /// When the account was made.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

impl FormerUser {
    /// Reads a row.
    pub fn read(record: &Record) -> Result<(Self, Vec<Note>), RowRefused> {
        let fields = Fields::of(&record.fields);
        let mut notes = Vec::new();
        let number = read_number(&record.key).ok_or(RowRefused::NoNumber)?;
        let email = fields.required_text("email", Email::MAX_CHARS)?;
        let email = Email::parse(email).map_err(RowRefused::Email)?;
        let created_at = match fields.instant("created_at")? {
            Some(created_at) => created_at,
            None => fields
                .instant("date_joined")?
                .ok_or(RowRefused::Missing("created_at"))?,
        };
        let role = fields.required_text("role", 20)?;
        let user = Self {
            number,
            password: read_password(fields.required_text("password", 255)?),
            name: read_name(fields.text("name", 255)?, &email, &mut notes),
            phone: read_phone(fields.text("phone", 255)?, &mut notes),
            role: read_role(role).ok_or(RowRefused::UnknownRole)?,
            is_active: fields
                .flag("is_active")?
                .ok_or(RowRefused::Missing("is_active"))?,
            telegram_id: read_telegram(fields.text("telegram_id", 255)?)?,
            email_verified: fields.flag("email_verified")?.unwrap_or(false),
            referral_code: fields
                .text("referral_code", 50)?
                .and_then(ReferralCode::parse),
            referred_by: fields.number("referred_by")?,
            offer_accepted_at: fields.instant("offer_accepted_at")?,
            updated_at: fields.instant("updated_at")?.unwrap_or(created_at),
            created_at,
            email,
        };
        let had_more_rights =
            fields.flag("is_staff")? == Some(true) || fields.flag("is_superuser")? == Some(true);
        if had_more_rights && user.role == Role::Client {
            notes.push(Note::StaffFlagsLeftOut);
        }
        if fields.flag("totp_enabled")? == Some(true) {
            notes.push(Note::SecondFactorLeftOut);
        }
        if user.referral_code.is_none() {
            notes.push(Note::ReferralCodeReplaced);
        }
        Ok((user, notes))
    }
}

fn read_number(key: &Value) -> Option<i64> {
    key.as_i64().filter(|number| *number > 0)
}

fn read_password(stored: &str) -> FormerPassword {
    match stored.parse() {
        Ok(hash) => FormerPassword::Works(hash),
        Err(HashRefused::IterationsOutOfRange) => FormerPassword::TooManyIterations,
        Err(HashRefused::UnknownFormat) if stored.is_empty() || stored.starts_with('!') => {
            FormerPassword::Unusable
        }
        Err(HashRefused::UnknownFormat) => {
            // `argon2$argon2id$v=19$…`; a bare MD5 has no name in front, and is not to be shown.
            let name = stored.split_once('$').map_or("", |(name, _)| name);
            let is_name = (1..=30).contains(&name.len())
                && name
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
            FormerPassword::OtherAlgorithm(if is_name { name } else { "unknown" }.to_owned())
        }
    }
}

fn read_name(text: Option<&str>, email: &Email, notes: &mut Vec<Note>) -> PersonName {
    match text.map_or(Ok(None), PersonName::parse) {
        Ok(Some(name)) => name,
        Ok(None) => PersonName::from_address(email.address()),
        Err(_) => {
            notes.push(Note::NameReplaced);
            PersonName::from_address(email.address())
        }
    }
}

fn read_phone(text: Option<&str>, notes: &mut Vec<Note>) -> Option<Phone> {
    let phone = Phone::parse(text?);
    if phone.is_err() {
        notes.push(Note::PhoneLeftOut);
    }
    phone.ok()
}

/// A word that nobody checked when it was typed; no control character of it may reach a page or a terminal.
fn read_telegram(text: Option<&str>) -> Result<Option<String>, RowRefused> {
    match text {
        Some(text) if text.contains(char::is_control) => Err(RowRefused::Unfit("telegram_id")),
        _ => Ok(text.map(str::to_owned)),
    }
}

fn read_role(word: &str) -> Option<Role> {
    match word {
        "client" => Some(Role::Client),
        "finance_manager" => Some(Role::Operator),
        "admin" => Some(Role::Admin),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
