//! Who else than this site its pages may load from: nobody, or Cloudflare's check for people.
//!
//! The setting is `turnstile` in `content/site.toml`. It goes together with `TURNSTILE_SITE_KEY` of the Worker: the Worker asks
//! visitors to show that they are people, and the pages can only let them if their policy knows the widget.

/// Where pages may load scripts and frames from besides their own origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strangers {
    /// Nowhere.
    None,
    /// Cloudflare's Turnstile.
    Turnstile,
}

impl Strangers {
    /// What the setting of the site means.
    #[must_use]
    pub const fn from_setting(uses_turnstile: bool) -> Self {
        if uses_turnstile {
            Self::Turnstile
        } else {
            Self::None
        }
    }

    /// The origin of the stranger: <https://developers.cloudflare.com/turnstile/reference/content-security-policy/>.
    pub(super) const fn origin(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Turnstile => Some("https://challenges.cloudflare.com"),
        }
    }
}
