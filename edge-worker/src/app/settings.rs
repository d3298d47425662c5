//! What differs between one installation and the next.

use crate::domain::password::PasswordPolicy;
use crate::domain::password_hash::Iterations;
use crate::domain::secret::{SigningKey, SigningKeyRefused};

/// The settings of one installation.
#[derive(Debug)]
pub struct Settings {
    /// Signs access tokens.
    pub signing_key: SigningKey,
    /// How strict the choice of a password is.
    pub password_policy: PasswordPolicy,
    /// How slow a new hash is.
    pub iterations: Iterations,
}

/// A setting is missing or unusable, and no request can be served; the text is for the operator's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misconfigured(pub String);

impl Settings {
    /// The secret variable that holds the signing key.
    pub const SIGNING_KEY_VARIABLE: &str = "JWT_SECRET";

    /// Settings of production with this signing key.
    pub fn with_signing_key(setting: Option<String>) -> Result<Self, Misconfigured> {
        let signing_key = SigningKey::from_setting(setting).map_err(|refused| {
            let name = Self::SIGNING_KEY_VARIABLE;
            let fault = match refused {
                SigningKeyRefused::Missing => format!("{name} is not set"),
                SigningKeyRefused::TooShort { bytes } => format!("{name} is {bytes} bytes long"),
            };
            let min = SigningKey::MIN_BYTES;
            Misconfigured(format!(
                "{fault}; it takes at least {min} random bytes: set it with `wrangler secret put {name}`, \
                 or locally in .dev.vars"
            ))
        })?;
        Ok(Self {
            signing_key,
            password_policy: PasswordPolicy::default(),
            iterations: Iterations::TARGET,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_or_short_secret_is_named_with_its_cure() {
        for (setting, expected) in [
            (None, "JWT_SECRET is not set"),
            (Some("short"), "JWT_SECRET is 5 bytes long"),
        ] {
            let Err(Misconfigured(log)) = Settings::with_signing_key(setting.map(str::to_owned))
            else {
                panic!("{setting:?} was accepted");
            };
            assert!(log.starts_with(expected), "{log}");
            assert!(log.contains("wrangler secret put JWT_SECRET"), "{log}");
        }
    }
}
