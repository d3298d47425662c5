//! What a person sees of their own account beside the profile.

use serde_json::{Value, json};

use crate::app::ports::PastEvent;
use crate::domain::identifiers::SessionId;
use crate::domain::origin::Country;
use crate::domain::session::Session;
use crate::domain::session_handle::SessionHandle;

/// A session; `current` says that it is the one that asks.
pub(in crate::http) fn session(session: &Session, current: SessionId) -> Value {
    json!({
        "id": SessionHandle::of(session.id).to_string(),
        "current": session.id == current,
        "device": session.device.words(),
        "country": session.country.as_ref().map(Country::to_string),
        "created_at": session.created_at.to_string(),
        "last_seen_at": session.last_seen_at.to_string(),
        "expires_at": session.expires_at.to_string(),
    })
}

/// An event; `times` is more than one where events of one hour share a line, and `at` is the last of them.
pub(in crate::http) fn event(event: &PastEvent) -> Value {
    json!({
        "event": event.event.as_str(),
        "by": event.by,
        "at": event.at.to_string(),
        "times": event.times,
        "country": event.country.as_ref().map(Country::to_string),
        "device": event.device.words(),
        "address_network": event.network,
    })
}
