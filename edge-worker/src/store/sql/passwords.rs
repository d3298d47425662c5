//! SQL of the renewal of stored passwords.

/// Puts a stronger hash in the place of one that still stands. The account is as it was, so its date stays. `?1` user,
/// `?2` stored password, `?3` hash.
pub const RENEW_PASSWORD: &str =
    "UPDATE users SET password_hash = ?3 WHERE id = ?1 AND password_hash = ?2";
