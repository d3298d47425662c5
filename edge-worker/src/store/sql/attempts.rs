//! Counters of attempts. `?1` to `?5` mean the same in every text that takes a slot: kind, key, now, pauses in
//! milliseconds as a JSON array, and when a row that begins now is forgotten.
//!
//! A slot is taken by one statement: it counts, shuts the counter for as long as the count asks, and answers a row; of a
//! counter that is shut it changes nothing, and answers none.

/// The beginning of a text that takes a slot, up to its conditions.
macro_rules! take {
    ($conditions:literal) => {
        concat!(
            "INSERT INTO attempts (kind, key, count, shut_until, forgotten_at)
             SELECT ?1, ?2, 1, ?3 + json_extract(?4, '$[0]'), ?5
             WHERE NOT EXISTS (SELECT 1 FROM attempts WHERE kind = ?6 AND key = ?7 AND shut_until > ?3)",
            $conditions,
            " ON CONFLICT (kind, key) DO UPDATE SET
                (count, shut_until, forgotten_at) = (
                  SELECT n, shut, max(shut, CASE WHEN attempts.forgotten_at <= ?3 THEN ?5 ELSE attempts.forgotten_at END)
                  FROM (
                    SELECT n, ?3 + json_extract(?4, '$[' || (min(n, json_array_length(?4)) - 1) || ']') AS shut
                    FROM (SELECT CASE WHEN attempts.forgotten_at <= ?3 THEN 1 ELSE attempts.count + 1 END AS n)))
              WHERE attempts.shut_until <= ?3
              RETURNING count, shut_until"
        )
    };
}

/// Takes a slot, unless another counter is shut. `?6` kind and `?7` key of that other one, or empty.
pub const TAKE_SLOT: &str = take!("");

/// Takes a slot of an address at home, in a network of its owner's. `?6`, `?7` the network.
pub const TAKE_HOME_SLOT: &str = take!(
    " AND EXISTS (SELECT 1 FROM attempts WHERE kind = ?1 AND key = ?2 AND forgotten_at > ?3)"
);

/// Takes a slot of an address, unless the network is one of its owner's. `?6`, `?7` the network, `?8`, `?9` the address at
/// home.
pub const TAKE_STRANGERS_SLOT: &str = take!(
    " AND NOT EXISTS (SELECT 1 FROM attempts WHERE kind = ?8 AND key = ?9 AND forgotten_at > ?3)"
);

/// Takes a slot for a decoy if the counter that this attempt would need is shut. `?6`, `?7` the network, `?8`, `?9` the
/// address at home, `?10`, `?11` the address.
pub const TAKE_DECOY_SLOT: &str = take!(
    " AND coalesce(
        (SELECT shut_until > ?3 FROM attempts WHERE kind = ?8 AND key = ?9 AND forgotten_at > ?3),
        (SELECT shut_until > ?3 FROM attempts WHERE kind = ?10 AND key = ?11),
        0)"
);

/// A counter that is not forgotten. `?1` kind, `?2` key, `?3` now.
pub const COUNTER: &str = "
    SELECT count, shut_until FROM attempts WHERE kind = ?1 AND key = ?2 AND forgotten_at > ?3";

/// Gives a slot back, and opens the counter if it was this slot that shut it. `?1` kind, `?2` key, `?3` until when the slot
/// has shut the counter.
pub const GIVE_SLOT_BACK: &str = "
    UPDATE attempts
    SET count = max(count - 1, 0), shut_until = CASE WHEN shut_until = ?3 THEN 0 ELSE shut_until END
    WHERE kind = ?1 AND key = ?2";

/// Begins a counter anew and keeps its row. `?1` kind, `?2` key, `?3` when the row is forgotten.
pub const BEGIN_COUNTER: &str = "
    INSERT INTO attempts (kind, key, count, shut_until, forgotten_at) VALUES (?1, ?2, 0, 0, ?3)
    ON CONFLICT (kind, key) DO UPDATE SET count = 0, shut_until = 0, forgotten_at = ?3";

/// Forgets a counter. `?1` kind, `?2` key.
pub const FORGET_COUNTER: &str = "DELETE FROM attempts WHERE kind = ?1 AND key = ?2";

/// Deletes the counters that count as absent. `?1` now, `?2` how many at most.
pub const PURGE_ATTEMPTS: &str = "
    DELETE FROM attempts
    WHERE (kind, key) IN (SELECT kind, key FROM attempts WHERE forgotten_at <= ?1 LIMIT ?2)";
