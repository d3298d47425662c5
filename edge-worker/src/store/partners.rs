//! Who brought whom, in the database.

use super::sql::partners as sql;
use super::statement::Statement;
use crate::domain::email::Email;
use crate::domain::time::Instant;

/// Binds somebody who was just added to the partner whom their account names.
pub(super) fn bind_newcomer(email: &Email, at: Instant) -> Statement {
    Statement::new(sql::BIND_NEWCOMER, [email.key().into(), at.millis().into()])
}
