//! The SQL of links and of the changes that they prove the right to.

/// Undoes the transaction unless a link works now: not used, not ended, its account active and, where it went to the
/// account's own address, that address still the same. `?1` token's digest, `?2` purpose, `?3` now.
pub const GUARD_LINK: &str = "
    SELECT CASE WHEN EXISTS (
      SELECT 1 FROM links JOIN users ON users.id = links.user_id
      WHERE links.token_hash = ?1 AND links.purpose = ?2 AND links.used_at IS NULL AND links.expires_at > ?3
        AND users.is_active = 1 AND (links.purpose = 'change_email' OR links.address = users.email)
    ) THEN 1 ELSE json('the link is dead') END AS guard";

/// Undoes the transaction unless an account is active, has the password that was checked and the session that asks.
/// `?1` user, `?2` stored password, `?3` session.
pub const GUARD_CHECKED: &str = "
    SELECT CASE WHEN EXISTS (
      SELECT 1 FROM users JOIN sessions ON sessions.user_id = users.id
      WHERE users.id = ?1 AND users.password_hash = ?2 AND users.is_active = 1 AND sessions.id = ?3
    ) THEN 1 ELSE json('changed meanwhile') END AS guard";

/// A link that works now, with its owner. `?1` token's digest, `?2` purpose, `?3` now.
pub const LIVE_LINK: &str = "
    SELECT links.user_id, links.address, users.name, users.email, users.phone
    FROM links JOIN users ON users.id = links.user_id
    WHERE links.token_hash = ?1 AND links.purpose = ?2 AND links.used_at IS NULL AND links.expires_at > ?3
      AND users.is_active = 1 AND (links.purpose = 'change_email' OR links.address = users.email)";

/// Adds a link to an active account. `?1` user, or nobody and `?2` the key of the account's address, `?3` token's digest,
/// `?4` purpose, `?5` where it is sent, if not to the account's address, `?6` session, `?7` now, `?8` end.
pub const ADD_LINK: &str = "
    INSERT INTO links (token_hash, purpose, user_id, address, session_id, created_at, expires_at)
    SELECT ?3, ?4, users.id, coalesce(?5, users.email), ?6, ?7, ?8 FROM users
    WHERE users.id = coalesce(?1, (SELECT id FROM users WHERE email_key = ?2)) AND users.is_active = 1";

/// Drops the links of one purpose that nobody has used. `?1` user, `?2` purpose.
pub const DROP_OPEN_LINKS: &str =
    "DELETE FROM links WHERE user_id = ?1 AND purpose = ?2 AND used_at IS NULL";

/// Drops every link of the account with an address that nobody has used. `?1` address key.
pub const DROP_OPEN_LINKS_BY_EMAIL: &str = "
    DELETE FROM links WHERE user_id = (SELECT id FROM users WHERE email_key = ?1) AND used_at IS NULL";

/// Uses a link up. `?1` token's digest, `?2` now.
pub const USE_LINK: &str = "UPDATE links SET used_at = ?2 WHERE token_hash = ?1";

/// Gives an account another password by a link, and counts its address as confirmed. `?1` user, `?2` hash, `?3` now.
pub const RESET_PASSWORD: &str =
    "UPDATE users SET password_hash = ?2, email_verified = 1, updated_at = ?3 WHERE id = ?1";

/// Gives an account another password. `?1` user, `?2` hash, `?3` now.
pub const CHANGE_PASSWORD: &str =
    "UPDATE users SET password_hash = ?2, updated_at = ?3 WHERE id = ?1";

/// Counts an address as confirmed. `?1` user, `?2` now.
pub const VERIFY_EMAIL: &str = "UPDATE users SET email_verified = 1, updated_at = ?2 WHERE id = ?1";

/// Gives an account another address, confirmed. `?1` user, `?2` address, `?3` its key, `?4` now.
pub const CHANGE_EMAIL: &str = "
    UPDATE users SET email = ?2, email_key = ?3, email_verified = 1, updated_at = ?4 WHERE id = ?1";

/// Ends every session of a user but one. `?1` user, `?2` session.
pub const END_OTHER_SESSIONS: &str = "DELETE FROM sessions WHERE user_id = ?1 AND id <> ?2";

/// Ends every session of a user but the one that a link names. `?1` user, `?2` token's digest.
pub const END_SESSIONS_EXCEPT_OF_LINK: &str = "
    DELETE FROM sessions WHERE user_id = ?1
      AND id <> coalesce((SELECT session_id FROM links WHERE token_hash = ?2), '')";

/// Forgets links that ended. `?1` before when, `?2` how many at most.
pub const PURGE_LINKS: &str = "
    DELETE FROM links
    WHERE token_hash IN (SELECT token_hash FROM links WHERE expires_at <= ?1 LIMIT ?2)";
