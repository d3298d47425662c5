//! Sessions in the database, as their owner sees them.

use super::accounts::SqlStore;
use super::rows::SessionRow;
use super::sql::sessions as sql;
use super::statement::{Database, PURGED_AT_A_TIME, SqlValue, Statement};
use crate::app::ports::{SessionStore, StoreFailure};
use crate::domain::email::Email;
use crate::domain::identifiers::{SessionId, UserId};
use crate::domain::origin::Country;
use crate::domain::session::Session;
use crate::domain::time::Instant;

impl<D: Database> SessionStore for SqlStore<D> {
    async fn sessions_of(&self, user: UserId, now: Instant) -> Result<Vec<Session>, StoreFailure> {
        let values: [SqlValue; 2] = [user.number().into(), now.millis().into()];
        let statement = Statement::new(sql::SESSIONS_OF, values);
        let rows = self.database.batch(vec![statement]).await?.pop();
        rows.unwrap_or_default()
            .into_iter()
            .map(|row| row.read::<SessionRow>()?.into_session())
            .collect()
    }

    async fn touch_session(
        &self,
        session: SessionId,
        country: Option<Country>,
        now: Instant,
    ) -> Result<(), StoreFailure> {
        let values: [SqlValue; 3] = [
            session.to_string().into(),
            now.millis().into(),
            country.as_ref().map(Country::to_string).into(),
        ];
        let statement = Statement::new(sql::TOUCH_SESSION, values);
        self.database.batch(vec![statement]).await?;
        Ok(())
    }

    async fn purge_sessions(&self, before: Instant) -> Result<(), StoreFailure> {
        let statement = Statement::new(
            sql::PURGE_SESSIONS,
            [before.millis().into(), PURGED_AT_A_TIME.into()],
        );
        self.database.batch(vec![statement]).await?;
        Ok(())
    }
}

/// Keeps a user's sessions within bounds after one was opened.
pub(super) fn drop_sessions_beyond(email: &Email, opened: SessionId) -> Statement {
    let values: [SqlValue; 3] = [
        email.key().into(),
        opened.to_string().into(),
        Session::MAX_LIVE.into(),
    ];
    Statement::new(sql::DROP_SESSIONS_BEYOND, values)
}
