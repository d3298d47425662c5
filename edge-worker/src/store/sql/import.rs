//! The SQL of the import from the predecessor.

/// Accounts behind a number. `?1` number, `?2` how many.
pub const ACCOUNTS_AFTER: &str = concat!(
    "SELECT ",
    user_columns!(),
    " FROM users WHERE users.id > ?1 ORDER BY users.id LIMIT ?2"
);

/// People imported before, behind one of the predecessor's numbers. `?1` number, `?2` how many.
pub const IMPORTED_AFTER: &str = "
    SELECT predecessor_id, user_id FROM imported_users WHERE predecessor_id > ?1 ORDER BY predecessor_id LIMIT ?2";

/// Adds somebody as the predecessor knew them. `?1` address, `?2` its key, `?3` stored password, `?4` name, `?5` phone,
/// `?6` role, `?7` open, `?8` Telegram, `?9` address confirmed, `?10` own referral code, `?11` when the offer was accepted,
/// `?12` made, `?13` changed.
pub const ADD_FORMER_USER: &str = "
    INSERT INTO users (email, email_key, password_hash, name, phone, role, is_active, telegram_id, email_verified,
                       referral_code, offer_accepted_at, created_at, updated_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";

/// Remembers whose account that is. `?1` the predecessor's number, `?2` address key, `?3` now.
pub const REMEMBER_IMPORTED: &str = "
    INSERT INTO imported_users (predecessor_id, user_id, imported_at)
    SELECT ?1, id, ?3 FROM users WHERE email_key = ?2";

/// Says who brought somebody, both by the predecessor's numbers. `?1` who came, `?2` who brought them.
pub const SET_IMPORTED_REFERRER: &str = "
    UPDATE users SET referred_by = (SELECT user_id FROM imported_users WHERE predecessor_id = ?2)
    WHERE id = (SELECT user_id FROM imported_users WHERE predecessor_id = ?1)";
