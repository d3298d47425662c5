//! Which mails there are: what the Worker sends, and what it can fill in.

/// A mail that the Worker sends.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Kind {
    /// The name of its file, without `.md`.
    pub(super) name: &'static str,
    /// Whether something is confirmed by its link; without the link it would be of no use.
    pub(super) has_link: bool,
}

/// Every mail has to be there in every language.
pub(super) const KINDS: [Kind; 9] = [
    Kind::notice("account-deleted"),
    Kind::with_link("change-email"),
    Kind::notice("email-change-requested"),
    Kind::notice("email-changed"),
    Kind::notice("new-device"),
    Kind::notice("password-changed"),
    Kind::with_link("password-reset"),
    Kind::with_link("reset-needed"),
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
        }
    }

    const fn with_link(name: &'static str) -> Self {
        Self {
            name,
            has_link: true,
        }
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
        FACTS.into_iter().chain(link).collect()
    }
}

/// A placeholder as the Worker looks for it.
pub(super) fn written(placeholder: &str) -> String {
    format!("{{{{{placeholder}}}}}")
}
