//! SQL of sessions as their owner sees them.

/// Drops the oldest of a user's sessions when there are too many; the one just opened stays. `?1` address key,
/// `?2` session just opened, `?3` how many may stay.
pub const DROP_SESSIONS_BEYOND: &str = "
    DELETE FROM sessions WHERE id IN (
      SELECT id FROM sessions
      WHERE user_id = (SELECT id FROM users WHERE email_key = ?1)
      ORDER BY id = ?2 DESC, created_at DESC, id
      LIMIT -1 OFFSET ?3)";

/// The sessions of a user that are not over, the last used first. `?1` user, `?2` now.
pub const SESSIONS_OF: &str = "
    SELECT id AS session_id, created_at AS session_created_at, expires_at AS session_expires_at,
           last_seen_at AS session_last_seen_at, device AS session_device, country AS session_country
    FROM sessions WHERE user_id = ?1 AND expires_at > ?2
    ORDER BY last_seen_at DESC, created_at DESC, id";

/// Notes that a session is used, and where. `?1` session, `?2` now, `?3` country.
pub const TOUCH_SESSION: &str = "
    UPDATE sessions SET last_seen_at = ?2, country = coalesce(?3, country) WHERE id = ?1 AND last_seen_at < ?2";

/// Forgets sessions that are over. `?1` before when, `?2` how many at most.
pub const PURGE_SESSIONS: &str = "
    DELETE FROM sessions WHERE id IN (SELECT id FROM sessions WHERE expires_at <= ?1 LIMIT ?2)";
