//! SQL of everything that is kept about a person.

/// The person. `?1` user.
pub const EXPORT_PROFILE: &str = "
    SELECT id, email, name, phone, role, is_active, telegram_id, email_verified, referral_code, referred_by,
           terms_accepted_at, offer_accepted_at, created_at, updated_at
    FROM users WHERE id = ?1";

/// Where the person is or was lately signed in. `?1` user.
pub const EXPORT_SESSIONS: &str = "
    SELECT device, country, created_at, last_seen_at, expires_at FROM sessions WHERE user_id = ?1
    ORDER BY created_at DESC, id";

/// What happened to the account. The newest ten thousand: an account under attack for a year has more, and the rest can
/// be read page by page. `?1` user.
pub const EXPORT_EVENTS: &str = "
    SELECT event, actor AS \"by\", detail, at, times, network, country, device FROM audit WHERE user_id = ?1
    ORDER BY at DESC, id DESC LIMIT 10000";

/// The links that were mailed to the person. `?1` user.
pub const EXPORT_LINKS: &str = "
    SELECT purpose, address, created_at, expires_at, used_at FROM links WHERE user_id = ?1 ORDER BY created_at DESC";

/// The person's number in the system before this one. `?1` user.
pub const EXPORT_IMPORTED: &str =
    "SELECT predecessor_id, imported_at FROM imported_users WHERE user_id = ?1";

/// The mails to the person that are still known. `?1` user.
pub const EXPORT_MAILS: &str = "
    SELECT mail, language, address, name, device, country, about_address, created_at, deadline AS deadline_at, attempts,
           next_attempt_at, sent_at, given_up_at, last_error
    FROM outbox WHERE user_id = ?1 ORDER BY id DESC";

/// Forgets the mails to a user. `?1` user.
pub const FORGET_MAILS: &str = "DELETE FROM outbox WHERE user_id = ?1";

/// Forgets the links of a user. `?1` user.
pub const FORGET_LINKS: &str = "DELETE FROM links WHERE user_id = ?1";

/// Forgets which number of the predecessor's a user had; that the number was imported stays, so that a second import
/// does not bring the person back. `?1` user.
pub const FORGET_IMPORT: &str = "UPDATE imported_users SET user_id = NULL WHERE user_id = ?1";

/// Leaves a user's row without the person. What stands in for the address, its key and the code can be typed by nobody
/// and is unlike every other. Who brought the person stays: the partner's earnings refer to it. `?1` user, `?2` now.
pub const EMPTY_USER: &str = "
    UPDATE users SET email = '', email_key = 'deleted ' || id, password_hash = '', name = '', phone = NULL,
      role = 'client', is_active = 0, telegram_id = NULL, email_verified = 0, referral_code = 'deleted ' || id,
      terms_accepted_at = NULL, offer_accepted_at = NULL, updated_at = ?2, deleted_at = ?2
    WHERE id = ?1";

/// Forgets from where a user did what they did. `?1` user.
pub const FORGET_ORIGINS: &str =
    "UPDATE audit SET network = NULL, country = NULL, device = NULL WHERE user_id = ?1";
