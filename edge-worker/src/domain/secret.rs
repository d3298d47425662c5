//! Values that must not be seen: they can be neither printed nor serialised, only used.

use std::fmt;

/// A text that only a person and the hash may know.
#[derive(Clone)]
pub struct SecretText(String);

impl SecretText {
    /// Hides the text from here on.
    #[must_use]
    pub const fn new(text: String) -> Self {
        Self(text)
    }

    /// The text itself, for the rules of this layer alone.
    pub(in crate::domain) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SecretText(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_do_not_print() {
        let password = SecretText::new("correct horse".to_owned());
        assert_eq!(format!("{password:?}"), "SecretText(…)");
    }
}
