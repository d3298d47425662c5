//! Passwords that say again what others may know of their owner, or the name of the service (ASVS 5.0 6.1.2, 6.2.11).
//!
//! The rule: **what is known counts for nothing.** The words of the e-mail address, of the name, of the phone number and of
//! the brand are taken out of the password, wherever they stand, in either layout of the keyboard. What is left must
//! do as a password by itself: at least six characters, and not a common one. So `anna1990` is refused to Anna and
//! `anna123456` is, too, while `anna takes the early train` is fine. And a password that is nothing but a part of what is
//! known, as `arenin` is of Karenina, is refused.
//!
//! Only words of three characters and more count, and no top-level domain: `com` is in too many words.

use super::PasswordPolicy;
use super::common::is_common;
use super::keyboard::keys_of;
use crate::domain::user::User;

/// Shorter words are in every other password by chance.
const MIN_WORD_CHARS: usize = 3;
/// The service's own name, as it is written and as people say it.
const BRAND: [&str; 5] = [
    "miniapp.expert",
    "miniappexpert",
    "miniapp",
    "миниапп",
    "expert",
];

/// What is known of the person who chooses a password; what is not known is left out.
#[derive(Clone, Copy, Debug, Default)]
pub struct About<'a> {
    /// The e-mail address.
    pub email: Option<&'a str>,
    /// What the person is called.
    pub name: Option<&'a str>,
    /// The phone.
    pub phone: Option<&'a str>,
}

impl<'a> From<&'a User> for About<'a> {
    fn from(user: &'a User) -> Self {
        Self {
            email: Some(&user.email),
            name: Some(&user.name),
            phone: user.phone.as_deref(),
        }
    }
}

/// What a password says again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// The owner's e-mail address.
    Email,
    /// The owner's name.
    Name,
    /// The owner's phone.
    Phone,
    /// The name of the service.
    Brand,
}

/// What the password says again, if there is not enough to it besides.
pub(super) fn find(password: &str, about: &About<'_>) -> Option<Known> {
    let password = keys_of(password);
    let mut words = words_about(about);
    if password.chars().count() >= MIN_WORD_CHARS {
        let whole = words.iter().find(|(_, word)| word.contains(&password));
        if let Some((known, _)) = whole {
            return Some(*known);
        }
    }
    words.sort_by_key(|(_, word)| usize::MAX.saturating_sub(word.len()));
    let mut first_found = None;
    let mut left = password;
    for (known, word) in words {
        if left.contains(&word) {
            left = left.replace(&word, "");
            first_found = first_found.or(Some(known));
        }
    }
    let left = left.trim();
    let is_enough = left.chars().count() >= PasswordPolicy::default().min_chars && !is_common(left);
    first_found.filter(|_| !is_enough)
}

/// The words, by their keys.
fn words_about(about: &About<'_>) -> Vec<(Known, String)> {
    let email = about.email.map(words_of_email).unwrap_or_default();
    let name = about.name.map(words_of_name).unwrap_or_default();
    let phone = about.phone.map(words_of_phone).unwrap_or_default();
    let brand = BRAND.map(str::to_owned).to_vec();
    [
        (Known::Email, email),
        (Known::Name, name),
        (Known::Phone, phone),
        (Known::Brand, brand),
    ]
    .into_iter()
    .flat_map(|(known, words)| words.into_iter().map(move |word| (known, keys_of(&word))))
    .filter(|(_, word)| word.chars().count() >= MIN_WORD_CHARS)
    .collect()
}

/// The whole address, what stands before the `@`, and the words of both sides but the top-level domain.
fn words_of_email(address: &str) -> Vec<String> {
    let (local, domain) = address.rsplit_once('@').unwrap_or((address, ""));
    let site = domain.rsplit_once('.').map_or("", |(site, _)| site);
    let mut words = vec![address.to_owned(), local.to_owned(), domain.to_owned()];
    words.extend(words_of(local));
    words.extend(words_of(site));
    words
}

fn words_of_name(name: &str) -> Vec<String> {
    let mut words = words_of(name);
    words.push(name.to_owned());
    words.push(words.concat());
    words
}

/// The number with its country code, with the 8 that Russians dial instead, and without either.
fn words_of_phone(phone: &str) -> Vec<String> {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let mut words = Vec::new();
    if let Some(national) = digits.strip_prefix('7').filter(|rest| rest.len() == 10) {
        words.push(format!("8{national}"));
        words.push(national.to_owned());
    }
    words.push(digits);
    words
}

fn words_of(text: &str) -> Vec<String> {
    text.split(|character: char| !character.is_alphanumeric())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests;
