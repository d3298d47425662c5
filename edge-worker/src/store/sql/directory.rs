//! The SQL of operators, who are few and wait for a whole list: it may read every account.

/// Which accounts a filter lets through. `?1` role, `?2` open, `?3` text in lower case, `?4` text as it was typed,
/// `?5` text with capital initials, `?6` digits of a phone; what is NULL does not matter. SQLite knows the case of ASCII
/// letters only, hence three forms of one text; and D1 takes no LIKE pattern of more than 50 bytes, hence `instr()`.
macro_rules! filtered {
    () => {
        " FROM users
    WHERE deleted_at IS NULL AND (?1 IS NULL OR role = ?1) AND (?2 IS NULL OR is_active = ?2)
      AND (?3 IS NULL OR instr(email_key, ?3) > 0 OR instr(lower(name), ?3) > 0 OR instr(name, ?4) > 0
           OR instr(name, ?5) > 0 OR instr(phone, ?6) > 0 OR referral_code = upper(?4))"
    };
}

/// A page of accounts. `?1` to `?6` filter, `?7` how many, `?8` how many to skip.
pub const LIST_ACCOUNTS: &str = concat!(
    "SELECT ",
    user_columns!(),
    filtered!(),
    " ORDER BY users.id LIMIT ?7 OFFSET ?8"
);

/// How many accounts there are on all pages. `?1` to `?6` filter.
pub const COUNT_ACCOUNTS: &str = concat!("SELECT count(*) AS total", filtered!());

/// Everything about an account. `?1` address key.
pub const ACCOUNT_FILE: &str = concat!(
    "SELECT users.password_hash, users.terms_accepted_at,
            (SELECT predecessor_id FROM imported_users WHERE user_id = users.id) AS former_number,
            (SELECT referrer.email FROM users AS referrer WHERE referrer.id = users.referred_by) AS referrer, ",
    user_columns!(),
    " FROM users WHERE email_key = ?1"
);

/// The open sessions of an account. `?1` address key, `?2` now.
pub const OPEN_SESSIONS: &str = "
    SELECT last_seen_at, device, country FROM sessions
    WHERE user_id = (SELECT id FROM users WHERE email_key = ?1) AND expires_at > ?2
    ORDER BY last_seen_at DESC";

/// What happened to an account last. `?1` address key, `?2` how many events.
pub const LAST_EVENTS: &str = "
    SELECT at, event, CASE WHEN actor_name IS NULL THEN actor ELSE actor || ' ' || actor_name END AS actor,
           detail, network, country, device, times
    FROM audit WHERE user_id = (SELECT id FROM users WHERE email_key = ?1)
    ORDER BY at DESC, id DESC LIMIT ?2";

/// Says what a person may do. `?1` address key, `?2` role, `?3` now.
pub const SET_ROLE: &str =
    "UPDATE users SET role = ?2, updated_at = ?3 WHERE email_key = ?1 AND role <> ?2";
