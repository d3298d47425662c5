//! SQL of the audit log.

/// An entry that is written where the condition holds. An entry that shares a row renews it and is counted. Somebody whose
/// data was deleted leaves no trace of where they are, also when a request of theirs was still under way.
macro_rules! record_where {
    ($condition:literal) => {
        concat!(
            "
    INSERT INTO audit (event, user_id, actor, actor_name, detail, at, network, country, device, fold_key, subject)
    SELECT ?1, coalesce(?2, (SELECT id FROM users WHERE email_key = ?3)), ?4, ?5, ?6, ?7,
           iif(is_gone, NULL, ?8), iif(is_gone, NULL, ?9), iif(is_gone, NULL, ?10), ?11, ?12
    FROM (SELECT EXISTS (SELECT 1 FROM users WHERE id = ?2 AND deleted_at IS NOT NULL) AS is_gone)
    WHERE ",
            $condition,
            "
    ON CONFLICT (fold_key) DO UPDATE
    SET times = times + 1, at = excluded.at, network = excluded.network, country = excluded.country,
        device = excluded.device"
        )
    };
}

/// Writes an entry. `?1` event, `?2` user or `?3` address key, `?4` actor, `?5` operator, `?6` detail, `?7` now,
/// `?8` network, `?9` country, `?10` device, `?11` key of a shared row, `?12` what it is about.
pub const RECORD: &str = record_where!("true");

/// Writes an entry if the statement before it changed a row. Values as in [`RECORD`].
pub const RECORD_IF_CHANGED: &str = record_where!("changes() > 0");

/// A page of what happened to a user's account, the latest first. `?1` user, `?2` how many, `?3` after how many.
pub const EVENTS_OF: &str = "
    SELECT event, actor, at, times, network, country, device FROM audit WHERE user_id = ?1
    ORDER BY at DESC, id DESC LIMIT ?2 OFFSET ?3";

/// How much happened to a user's account. `?1` user.
pub const COUNT_EVENTS_OF: &str = "SELECT count(*) AS total FROM audit WHERE user_id = ?1";

/// Forgets old entries. `?1` before when.
pub const PURGE_EVENTS: &str = "DELETE FROM audit WHERE at <= ?1";
