//! Whom to write to, out of the file that the site's pages read too.

const SITE: &str = include_str!("../../../content/site.toml");

/// The address of the support.
#[must_use]
pub fn support_email() -> &'static str {
    SITE.lines()
        .find_map(|line| {
            let value = line.strip_prefix("support_email = ")?;
            value.trim().strip_prefix('"')?.strip_suffix('"')
        })
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::email::Email;

    #[test]
    fn the_support_has_an_address() {
        assert!(Email::parse(support_email()).is_ok());
    }
}
