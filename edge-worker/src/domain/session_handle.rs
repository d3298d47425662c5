//! The name by which a person knows one of their sessions.
//!
//! It is not the id that tokens carry. That id is a second secret beside the signing key: somebody who has stolen the key can
//! forge a token only for a session whose id they know. Names are shown on pages and stand in addresses, so they are made
//! from the ids in the one direction that cannot be undone.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::identifiers::{NotAnId, SessionId};

/// A session's name in lists and addresses, in the form of a UUID (RFC 9562, version 8).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SessionHandle(Uuid);

impl SessionHandle {
    /// The name of a session.
    #[must_use]
    pub fn of(session: SessionId) -> Self {
        let digest: [u8; 32] = Sha256::new()
            .chain_update(b"session handle\0")
            .chain_update(session.to_string())
            .finalize()
            .into();
        let mut bytes = [0; 16];
        for (byte, digested) in bytes.iter_mut().zip(digest) {
            *byte = digested;
        }
        Self(uuid::Builder::from_custom_bytes(bytes).into_uuid())
    }
}

impl fmt::Display for SessionHandle {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(formatter)
    }
}

impl FromStr for SessionHandle {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        Uuid::try_parse(text).map(Self).map_err(|_| NotAnId)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handle_is_always_the_same_and_not_the_id() {
        let session = SessionId::from_random([7; 16]);
        let handle = SessionHandle::of(session);
        assert_eq!(SessionHandle::of(session), handle);
        assert_ne!(SessionHandle::of(SessionId::from_random([8; 16])), handle);
        assert_ne!(handle.to_string(), session.to_string());
        assert_eq!(handle.to_string().parse(), Ok(handle));
        assert_eq!("7".parse::<SessionHandle>(), Err(NotAnId));
    }
}
