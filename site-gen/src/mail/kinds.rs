//! Which mails there are: what the Worker sends, and what it can fill in.

/// A mail that the Worker sends.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Kind {
    /// The name of its file, without `.md`.
    pub(super) name: &'static str,
    /// Whether something is confirmed by its link; without the link it would be of no use.
    pub(super) has_link: bool,
    /// What it may tell beside what every letter may tell.
    facts: &'static [&'static str],
}

/// Every mail has to be there in every language.
pub(super) const KINDS: [Kind; 13] = [
    Kind::notice("access-granted").with(&["product", "until"]),
    Kind::notice("account-deleted"),
    Kind::with_link("change-email"),
    Kind::notice("email-change-requested"),
    Kind::notice("email-changed"),
    Kind::notice("new-device"),
    Kind::notice("password-changed"),
    Kind::with_link("password-reset"),
    Kind::notice("payout-paid").with(&["amount"]),
    Kind::notice("payout-refused").with(&["amount", "reason"]),
    Kind::with_link("reset-needed"),
    Kind::notice("subscription-cancelled").with(&["product", "until"]),
    Kind::with_link("verify-email"),
];

/// The address of the page that acts.
pub(super) const LINK: &str = "link";

/// What every letter may tell. `email` is the new address in mails about its change and the person's own in others. The
/// name of the person is not among them: anybody can register a stranger's address under a name that is an advertisement.
const FACTS: [&str; 4] = ["at", "country", "device", "email"];

impl Kind {
    const fn notice(name: &'static str) -> Self {
        Self {
            name,
            has_link: false,
            facts: &[],
        }
    }

    const fn with_link(name: &'static str) -> Self {
        Self {
            name,
            has_link: true,
            facts: &[],
        }
    }

    const fn with(self, facts: &'static [&'static str]) -> Self {
        Self { facts, ..self }
    }

    /// The mail with this name.
    pub(super) fn find(name: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.name == name)
    }

    /// The names of all mails.
    pub(super) fn names() -> impl Iterator<Item = &'static str> {
        KINDS.iter().map(|kind| kind.name)
    }

    /// The placeholders that the text may use.
    pub(super) fn placeholders(&self) -> Vec<&'static str> {
        let link = self.has_link.then_some(LINK);
        let own = self.facts.iter().copied();
        FACTS.into_iter().chain(own).chain(link).collect()
    }
}

/// A placeholder as the Worker looks for it.
pub(super) fn written(placeholder: &str) -> String {
    format!("{{{{{placeholder}}}}}")
}
