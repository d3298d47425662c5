//! Every SQL text of the Worker, named. Written for the SQLite that D1 is; values are bound, never pasted in.

pub mod access;
pub mod archive;
pub mod attempts;
pub mod audit;
pub mod bookkeeping;
pub mod cabinet;
pub mod catalogue_editing;
pub mod ledger;
pub mod links;
pub mod outbox;
pub mod partners;
pub mod passwords;
pub mod payments;
pub mod payouts;
pub mod personal_data;
pub mod sessions;

/// The columns of a user as [`super::rows::UserRow`] reads them.
macro_rules! user_columns {
    () => {
        "users.id, users.email, users.name, users.phone, users.role, users.is_active,
         users.telegram_id, users.email_verified, users.referral_code, users.referred_by,
         (SELECT count(*) FROM users AS brought WHERE brought.referred_by = users.id) AS referrals_count,
         users.created_at, users.updated_at, users.offer_accepted_at"
    };
}

pub mod directory;
pub mod former_records;
pub mod import;
pub mod inspection;

/// Adds a user. A referral code that nobody has leaves `referred_by` empty.
/// `?1` address, `?2` its key, `?3` hash, `?4` name, `?5` phone, `?6` role, `?7` own referral code,
/// `?8` referral code of the link, `?9` when the terms were accepted, `?10` now.
pub const ADD_USER: &str = "
    INSERT INTO users (email, email_key, password_hash, name, phone, role, referral_code, referred_by,
                       terms_accepted_at, created_at, updated_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, (SELECT id FROM users WHERE referral_code = ?8), ?9, ?10, ?10)";

/// Adds a session to an active user who still has the password that was checked. `?1` session, `?2` address key,
/// `?3` begin, `?4` end, `?5` stored password, `?6` device, `?7` country.
pub const OPEN_SESSION: &str = "
    INSERT INTO sessions (id, user_id, created_at, expires_at, last_seen_at, device, country)
    SELECT ?1, id, ?3, ?4, ?3, ?6, ?7 FROM users WHERE email_key = ?2 AND password_hash = ?5 AND is_active = 1";

/// Tells whether there is such a session. `?1` session.
pub const SESSION_EXISTS: &str = "SELECT id FROM sessions WHERE id = ?1";

/// Drops the sessions of a user that are over. `?1` address key, `?2` now.
pub const DROP_ENDED_SESSIONS: &str = "
    DELETE FROM sessions
    WHERE user_id = (SELECT id FROM users WHERE email_key = ?1) AND expires_at <= ?2";

/// The user with an address. `?1` address key.
pub const USER_BY_EMAIL: &str = concat!(
    "SELECT ",
    user_columns!(),
    " FROM users WHERE email_key = ?1"
);

/// The user with an address, and the stored password. `?1` address key.
pub const CREDENTIALS_BY_EMAIL: &str = concat!(
    "SELECT users.password_hash, ",
    user_columns!(),
    " FROM users WHERE email_key = ?1"
);

/// The user with a number, and the stored password. `?1` user.
pub const CREDENTIALS_BY_ID: &str = concat!(
    "SELECT users.password_hash, ",
    user_columns!(),
    " FROM users WHERE id = ?1"
);

/// The user with a number. `?1` user.
pub const USER_BY_ID: &str = concat!("SELECT ", user_columns!(), " FROM users WHERE id = ?1");

/// A session with its user. `?1` session.
pub const SESSION_OWNER: &str = concat!(
    "SELECT sessions.id AS session_id, sessions.created_at AS session_created_at,
            sessions.expires_at AS session_expires_at, sessions.last_seen_at AS session_last_seen_at,
            sessions.device AS session_device, sessions.country AS session_country, ",
    user_columns!(),
    " FROM sessions JOIN users ON users.id = sessions.user_id WHERE sessions.id = ?1"
);

/// Ends a session. `?1` session.
pub const END_SESSION: &str = "DELETE FROM sessions WHERE id = ?1";

/// Ends every session of a user. `?1` user.
pub const END_SESSIONS_OF: &str = "DELETE FROM sessions WHERE user_id = ?1";

/// Changes name and phone; an empty value leaves the field alone. `?1` user, `?2` name, `?3` phone, `?4` now.
pub const CHANGE_PROFILE: &str = "
    UPDATE users SET name = coalesce(?2, name), phone = coalesce(?3, phone), updated_at = ?4
    WHERE id = ?1 AND is_active = 1";

/// Gives an account another password. `?1` address key, `?2` hash, `?3` now.
pub const SET_PASSWORD: &str =
    "UPDATE users SET password_hash = ?2, updated_at = ?3 WHERE email_key = ?1";

/// Ends every session of the user with an address. `?1` address key.
pub const END_SESSIONS_BY_EMAIL: &str = "
    DELETE FROM sessions WHERE user_id = (SELECT id FROM users WHERE email_key = ?1)";

/// Opens or closes the door to an account. `?1` address key, `?2` open, `?3` now.
pub const SET_ACTIVE: &str =
    "UPDATE users SET is_active = ?2, updated_at = ?3 WHERE email_key = ?1";
