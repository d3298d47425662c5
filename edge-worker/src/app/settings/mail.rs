//! What differs between one installation and the next about mail.

use super::Misconfigured;
use crate::domain::email::Email;

/// The settings of mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailSettings {
    /// Where the site is: what links in mails begin with.
    pub site: SiteOrigin,
    /// Who the mails are from.
    pub from: Sender,
    /// How mail leaves.
    pub delivery: Delivery,
}

/// How mail leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// Not at all: it is read in the outbox, and its links are printed. On a developer's machine only.
    Local,
    /// By Cloudflare's e-mail service.
    Cloudflare,
}

/// The site's scheme and host, such as `https://miniapp.expert`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteOrigin(String);

impl SiteOrigin {
    /// The origin, without a slash at its end.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// HTTPS, or plain HTTP on this machine; nothing behind the host.
    fn parse(text: &str) -> Option<Self> {
        let origin = text.trim().trim_end_matches('/');
        let (scheme, host) = origin.split_once("://")?;
        let is_plain = host
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || ".-:".contains(character));
        let origin = Self(origin.to_owned());
        let is_allowed = scheme == "https" || (scheme == "http" && origin.is_this_machine());
        (!host.is_empty() && is_plain && is_allowed).then_some(origin)
    }

    fn is_this_machine(&self) -> bool {
        let host = self.0.split_once("://").map_or("", |(_, host)| host);
        let name = host.split_once(':').map_or(host, |(name, _)| name);
        ["127.0.0.1", "localhost"].contains(&name)
    }
}

/// A name and an address, written `MiniApp.Expert <noreply@miniapp.expert>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    /// What the reader sees.
    pub name: String,
    /// The address.
    pub address: String,
}

impl Sender {
    fn parse(text: &str) -> Option<Self> {
        let (name, rest) = text.split_once('<')?;
        let address = rest.trim_end().strip_suffix('>')?;
        let name = name.trim();
        let is_plain = !name.is_empty() && !name.chars().any(char::is_control);
        let email = Email::parse(address).ok()?;
        is_plain.then(|| Self {
            name: name.to_owned(),
            address: email.address().to_owned(),
        })
    }
}

impl MailSettings {
    /// The variable that says where the site is.
    pub const SITE_ORIGIN: &str = "SITE_ORIGIN";
    /// The variable that says who mails are from.
    pub const FROM: &str = "MAIL_FROM";
    /// The variable that says how mail leaves: `cloudflare`, or `local` on a developer's machine.
    pub const DELIVERY: &str = "MAIL_DELIVERY";

    const DEFAULT_SITE: &str = "https://miniapp.expert";
    const DEFAULT_FROM: &str = "MiniApp.Expert <noreply@miniapp.expert>";

    /// Reads the settings from variables.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Self, Misconfigured> {
        let value =
            |name: &str, default: &str| variable(name).unwrap_or_else(|| default.to_owned());
        let site =
            SiteOrigin::parse(&value(Self::SITE_ORIGIN, Self::DEFAULT_SITE)).ok_or_else(|| {
                misconfigured(
                    Self::SITE_ORIGIN,
                    "an address such as https://miniapp.expert",
                )
            })?;
        let from = Sender::parse(&value(Self::FROM, Self::DEFAULT_FROM))
            .ok_or_else(|| misconfigured(Self::FROM, "of the form Name <address@example.com>"))?;
        let delivery = match value(Self::DELIVERY, "cloudflare").as_str() {
            "cloudflare" => Delivery::Cloudflare,
            // It prints links that open accounts: not where anybody but the developer could read them.
            "local" if site.is_this_machine() => Delivery::Local,
            "local" => {
                return Err(Misconfigured(format!(
                    "{}=local is for a site on this machine, and {} is another: mend it in wrangler.toml",
                    Self::DELIVERY,
                    Self::SITE_ORIGIN
                )));
            }
            _ => return Err(misconfigured(Self::DELIVERY, "cloudflare or local")),
        };
        Ok(Self {
            site,
            from,
            delivery,
        })
    }
}

fn misconfigured(name: &str, expected: &str) -> Misconfigured {
    Misconfigured(format!(
        "{name} must be {expected}: mend it in wrangler.toml"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, value: &str) -> Result<MailSettings, Misconfigured> {
        MailSettings::read(|asked| (asked == name).then(|| value.to_owned()))
    }

    #[test]
    fn without_settings_mail_leaves_for_the_public_site() {
        let settings = MailSettings::read(|_| None).unwrap();
        assert_eq!(settings.site.as_str(), "https://miniapp.expert");
        assert_eq!(settings.from.name, "MiniApp.Expert");
        assert_eq!(settings.from.address, "noreply@miniapp.expert");
        assert_eq!(settings.delivery, Delivery::Cloudflare);
    }

    #[test]
    fn links_lead_to_https_or_to_this_machine() {
        for (setting, expected) in [
            ("https://example.com/", Some("https://example.com")),
            ("http://127.0.0.1:8787", Some("http://127.0.0.1:8787")),
            ("http://localhost:8787", Some("http://localhost:8787")),
            ("http://example.com", None),
            ("http://localhost.example.com", None),
            ("https://example.com/path", None),
            ("https://user@example.com", None),
            ("https://", None),
            ("example.com", None),
            ("javascript://example.com", None),
        ] {
            let site = read(MailSettings::SITE_ORIGIN, setting).map(|settings| settings.site);
            let site = site.as_ref().map(SiteOrigin::as_str);
            assert_eq!(site.ok(), expected, "{setting}");
        }
    }

    #[test]
    fn a_sender_is_a_name_and_an_address_in_one_line() {
        assert!(read(MailSettings::FROM, "МиниАпп <post@example.com>").is_ok());
        for setting in [
            "post@example.com",
            "<post@example.com>",
            "Post <post>",
            "Post <post@example.com> x",
            "Post\r\nBcc: all@example.com <post@example.com>",
        ] {
            assert!(read(MailSettings::FROM, setting).is_err(), "{setting:?}");
        }
    }

    #[test]
    fn links_are_printed_on_the_developers_machine_only() {
        let both = |site: &'static str| {
            MailSettings::read(move |name| match name {
                MailSettings::SITE_ORIGIN => Some(site.to_owned()),
                MailSettings::DELIVERY => Some("local".to_owned()),
                _ => None,
            })
        };
        let settings = both("http://127.0.0.1:8787").unwrap();
        assert_eq!(settings.delivery, Delivery::Local);
        let Misconfigured(log) = both("https://miniapp.expert").unwrap_err();
        assert!(log.starts_with("MAIL_DELIVERY=local is for"), "{log}");
        assert!(read(MailSettings::DELIVERY, "smtp").is_err());
    }
}
