//! What clients have, in the database.

use serde::Deserialize;

use super::accounts::SqlStore;
use super::audit::record_if_changed;
use super::outbox::{Owner, queue_if_changed};
use super::payments::{add_subscription, parse};
use super::payouts::read_count;
use super::sql::access as sql;
use super::sql::ledger::COUNT_CHANGED;
use super::statement::{Database, SqlValue, Statement};
use crate::app::ports::StoreFailure;
use crate::app::ports::access::{AccessStore, Grant, Holding};
use crate::domain::access::AccessDates;
use crate::domain::audit::AuditEntry;
use crate::domain::identifiers::{UserId, UserProductId};
use crate::domain::mail::NewMail;
use crate::domain::time::Instant;

impl<D: Database> AccessStore for SqlStore<D> {
    async fn grant(
        &self,
        grant: &Grant,
        notice: Option<&NewMail>,
        audit: &AuditEntry,
    ) -> Result<bool, StoreFailure> {
        let mut statements = vec![add_holding(grant), record_if_changed(audit)];
        let owner = Owner::User(Some(grant.user));
        statements.extend(notice.map(|notice| queue_if_changed(owner, notice)));
        if let Some((period, first)) = grant.subscription {
            statements.push(add_subscription(grant.id, period, first));
        }
        statements.push(Statement::new(sql::HOLDING, [grant.id.to_string().into()]));
        Ok(self.last_row(statements).await?.is_some())
    }

    async fn holding(&self, id: UserProductId) -> Result<Option<Holding>, StoreFailure> {
        self.last_holding(id, Vec::new()).await
    }

    async fn revoke(
        &self,
        id: UserProductId,
        audit: &AuditEntry,
    ) -> Result<Option<Holding>, StoreFailure> {
        self.change(sql::REVOKE, id, audit).await
    }

    async fn move_end(
        &self,
        id: UserProductId,
        ends_at: Instant,
        audit: &AuditEntry,
    ) -> Result<Option<Holding>, StoreFailure> {
        let values: [SqlValue; 3] = [
            id.to_string().into(),
            ends_at.millis().into(),
            audit.at.millis().into(),
        ];
        let change = Statement::new(sql::MOVE_END, values);
        self.last_holding(id, vec![change, record_if_changed(audit)])
            .await
    }

    async fn notice_ends(&self, limit: u32, now: Instant) -> Result<u32, StoreFailure> {
        let due: [SqlValue; 2] = [now.millis().into(), i64::from(limit).into()];
        let counted = self
            .last_row(vec![
                Statement::new(sql::RECORD_ENDS, due.clone()),
                Statement::new(sql::MARK_ENDS, due),
                Statement::new(COUNT_CHANGED, []),
            ])
            .await?;
        read_count(counted)
    }
}

impl<D: Database> SqlStore<D> {
    /// Runs a change of `?1` client's product at `?2` now, and answers what the client has then.
    async fn change(
        &self,
        sql: &'static str,
        id: UserProductId,
        audit: &AuditEntry,
    ) -> Result<Option<Holding>, StoreFailure> {
        let values: [SqlValue; 2] = [id.to_string().into(), audit.at.millis().into()];
        let change = Statement::new(sql, values);
        self.last_holding(id, vec![change, record_if_changed(audit)])
            .await
    }

    async fn last_holding(
        &self,
        id: UserProductId,
        mut statements: Vec<Statement>,
    ) -> Result<Option<Holding>, StoreFailure> {
        statements.push(Statement::new(sql::HOLDING, [id.to_string().into()]));
        match self.last_row(statements).await? {
            Some(row) => row.read::<HoldingRow>()?.into_holding().map(Some),
            None => Ok(None),
        }
    }
}

fn add_holding(grant: &Grant) -> Statement {
    let ends_at = grant.subscription.map(|(_, first)| first.end);
    let values: [SqlValue; 8] = [
        grant.id.to_string().into(),
        grant.user.number().into(),
        grant.product.to_string().into(),
        grant.starts_at.map(Instant::millis).into(),
        ends_at.map(Instant::millis).into(),
        grant.app_url.clone().into(),
        grant.admin_url.clone().into(),
        grant.at.millis().into(),
    ];
    Statement::new(sql::ADD_HOLDING, values)
}

#[derive(Deserialize)]
struct HoldingRow {
    id: String,
    user_id: i64,
    starts_at: Option<i64>,
    ends_at: Option<i64>,
    revoked_at: Option<i64>,
    cancelled_at: Option<i64>,
    is_subscription: i64,
}

impl HoldingRow {
    fn into_holding(self) -> Result<Holding, StoreFailure> {
        let at = |millis: Option<i64>| millis.map(Instant::from_millis);
        Ok(Holding {
            id: parse(&self.id, "user_products.id")?,
            user: UserId::new(self.user_id),
            dates: AccessDates {
                starts_at: at(self.starts_at),
                ends_at: at(self.ends_at),
                revoked_at: at(self.revoked_at),
                cancelled_at: at(self.cancelled_at),
            },
            is_subscription: self.is_subscription != 0,
        })
    }
}
