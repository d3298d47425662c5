//! How operators find accounts, look at one, and say what its person may do.

use super::App;
use super::error::Error;
use super::ports::Store;
use super::ports::directory::{AccountFile, AccountFilter, AccountPage};
use crate::domain::audit::{Actor, Event, OperatorName};
use crate::domain::email::Email;
use crate::domain::user::{Role, User};

impl<S: Store> App<'_, S> {
    /// A page of the accounts that the filter lets through; pages are counted from 1.
    pub async fn list_accounts(
        &self,
        filter: &AccountFilter,
        page: u32,
        limit: u32,
    ) -> Result<AccountPage, Error> {
        let limit = i64::from(limit);
        let skip = i64::from(page.saturating_sub(1)).saturating_mul(limit);
        Ok(self.store.list_accounts(filter, skip, limit).await?)
    }

    /// Everything about the account with this address.
    pub async fn account_file(&self, email: &Email) -> Result<Option<AccountFile>, Error> {
        Ok(self.store.account_file(email, self.now()).await?)
    }

    /// Says what a person may do; it holds from their next request on.
    pub async fn set_role(
        &self,
        operator: &OperatorName,
        email: &Email,
        role: Role,
    ) -> Result<Option<User>, Error> {
        let audit = self
            .audit(Event::RoleChanged, Actor::Operator(operator.clone()))
            .with_detail(role.as_str());
        Ok(self.store.set_role(email, role, &audit).await?)
    }
}
