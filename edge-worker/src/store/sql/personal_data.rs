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
