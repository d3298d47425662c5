//! The addresses that people may have kept: once published, an address must go on leading somewhere.
//!
//! `content/published.txt` lists them, one a line, and is committed. `cargo site check --record` adds those of the
//! present pages. A renamed page needs an alias for its old address, or the build stops.

use std::collections::BTreeSet;

use crate::diagnostics::Diagnostic;
use crate::source::SourceFile;
use crate::suggestion::nearest_path;

/// The list of addresses.
#[derive(Debug, Clone, Copy)]
pub struct PublishedAddresses<'a>(&'a SourceFile);

impl<'a> PublishedAddresses<'a> {
    /// The name of the list in the folder of the content.
    pub const NAME: &'static str = "published.txt";
    /// The path of the list.
    pub const FILE: &'static str = "content/published.txt";

    /// The list in this file.
    #[must_use]
    pub const fn new(file: &'a SourceFile) -> Self {
        Self(file)
    }

    /// An error for each published address that leads nowhere now; `addresses` are those of all pages and aliases.
    #[must_use]
    pub fn find_lost<'b>(
        &self,
        leads_somewhere: impl Fn(&str) -> bool,
        addresses: impl Fn() -> BTreeSet<&'b str>,
    ) -> Vec<Diagnostic> {
        let mut errors = Vec::new();
        let mut start = 0;
        for line in self.0.text().split_inclusive('\n') {
            let address = line.trim_end();
            if is_address(address) && !leads_somewhere(address) {
                errors.push(lost(self.0, start, address, &addresses()));
            }
            start += line.len();
        }
        errors
    }
}

/// The text of the list with the addresses of the present pages added, sorted, and its remarks kept at the top.
#[must_use]
pub fn record(file: Option<&SourceFile>, addresses: &BTreeSet<&str>) -> String {
    let text = file.map_or(
        "# Addresses that were published. A page that moves needs its old address in `aliases`.\n\
         # `cargo site check --record` adds the new ones; never take one out.\n",
        SourceFile::text,
    );
    let (kept, remarks): (BTreeSet<_>, Vec<_>) = {
        let (kept, remarks): (Vec<_>, Vec<_>) = text.lines().partition(|line| is_address(line));
        (kept.into_iter().collect(), remarks)
    };
    let all = kept.union(addresses).copied();
    let lines = remarks
        .into_iter()
        .filter(|line| !line.is_empty())
        .chain(all);
    lines.flat_map(|line| [line, "\n"]).collect()
}

fn is_address(line: &str) -> bool {
    line.starts_with('/')
}

fn lost(file: &SourceFile, start: usize, address: &str, addresses: &BTreeSet<&str>) -> Diagnostic {
    let range = start..start + address.len();
    let moved = nearest_path(address, addresses.iter().copied());
    let place = moved.map_or_else(
        || "the page that replaces it".to_owned(),
        |moved| format!("the page that replaces it (perhaps {moved})"),
    );
    Diagnostic::at(
        file,
        range,
        format!("the address {address} was published and leads nowhere now"),
    )
    .help(format!(
        "people have links to it; add to the front matter of {place}: aliases = [\"{address}\"]"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> SourceFile {
        SourceFile::new(PublishedAddresses::FILE, text)
    }

    #[test]
    fn an_address_that_is_gone_is_an_error_at_its_line_and_names_the_likely_successor() {
        let file = file("# remark\n/\n/help/refund.html\n");
        let addresses = || BTreeSet::from(["/", "/help/refunds.html"]);
        let leads_somewhere = |address: &str| addresses().contains(address);
        let errors = PublishedAddresses::new(&file).find_lost(leads_somewhere, addresses);
        let errors: Vec<_> = errors.iter().map(ToString::to_string).collect();
        assert_eq!(
            errors,
            [
                "error: the address /help/refund.html was published and leads nowhere now\n \
                 --> content/published.txt:3:1\n  \
                 |\n\
                 3 | /help/refund.html\n  \
                 | ^^^^^^^^^^^^^^^^^\n  \
                 = help: people have links to it; add to the front matter of the page that replaces it \
                 (perhaps /help/refunds.html): aliases = [\"/help/refund.html\"]\n"
            ]
        );
    }

    #[test]
    fn recording_adds_and_sorts_and_never_takes_out() {
        let now = BTreeSet::from(["/b.html", "/"]);
        let first = record(None, &now);
        assert!(first.starts_with("# Addresses"), "{first}");
        assert!(first.ends_with("out.\n/\n/b.html\n"), "{first}");
        let second = record(Some(&file("# mine\n/c.html\n")), &now);
        assert_eq!(second, "# mine\n/\n/b.html\n/c.html\n");
        assert_eq!(record(Some(&file(&second)), &now), second);
    }
}
