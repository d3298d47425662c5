//! Who else than this site a page may load from: nobody, or Cloudflare's check for people.
//!
//! A page may if it has an element with the attribute [`CHECK`] and the site has the setting.
//!
//! The setting is `turnstile` in `content/site.toml`. It goes together with `TURNSTILE_SITE_KEY` of the Worker: the Worker asks
//! visitors to show that they are people, and the pages can only let them if their policy knows the widget.

/// The attribute, with any value, of the element in which a page shows the check.
pub const CHECK: &str = "data-human-check";

/// Where a page may load scripts and frames from besides its own origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strangers {
    /// Nowhere.
    None,
    /// Cloudflare's Turnstile.
    Turnstile,
}

impl Strangers {
    /// The origin of the stranger: <https://developers.cloudflare.com/turnstile/reference/content-security-policy/>.
    pub(super) const fn origin(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Turnstile => Some("https://challenges.cloudflare.com"),
        }
    }

    /// Which policies may make text into code. The scripts of this site set one address, that of the service worker, by a policy
    /// that knows no other (`offline-page.js`). Turnstile sets none by itself, but it is loaded late and
    /// loads itself anew when it is outdated: both set the address of a script, and both pass the one policy that
    /// `human-check.js` makes, which knows that address only. It has to be the default one, because the script of Turnstile
    /// asks for no other (the copy that was read names none and writes no HTML).
    pub(super) const fn trusted_types(self) -> &'static str {
        match self {
            Self::None => "trusted-types offline-page",
            Self::Turnstile => "trusted-types default",
        }
    }
}
