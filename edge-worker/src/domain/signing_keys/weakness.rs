//! Secrets that are long enough and yet no secret, because everybody tries them first (RFC 8725 section 3.5).

/// What placeholders and examples are made of, as small letters and digits. In random text the shortest of them stands
/// once in a hundred million secrets.
const TELLTALE: [&str; 20] = [
    // Placeholders.
    "changeme",
    "changeit",
    "changethis",
    "replaceme",
    "replacethis",
    "yoursecret",
    "yourjwtsecret",
    "yourkey",
    "mysecret",
    "supersecret",
    "secretkey",
    "jwtsecret",
    "verysecret",
    "placeholder",
    // jwt.io's, and what Django writes into new projects.
    "your256bitsecret",
    "atleast256bits",
    "djangoinsecure",
    // The keys of RFC 7515 appendix A.1 and RFC 7520 section 3.5.
    "aym1sysppbydfgzld3umj1qzkobwvmkoqqestjqlrt",
    "hjtxiz2usn5kbqfbttnwbpdmhkv8fjgonbc6mxccyg",
    // Rows of keys.
    "qwertyuiop",
];
/// The fewest different bytes of a secret. Of 32 random hexadecimal digits, one in a million has fewer.
const MIN_DIFFERENT_BYTES: usize = 8;
/// The longest piece that makes no secret by being repeated.
const MAX_REPEATED_BYTES: usize = 16;
/// So many steps up or down in a row, as in `0123456789`, are no chance.
const ROW_STEPS: usize = 9;

/// Whether the secret is a repetition, a row, or has a word that placeholders have.
pub(super) fn is_guessable(secret: &str) -> bool {
    let bytes = secret.as_bytes();
    is_monotonous(bytes) || is_repeated(bytes) || has_row(bytes) || is_placeholder(secret)
}

fn is_monotonous(bytes: &[u8]) -> bool {
    let mut bytes = bytes.to_vec();
    bytes.sort_unstable();
    bytes.dedup();
    bytes.len() < MIN_DIFFERENT_BYTES
}

fn is_repeated(bytes: &[u8]) -> bool {
    (1..=MAX_REPEATED_BYTES).any(|length| {
        let again = bytes.iter().skip(length);
        bytes.len() > length && bytes.iter().zip(again).all(|(one, other)| one == other)
    })
}

/// A long run of bytes that each follow the one before, up or down.
fn has_row(bytes: &[u8]) -> bool {
    let mut run = (0_usize, 0_usize);
    for (one, next) in bytes.iter().zip(bytes.iter().skip(1)) {
        let is_up = one.checked_add(1) == Some(*next);
        let is_down = next.checked_add(1) == Some(*one);
        run = (
            if is_up { run.0.saturating_add(1) } else { 0 },
            if is_down { run.1.saturating_add(1) } else { 0 },
        );
        if run.0.max(run.1) >= ROW_STEPS {
            return true;
        }
    }
    false
}

fn is_placeholder(secret: &str) -> bool {
    let letters: String = secret
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|character| character.to_ascii_lowercase())
        .collect();
    TELLTALE.iter().any(|word| letters.contains(word))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_everybody_tries_first_is_guessable() {
        for secret in [
            "secretsecretsecretsecretsecretsecret",
            "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            "abababababababababababababababab",
            "0123456789abcdef0123456789abcdef",
            "01234567890123456789012345678901",
            "11111111222222223333333344444444",
            "abcdefghijklmnopqrstuvwxyz012345",
            "98765432109876543210987654321098",
            "changeme-changeme-in-production!",
            "please CHANGE THIS before you deploy it",
            "a-string-secret-at-least-256-bits-long",
            "your-256-bit-secret-your-256-bit-secret!",
            "django-insecure-x7$k2!m9@q4w8e1r5t6y3u0i",
            "this is my super secret, do not tell",
            "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
            "qwertyuiopasdfghjklzxcvbnm123456",
        ] {
            assert!(is_guessable(secret), "{secret}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        #[test]
        fn random_secrets_are_not_guessable(hex in "[0-9a-f]{64}", base64 in "[A-Za-z0-9+/]{43}=") {
            prop_assert!(!is_guessable(&hex));
            prop_assert!(!is_guessable(&base64));
        }
    }
}
