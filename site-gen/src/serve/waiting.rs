//! What is served at every address while there has not been a good build yet.
//!
//! The theme may be what is broken, so nothing of it is used: the page is made here, and its scripts are those that were
//! compiled into this program.

use crate::diagnostics::Diagnostics;
use crate::markup::escape;

/// Where the scripts of [`page`] lie on the server.
pub(super) const SCRIPTS: &str = "/-/";

const ENTRY: &str = "live-reload.js";

macro_rules! script {
    ($name:literal) => {
        ($name, include_str!(concat!("../../theme/js/", $name)))
    };
}

const FILES: [(&str, &str); 7] = [
    script!("live-reload.js"),
    script!("preview-morph.js"),
    script!("preview-news.js"),
    script!("preview-overlay.js"),
    script!("preview-page.js"),
    script!("preview-pairs.js"),
    script!("preview-remark.js"),
];

/// The text of a script of the page.
pub(super) fn script(name: &str) -> Option<&'static str> {
    let file = FILES.iter().find(|(known, _)| *known == name);
    file.map(|(_, text)| *text)
}

/// A page that shows what is wrong, and the site as soon as it is mended.
pub(super) fn page(diagnostics: &Diagnostics) -> String {
    let errors = diagnostics.to_string();
    let errors = escape(&errors);
    format!(
        "<!doctype html>\n\
         <html lang=\"en\">\n\
         <head>\n\
         <meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>The site cannot be built yet</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n\
         <script type=\"module\" src=\"{SCRIPTS}{ENTRY}\"></script>\n\
         </head>\n\
         <body>\n\
         <h1>The site cannot be built yet</h1>\n\
         <p>This page turns into the one you asked for as soon as the mistakes are mended.</p>\n\
         <pre>{errors}</pre>\n\
         </body>\n\
         </html>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::Diagnostic;

    #[test]
    fn mistakes_are_shown_as_text() {
        let error = Diagnostic::about("a.md", "raw HTML: <script>alert(1)</script>");
        let page = page(&Diagnostics::new(vec![error]));
        assert!(page.contains("&lt;script&gt;alert(1)"), "{page}");
        assert_eq!(page.matches("<script").count(), 1);
    }

    /// A script that imports one that is missing here would work in the theme and fail on this page.
    #[test]
    fn every_script_that_the_page_needs_is_compiled_in() {
        for (name, text) in FILES {
            for line in text.lines().filter(|line| line.starts_with("import ")) {
                let (_, imported) = line.split_once("\"./").unwrap();
                let imported = imported.trim_end_matches("\";");
                assert!(script(imported).is_some(), "{name}: {imported}");
            }
        }
        assert!(script(ENTRY).is_some());
        assert_eq!(script("../../Cargo.toml"), None);
    }
}
