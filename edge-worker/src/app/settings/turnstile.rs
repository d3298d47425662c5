//! The keys of Turnstile: both or neither.

use super::{Misconfigured, Settings};
use crate::domain::human_check::{TurnstileKeys, TurnstileKeysRefused};

/// Reads both keys; an empty one counts as missing, so that a variable can be switched off.
pub(super) fn read(
    site_key: Option<String>,
    secret: Option<String>,
) -> Result<Option<TurnstileKeys>, Misconfigured> {
    let given = |text: Option<String>| text.filter(|text| !text.is_empty());
    let (name, secret_name) = (Settings::TURNSTILE_SITE_KEY, Settings::TURNSTILE_SECRET);
    let fault = match (given(site_key), given(secret)) {
        (None, None) => return Ok(None),
        (Some(_), None) => format!("{name} is set and {secret_name} is not"),
        (None, Some(_)) => format!("{secret_name} is set and {name} is not"),
        (Some(site_key), Some(secret)) => match TurnstileKeys::new(&site_key, &secret) {
            Ok(keys) => return Ok(Some(keys)),
            Err(TurnstileKeysRefused::Malformed) => {
                format!("{name} or {secret_name} is no key of Turnstile")
            }
            Err(TurnstileKeysRefused::HalfForTesting) => {
                format!("of {name} and {secret_name} one is a key for testing and the other is not")
            }
        },
    };
    Err(Misconfigured(format!(
        "{fault}: take both from Cloudflare's dashboard, the site key into wrangler.toml, the secret with \
         `wrangler secret put {secret_name}`, or remove both"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turnstile_is_on_with_both_keys_off_with_none_and_a_fault_otherwise() {
        let (site, secret) = ("0x4AAAAAAADnPIDROrmt1Wwj", "0x4AAAAAAADnPIcNhcVLv2tP");
        let test_secret = "1x0000000000000000000000000000000AA";
        for (site_key, secret, expected) in [
            (None, None, Ok(false)),
            (Some(""), None, Ok(false)),
            (Some(""), Some(""), Ok(false)),
            (Some(site), Some(secret), Ok(true)),
            (Some(site), None, Err("TURNSTILE_SITE_KEY is set and")),
            (Some(site), Some(""), Err("TURNSTILE_SITE_KEY is set and")),
            (None, Some(secret), Err("TURNSTILE_SECRET is set and")),
            (Some(site), Some("two words"), Err("TURNSTILE_SITE_KEY or")),
            (Some(site), Some(test_secret), Err("of TURNSTILE_SITE_KEY")),
        ] {
            let read = read(site_key.map(str::to_owned), secret.map(str::to_owned));
            match (read, expected) {
                (Ok(keys), Ok(is_on)) => assert_eq!(keys.is_some(), is_on, "{site_key:?}"),
                (Err(Misconfigured(log)), Err(start)) => {
                    assert!(log.starts_with(start), "{log}");
                    assert!(secret.is_none_or(|secret| secret.is_empty() || !log.contains(secret)));
                }
                (read, _) => panic!("{site_key:?} {secret:?}: {read:?}"),
            }
        }
    }
}
