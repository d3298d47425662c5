//! `content/site.toml`: what is true of the whole site.

use minijinja::Value;

use super::notation::toml_error;
use super::values::table_value;
use crate::diagnostics::Diagnostic;
use crate::source::SourceFile;

/// The settings of the site. Apart from `base_url` and `turnstile`, keys are free: templates and pages use them as `site.<key>`.
#[derive(Debug, Clone)]
pub struct Settings {
    base_url: String,
    uses_turnstile: bool,
    value: Value,
}

impl Settings {
    /// Where the settings lie.
    pub const FILE: &'static str = "content/site.toml";

    /// Reads the table `[site]`.
    pub fn parse(file: &SourceFile) -> Result<Self, Diagnostic> {
        let table: toml::Table = file
            .text()
            .parse()
            .map_err(|error| toml_error(file, 0, &error))?;
        let site = table
            .get("site")
            .and_then(toml::Value::as_table)
            .ok_or_else(|| {
                Diagnostic::about(file.path(), "the table [site] is missing")
                    .help("write `[site]` above the settings")
            })?;
        let base_url = site
            .get("base_url")
            .and_then(toml::Value::as_str)
            .unwrap_or_default();
        let is_origin = base_url
            .strip_prefix("https://")
            .is_some_and(|host| !host.is_empty() && !host.contains('/'));
        if !is_origin {
            let range = find_key(file.text(), "base_url");
            let (message, help) = if site.contains_key("base_url") {
                (
                    "`base_url` is not the address of the site",
                    "it begins with https:// and has neither a path nor a slash at its end: base_url = \"https://miniapp.expert\"",
                )
            } else {
                (
                    "the address of the site is missing",
                    "add it below [site]: base_url = \"https://miniapp.expert\"",
                )
            };
            return Err(Diagnostic::at(file, range, message).help(help));
        }
        let uses_turnstile = match site.get("turnstile") {
            None => false,
            Some(toml::Value::Boolean(uses)) => *uses,
            Some(_) => {
                let range = find_key(file.text(), "turnstile");
                return Err(
                    Diagnostic::at(file, range, "`turnstile` is neither true nor false")
                        .help("write `turnstile = true` if the Worker has a TURNSTILE_SITE_KEY"),
                );
            }
        };
        Ok(Self {
            base_url: base_url.to_owned(),
            uses_turnstile,
            value: table_value(site),
        })
    }

    /// The origin of the site, without a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// Whether pages with a place for Cloudflare's check for people may load it.
    #[must_use]
    pub const fn uses_turnstile(&self) -> bool {
        self.uses_turnstile
    }

    /// The settings as templates see them.
    #[must_use]
    pub fn value(&self) -> Value {
        self.value.clone()
    }
}

fn find_key(text: &str, key: &str) -> std::ops::Range<usize> {
    let start = text.find(key).or_else(|| text.find("[site]")).unwrap_or(0);
    let length = text
        .get(start..)
        .map_or(0, |rest| rest.find('\n').unwrap_or(rest.len()));
    start..start + length
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Settings, String> {
        Settings::parse(&SourceFile::new(Settings::FILE, text)).map_err(|error| error.to_string())
    }

    #[test]
    fn free_keys_reach_the_templates() {
        let settings = parse("[site]\nbase_url = \"https://a.example\"\nbrand = \"A\"\n").unwrap();
        assert_eq!(settings.base_url(), "https://a.example");
        assert_eq!(
            settings.value().get_attr("brand").unwrap().as_str(),
            Some("A")
        );
    }

    #[test]
    fn a_base_address_with_a_path_or_without_https_is_refused_at_its_line() {
        for address in [
            "http://a.example",
            "https://a.example/",
            "a.example",
            "https://",
        ] {
            let error = parse(&format!("[site]\nbase_url = \"{address}\"\n")).unwrap_err();
            assert!(
                error.starts_with(
                    "error: `base_url` is not the address of the site\n --> content/site.toml:2:1\n"
                ),
                "{error}"
            );
        }
    }

    #[test]
    fn turnstile_is_off_unless_the_setting_says_true() {
        let with = |line: &str| parse(&format!("[site]\nbase_url = \"https://a.example\"\n{line}"));
        for (line, uses) in [
            ("", false),
            ("turnstile = false\n", false),
            ("turnstile = true\n", true),
        ] {
            assert_eq!(with(line).unwrap().uses_turnstile(), uses, "{line}");
        }
        let error = with("turnstile = \"yes\"\n").unwrap_err();
        assert!(
            error.starts_with(
                "error: `turnstile` is neither true nor false\n --> content/site.toml:3:1\n"
            ),
            "{error}"
        );
    }

    #[test]
    fn a_missing_table_is_named() {
        assert!(
            parse("brand = 1")
                .unwrap_err()
                .contains("the table [site] is missing")
        );
    }
}
