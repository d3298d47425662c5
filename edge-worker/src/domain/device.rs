//! What a person signs in with, in two words they know: browser and system.
//!
//! The raw `User-Agent` is a fingerprint, so it is never kept; and it says whatever its sender likes, so nothing is
//! decided by it. The order of the tables matters: almost every browser also claims to be Chrome and Safari, and
//! Android also claims to be Linux (MDN, "Browser detection using the user agent").

use std::fmt;

/// A browser on a system, as far as it said; shown as `Chrome, Windows`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Device {
    browser: Option<&'static str>,
    system: Option<&'static str>,
}

/// What a `User-Agent` contains, and the browser that means.
const BROWSERS: [(&str, &str); 15] = [
    ("YaBrowser/", "Yandex"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("MiuiBrowser/", "Mi Browser"),
    ("Vivaldi/", "Vivaldi"),
    ("Edg/", "Edge"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("OPR/", "Opera"),
    ("OPT/", "Opera"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Version/", "Safari"),
    ("Safari/", "Safari"),
];

/// What a `User-Agent` contains, and the system that means.
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
];

/// What stands between the two words.
const SEPARATOR: &str = ", ";

impl Device {
    /// What a `User-Agent` says.
    #[must_use]
    pub fn from_user_agent(user_agent: &str) -> Self {
        let named_in = |table: &[(&str, &'static str)]| {
            table
                .iter()
                .find(|(mark, _)| user_agent.contains(mark))
                .map(|&(_, name)| name)
        };
        Self {
            browser: named_in(&BROWSERS),
            system: named_in(&SYSTEMS),
        }
    }

    /// Reads the words back. What is in no table any more counts as not said.
    #[must_use]
    pub fn from_words(words: &str) -> Self {
        let known = |table: &[(&str, &'static str)], word: &str| {
            table
                .iter()
                .map(|&(_, name)| name)
                .find(|name| *name == word)
        };
        let (first, second) = words.split_once(SEPARATOR).unwrap_or((words, words));
        Self {
            browser: known(&BROWSERS, first),
            system: known(&SYSTEMS, second),
        }
    }

    /// The words, if there are any.
    #[must_use]
    pub fn words(self) -> Option<String> {
        let words: Vec<_> = [self.browser, self.system].into_iter().flatten().collect();
        (!words.is_empty()).then(|| words.join(SEPARATOR))
    }
}

impl fmt::Display for Device {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.words().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn browsers_and_systems_are_told_apart_although_they_imitate_each_other() {
        for (user_agent, expected) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
                "Chrome, Windows",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0",
                "Edge, Windows",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 YaBrowser/25.8.0.0 Safari/537.36",
                "Yandex, Windows",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15",
                "Safari, macOS",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1",
                "Safari, iPhone",
            ),
            (
                "Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/141.0.0.0 Mobile/15E148 Safari/604.1",
                "Chrome, iPad",
            ),
            (
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36",
                "Samsung Internet, Android",
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
                "Firefox, Linux",
            ),
            (
                "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 OPR/122.0.0.0",
                "Opera, ChromeOS",
            ),
            ("Mozilla/5.0 (Windows NT 10.0; Trident/7.0)", "Windows"),
            ("Chrome/1", "Chrome"),
            ("curl/8.14.1", ""),
            ("", ""),
        ] {
            assert_eq!(
                Device::from_user_agent(user_agent).to_string(),
                expected,
                "{user_agent}"
            );
        }
    }

    #[test]
    fn words_that_nobody_wrote_here_count_as_not_said() {
        for words in ["Netscape, Windows", "<script>, <b>", ", ", ""] {
            assert_ne!(Device::from_words(words).words().as_deref(), Some(words));
        }
    }

    proptest! {
        #[test]
        fn what_is_kept_is_short_survives_and_comes_from_the_tables(user_agent in "\\PC{0,60}(Edg/|Chrome/|Windows|iPad|)\\PC{0,60}") {
            let device = Device::from_user_agent(&user_agent);
            let words = device.to_string();
            prop_assert!(words.len() <= 32);
            prop_assert_eq!(Device::from_words(&words), device);
        }
    }
}
