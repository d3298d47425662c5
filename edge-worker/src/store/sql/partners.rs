//! SQL of who brought whom.

/// Binds somebody to the partner whom their account names, if it names one. `?1` address key, `?2` when.
pub const BIND_NEWCOMER: &str = "
    INSERT INTO referrals (user_id, partner_id, bound_at)
    SELECT id, referred_by, ?2 FROM users WHERE email_key = ?1 AND referred_by IS NOT NULL";
