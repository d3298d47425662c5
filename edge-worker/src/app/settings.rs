//! What differs between one installation and the next.

pub mod mail;
mod turnstile;

use mail::MailSettings;

use crate::domain::attempts::CounterKey;
use crate::domain::human_check::TurnstileKeys;
use crate::domain::password::PasswordPolicy;
use crate::domain::password_hash::Iterations;
use crate::domain::signing_keys::{SigningKey, SigningKeyRefused, SigningKeys};

/// The settings of one installation.
#[derive(Debug)]
pub struct Settings {
    /// Sign access tokens.
    pub signing_keys: SigningKeys,
    /// How strict the choice of a password is.
    pub password_policy: PasswordPolicy,
    /// How slow a new hash is.
    pub iterations: Iterations,
    /// Digests what attempts are counted by.
    pub counter_key: CounterKey,
    /// The keys of Turnstile, if people have to show that they are people.
    pub turnstile: Option<TurnstileKeys>,
    /// Mail.
    pub mail: MailSettings,
}

/// A setting is missing or unusable, and no request can be served; the text is for the operator's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misconfigured(pub String);

impl Settings {
    /// The secret variable that holds the signing key, or two during a rotation; see [`crate::domain::signing_keys`].
    pub const SIGNING_KEY: &str = "JWT_SECRET";
    /// The variable that makes passwords longer than the promised six characters.
    pub const PASSWORD_MIN_CHARS: &str = "PASSWORD_MIN_CHARS";
    /// The variable with the public key of Turnstile.
    pub const TURNSTILE_SITE_KEY: &str = "TURNSTILE_SITE_KEY";
    /// The secret variable with the other key of Turnstile.
    pub const TURNSTILE_SECRET: &str = "TURNSTILE_SECRET";

    /// Reads the settings from variables.
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Self, Misconfigured> {
        Ok(Self {
            signing_keys: read_signing_keys(variable(Self::SIGNING_KEY))?,
            password_policy: read_password_policy(variable(Self::PASSWORD_MIN_CHARS))?,
            iterations: Iterations::TARGET,
            counter_key: CounterKey::derive(
                variable(Self::SIGNING_KEY).unwrap_or_default().as_bytes(),
            ),
            turnstile: turnstile::read(
                variable(Self::TURNSTILE_SITE_KEY),
                variable(Self::TURNSTILE_SECRET),
            )?,
            mail: MailSettings::read(variable)?,
        })
    }
}

fn read_signing_keys(setting: Option<String>) -> Result<SigningKeys, Misconfigured> {
    SigningKeys::from_setting(setting).map_err(|refused| {
        let name = Settings::SIGNING_KEY;
        let max = SigningKeys::MAX;
        let fault = match refused {
            SigningKeyRefused::Missing => format!("{name} is not set"),
            SigningKeyRefused::TooShort { bytes } => format!("{name} is {bytes} bytes long"),
            SigningKeyRefused::Guessable => {
                format!("{name} is a well-known example or a repetition")
            }
            SigningKeyRefused::BadName => format!(
                "{name} names a key otherwise than with up to 32 letters, digits, dots, hyphens and underscores"
            ),
            SigningKeyRefused::Alike => {
                format!("{name} holds two keys with the same name or the same secret")
            }
            SigningKeyRefused::TooMany => format!("{name} holds more than {max} keys"),
        };
        let min = SigningKey::MIN_BYTES;
        Misconfigured(format!(
            "{fault}; it takes at least {min} random bytes, or name:bytes,name:bytes while one key takes over from \
             another: set it with `wrangler secret put {name}`, or locally in .dev.vars"
        ))
    })
}

/// The site promises that six characters are the least, so a setting may ask for more, never for fewer.
fn read_password_policy(setting: Option<String>) -> Result<PasswordPolicy, Misconfigured> {
    let promised = PasswordPolicy::default();
    let Some(setting) = setting else {
        return Ok(promised);
    };
    match setting.trim().parse() {
        Ok(min_chars)
            if (promised.min_chars..=PasswordPolicy::MAX_MIN_CHARS).contains(&min_chars) =>
        {
            Ok(PasswordPolicy { min_chars })
        }
        _ => Err(Misconfigured(format!(
            "{} must be a number from {} to {}: mend it in wrangler.toml",
            Settings::PASSWORD_MIN_CHARS,
            promised.min_chars,
            PasswordPolicy::MAX_MIN_CHARS
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "5f0c1d9e8b7a64352f1e0d9c8b7a6453";

    fn read(signing_key: Option<&str>, min_chars: Option<&str>) -> Result<Settings, Misconfigured> {
        Settings::read(|name| match name {
            Settings::SIGNING_KEY => signing_key.map(str::to_owned),
            Settings::PASSWORD_MIN_CHARS => min_chars.map(str::to_owned),
            _ => None,
        })
    }

    #[test]
    fn a_missing_or_bad_secret_is_named_with_its_cure() {
        for (setting, expected) in [
            (None, "JWT_SECRET is not set"),
            (Some("short"), "JWT_SECRET is 5 bytes long"),
            (
                Some("kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"),
                "JWT_SECRET is a well-known",
            ),
            (
                Some("a b:5f0c1d9e8b7a64352f1e0d9c8b7a6453"),
                "JWT_SECRET names a key otherwise",
            ),
            (
                Some("a:5f0c1d9e8b7a64352f1e0d9c8b7a6453,a:9e8b7a64352f1e0d9c8b7a64535f0c1d"),
                "JWT_SECRET holds two keys with the same",
            ),
        ] {
            let Misconfigured(log) = read(setting, None).unwrap_err();
            assert!(log.starts_with(expected), "{log}");
            assert!(log.contains("wrangler secret put JWT_SECRET"), "{log}");
        }
    }

    #[test]
    fn passwords_may_be_asked_to_be_longer_but_never_shorter_than_promised() {
        for (setting, expected) in [
            (None, Some(6)),
            (Some("6"), Some(6)),
            (Some(" 8 "), Some(8)),
            (Some("5"), None),
            (Some("65"), None),
            (Some("many"), None),
            (Some(""), None),
        ] {
            let settings = read(Some(KEY), setting);
            let min_chars = settings
                .ok()
                .map(|settings| settings.password_policy.min_chars);
            assert_eq!(min_chars, expected, "{setting:?}");
        }
    }

    #[test]
    fn new_hashes_of_an_installation_take_600_000_rounds() {
        let settings = read(Some(KEY), None).unwrap();
        assert_eq!(Iterations::new(600_000), Ok(settings.iterations));
    }
}
