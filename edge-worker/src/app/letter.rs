//! From a mail in the outbox to the letter that somebody reads.
//!
//! The texts are written in `content/mail`, rendered by the site's generator into `mails.json`, and filled here. What is
//! filled in comes from people, so it is escaped in HTML and kept to one line in the subject.

mod countries;
mod facts;
mod moment;

use std::collections::BTreeMap;

use serde::Deserialize;

use self::facts::Facts;
use super::settings::mail::{MailSettings, Sender};
use crate::domain::language::Language;
use crate::domain::mail::{Mail, MailName};
use crate::domain::person_name::PersonName;

/// Every text, by mail and language: what `cargo site build` makes of `content/mail`.
const TEXTS: &str = include_str!("../../mails.json");

/// What a text may be filled with.
pub const PLACEHOLDERS: [&str; 10] = [
    "name", "link", "device", "country", "at", "email", "product", "amount", "until", "reason",
];

/// A letter, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Which mail it is.
    pub name: MailName,
    /// Who it is from.
    pub from: Sender,
    /// The address it goes to.
    pub to: String,
    /// One line.
    pub subject: String,
    /// The letter as a page.
    pub html: String,
    /// The letter as plain text.
    pub text: String,
    /// The link in it: for the console of a developer's machine, and nothing else.
    pub link: Option<String>,
}

/// The texts of all mails.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct Texts(BTreeMap<String, BTreeMap<String, Template>>);

/// A mail's text in one language.
#[derive(Clone, Debug, Deserialize)]
struct Template {
    subject: String,
    html: String,
    text: String,
}

impl Texts {
    /// The texts that were compiled in; the error is for the log.
    pub fn embedded() -> Result<Self, String> {
        serde_json::from_str(TEXTS).map_err(|error| format!("mails.json cannot be read: {error}"))
    }

    /// Writes the letter; the error is for the log.
    pub fn write(&self, mail: &Mail, settings: &MailSettings) -> Result<Letter, String> {
        let (name, language) = (mail.name.as_str(), mail.language.as_str());
        let template = self
            .0
            .get(name)
            .and_then(|languages| languages.get(language))
            .ok_or_else(|| format!("mails.json has no {name} in {language}"))?;
        let link = link(mail, settings);
        let values = Values::of(mail, link.as_deref());
        let wrong = |fault: String| format!("{name} in {language}: {fault}");
        Ok(Letter {
            name: mail.name,
            from: settings.from.clone(),
            to: mail.to.clone(),
            subject: in_one_line(&fill(&template.subject, &values, str::to_owned).map_err(wrong)?),
            html: fill(&template.html, &values, escape).map_err(wrong)?,
            text: fill(&template.text, &values, str::to_owned).map_err(wrong)?,
            link,
        })
    }
}

/// The link of a mail, with the token in the fragment: browsers send that to no server, so it is in no log and in no
/// referrer (ASVS 5.0 14.2.1).
#[must_use]
pub fn link(mail: &Mail, settings: &MailSettings) -> Option<String> {
    let page = mail.name.link()?.page();
    let folder = match mail.language {
        Language::Russian => "",
        Language::English => "en/",
    };
    let token = mail.token.as_ref()?.reveal();
    Some(format!(
        "{}/{folder}{page}#token={token}",
        settings.site.as_str()
    ))
}

/// What stands for each placeholder. A link is missing in a mail that has none.
struct Values<'a> {
    name: String,
    link: Option<&'a str>,
    device: &'a str,
    country: &'a str,
    at: String,
    email: &'a str,
    facts: Facts,
}

impl<'a> Values<'a> {
    fn of(mail: &'a Mail, link: Option<&'a str>) -> Self {
        let (no_device, no_country) = match mail.language {
            Language::Russian => ("неизвестное устройство", "неизвестная страна"),
            Language::English => ("an unknown device", "an unknown country"),
        };
        Self {
            name: mail
                .person
                .as_deref()
                .filter(|name| !reads_like_a_link(name))
                .map_or_else(
                    || PersonName::from_address(&mail.to).to_string(),
                    str::to_owned,
                ),
            link,
            device: mail.device.as_deref().unwrap_or(no_device),
            country: mail
                .country
                .as_deref()
                .map_or(no_country, |code| countries::name(code, mail.language)),
            at: moment::in_words(mail.created_at, mail.language),
            email: mail.about.as_deref().unwrap_or(&mail.to),
            facts: Facts::of(&mail.facts, mail.language),
        }
    }

    fn get(&self, placeholder: &str) -> Option<&str> {
        match placeholder {
            "name" => Some(&self.name),
            "link" => self.link,
            "device" => Some(self.device),
            "country" => Some(self.country),
            "at" => Some(&self.at),
            "email" => Some(self.email),
            other => self.facts.get(other),
        }
    }
}

/// Whether a mail program could make a link of a name. Anybody can register anybody's address, under the name «Вы
/// выиграли, заходите на example.com», and have us send that: such a name is left out.
fn reads_like_a_link(name: &str) -> bool {
    let has_domain = name.split('.').skip(1).any(|rest| {
        let letters = rest
            .chars()
            .take_while(|character| character.is_alphanumeric());
        letters.count() >= 2
    });
    has_domain || name.contains(['/', '\\', ':', '@'])
}

/// Puts the values in place of `{{…}}`. What was filled in is not looked at again.
fn fill(
    template: &str,
    values: &Values<'_>,
    encode: impl Fn(&str) -> String,
) -> Result<String, String> {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once("{{") {
        let (placeholder, behind) = after
            .split_once("}}")
            .ok_or_else(|| "a placeholder has no end".to_owned())?;
        let placeholder = placeholder.trim();
        let value = values
            .get(placeholder)
            .ok_or_else(|| format!("nothing stands for {placeholder}"))?;
        filled.push_str(before);
        filled.push_str(&encode(value));
        rest = behind;
    }
    filled.push_str(rest);
    Ok(filled)
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A line break in a subject would begin a header of somebody else's choice (ASVS 5.0 1.3.11).
fn in_one_line(text: &str) -> String {
    text.chars()
        .map(|character| {
            if character.is_control() {
                ' '
            } else {
                character
            }
        })
        .collect()
}

#[cfg(test)]
mod tests;
