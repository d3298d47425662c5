//! The SQL of the outbox.

/// The columns of a mail as [`crate::store::outbox`] reads them.
macro_rules! mail_columns {
    () => {
        "id, mail, language, address, token, name, device, country, about_address, product, amount, ends_at, reason,
         created_at, deadline, attempts,
         next_attempt_at, sent_at, given_up_at, last_error"
    };
}

/// What is emptied when a mail is sent or given up.
macro_rules! empty_the_mail {
    () => {
        "token = NULL, name = NULL, device = NULL, country = NULL, about_address = NULL, product = NULL, amount = NULL,
         ends_at = NULL, reason = NULL"
    };
}

/// A mail that is written to an active account where the condition holds.
macro_rules! queue_mail {
    ($condition:literal) => {
        concat!(
            "
    INSERT INTO outbox (user_id, address, mail, language, token, name, device, country, about_address, created_at,
                        deadline, next_attempt_at, product, amount, ends_at, reason)
    SELECT CASE ?3 WHEN 'account-deleted' THEN NULL ELSE users.id END, coalesce(?5, users.email), ?3, ?4, ?6,
           users.name, ?7, ?8, ?9, ?10, ?11, ?10, ?12, ?13, ?14, ?15
    FROM users
    WHERE users.id = coalesce(?1, (SELECT id FROM users WHERE email_key = ?2)) AND users.is_active = 1",
            $condition
        )
    };
}

/// Writes a mail to an active account. `?1` user, or nobody and `?2` the key of the account's address, `?3` mail,
/// `?4` language, `?5` where to, if not to the account's address, `?6` token, `?7` device, `?8` country, `?9` the address it
/// tells about, `?10` now, `?11` deadline; what it tells of products and money: `?12` product, `?13` amount, `?14` end, `?15` reason.
///
/// The mail to somebody whose account is gone belongs to nobody, so that it can be sent after the account.
pub const QUEUE_MAIL: &str = queue_mail!("");

/// Writes a mail if the statement before it changed a row. Values as in [`QUEUE_MAIL`].
pub const QUEUE_MAIL_IF_CHANGED: &str = queue_mail!(" AND changes() > 0");

/// Writes a notice to an active account that still has the password that was checked, if its person has been there
/// before, but never with this device, or never from this country. `?1` address key, `?2` stored password, `?3` mail,
/// `?4` language, `?5` device, `?6` country, `?7` now, `?8` deadline.
pub const QUEUE_IF_NEW_DEVICE: &str = "
    WITH seen AS (
       SELECT audit.device, audit.country FROM audit JOIN users ON users.id = audit.user_id
       WHERE users.email_key = ?1 AND audit.actor = 'person' AND audit.event IN ('registered', 'sign_in')
     )
     INSERT INTO outbox (user_id, address, mail, language, name, device, country, created_at, deadline,
                         next_attempt_at)
     SELECT users.id, users.email, ?3, ?4, users.name, ?5, ?6, ?7, ?8, ?7 FROM users
     WHERE users.email_key = ?1 AND users.password_hash = ?2 AND users.is_active = 1
       AND EXISTS (SELECT 1 FROM seen)
       AND (NOT EXISTS (SELECT 1 FROM seen WHERE device IS ?5)
            OR NOT EXISTS (SELECT 1 FROM seen WHERE country IS ?6))";

/// Takes mail that is due: counts the attempt and moves the next one away. `?1` now, `?2` end of the lease, `?3` how many.
pub const TAKE_DUE: &str = concat!(
    "UPDATE outbox SET attempts = attempts + 1, next_attempt_at = ?2
     WHERE id IN (SELECT id FROM outbox WHERE sent_at IS NULL AND given_up_at IS NULL AND next_attempt_at <= ?1
                  ORDER BY next_attempt_at LIMIT ?3)
     RETURNING ",
    mail_columns!()
);

/// Notes that a mail was sent, whatever else was noted meanwhile. `?1` mail, `?2` now.
pub const MARK_SENT: &str = concat!(
    "UPDATE outbox SET sent_at = ?2, given_up_at = NULL, last_error = NULL, ",
    empty_the_mail!(),
    " WHERE id = ?1"
);

/// Notes that a mail is kept to be read here. `?1` mail, `?2` now.
pub const MARK_KEPT: &str =
    "UPDATE outbox SET sent_at = ?2, given_up_at = NULL, last_error = NULL WHERE id = ?1";

/// Notes when a mail is tried again, unless somebody else has it. `?1` mail, `?2` attempts, `?3` when, `?4` error.
pub const MARK_LATER: &str = "
    UPDATE outbox SET next_attempt_at = ?3, last_error = ?4
    WHERE id = ?1 AND attempts = ?2 AND sent_at IS NULL AND given_up_at IS NULL";

/// Notes that a mail is given up, unless somebody else has it. `?1` mail, `?2` attempts, `?3` now, `?4` error.
pub const MARK_GIVEN_UP: &str = concat!(
    "UPDATE outbox SET given_up_at = ?3, last_error = ?4, ",
    empty_the_mail!(),
    " WHERE id = ?1 AND attempts = ?2 AND sent_at IS NULL AND given_up_at IS NULL"
);

/// The latest mails. `?1` how many.
pub const LATEST_MAILS: &str = concat!(
    "SELECT ",
    mail_columns!(),
    " FROM outbox ORDER BY id DESC LIMIT ?1"
);

/// One mail. `?1` mail.
pub const MAIL: &str = concat!("SELECT ", mail_columns!(), " FROM outbox WHERE id = ?1");

/// Forgets old mails. `?1` before when, `?2` how many at most.
pub const PURGE_MAILS: &str =
    "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox WHERE created_at <= ?1 LIMIT ?2)";

/// Forgets the mails to people whose account is gone, once nothing more happens to them.
pub const PURGE_MAILS_OF_NOBODY: &str = "
    DELETE FROM outbox WHERE user_id IS NULL AND (sent_at IS NOT NULL OR given_up_at IS NOT NULL)";
