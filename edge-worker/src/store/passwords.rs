//! The renewal of stored passwords in the database.

use super::accounts::SqlStore;
use super::audit::record_if_changed;
use super::sql::passwords as sql;
use super::statement::{Database, SqlValue, Statement};
use crate::app::ports::{PasswordStore, StoreFailure};
use crate::domain::audit::AuditEntry;
use crate::domain::identifiers::UserId;
use crate::domain::password_hash::{PasswordHash, StoredPassword};

impl<D: Database> PasswordStore for SqlStore<D> {
    async fn renew_password(
        &self,
        user: UserId,
        checked: &StoredPassword,
        renewed: &PasswordHash,
        audit: &AuditEntry,
    ) -> Result<(), StoreFailure> {
        let values: [SqlValue; 3] = [
            user.number().into(),
            checked.as_str().into(),
            renewed.to_string().into(),
        ];
        let renew = Statement::new(sql::RENEW_PASSWORD, values);
        self.database
            .batch(vec![renew, record_if_changed(audit)])
            .await?;
        Ok(())
    }
}
