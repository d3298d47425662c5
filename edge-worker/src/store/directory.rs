//! Accounts as operators see them.

use serde::Deserialize;

use super::accounts::SqlStore;
use super::audit::record_if_changed_of;
use super::rows::UserRow;
use super::sql;
use super::sql::directory as texts;
use super::statement::{Database, Row, SqlValue, Statement};
use crate::app::ports::StoreFailure;
use crate::app::ports::directory::{
    AccountDirectory, AccountFile, AccountFilter, AccountPage, LoggedEvent, OpenSession,
};
use crate::domain::audit::AuditEntry;
use crate::domain::email::Email;
use crate::domain::password_hash::StoredPassword;
use crate::domain::time::Instant;
use crate::domain::user::{Role, User};

/// How many events a file shows.
const EVENTS: i64 = 10;
/// Fewer digits would be found in every phone.
const MIN_PHONE_DIGITS: usize = 4;

#[derive(Deserialize)]
struct TotalRow {
    total: i64,
}

#[derive(Deserialize)]
struct FileRow {
    password_hash: String,
    terms_accepted_at: Option<i64>,
    former_number: Option<i64>,
    referrer: Option<String>,
    #[serde(flatten)]
    user: UserRow,
}

#[derive(Deserialize)]
struct OpenSessionRow {
    last_seen_at: i64,
    device: Option<String>,
    country: Option<String>,
}

#[derive(Deserialize)]
struct LoggedEventRow {
    at: i64,
    event: String,
    actor: String,
    detail: Option<String>,
    network: Option<String>,
    country: Option<String>,
    device: Option<String>,
    times: i64,
}

impl<D: Database> AccountDirectory for SqlStore<D> {
    async fn list_accounts(
        &self,
        filter: &AccountFilter,
        skip: i64,
        limit: i64,
    ) -> Result<AccountPage, StoreFailure> {
        let values = filter_values(filter);
        let mut page_values = values.to_vec();
        page_values.extend([limit.into(), skip.into()]);
        let mut answers = self
            .database
            .batch(vec![
                Statement::new(texts::COUNT_ACCOUNTS, values),
                Statement::new(texts::LIST_ACCOUNTS, page_values),
            ])
            .await?;
        let page = answers.pop().unwrap_or_default();
        let total: TotalRow = only(answers.pop().unwrap_or_default())?;
        let accounts = page
            .into_iter()
            .map(|row| row.read::<UserRow>()?.into_account())
            .collect::<Result<_, _>>()?;
        Ok(AccountPage {
            accounts,
            total: total.total,
        })
    }

    async fn account_file(
        &self,
        email: &Email,
        now: Instant,
    ) -> Result<Option<AccountFile>, StoreFailure> {
        let key = || SqlValue::from(email.key());
        let mut answers = self
            .database
            .batch(vec![
                Statement::new(texts::ACCOUNT_FILE, [key()]),
                Statement::new(texts::OPEN_SESSIONS, [key(), now.millis().into()]),
                Statement::new(texts::LAST_EVENTS, [key(), EVENTS.into()]),
            ])
            .await?;
        let events = answers.pop().unwrap_or_default();
        let sessions = answers.pop().unwrap_or_default();
        let Some(row) = answers.pop().unwrap_or_default().pop() else {
            return Ok(None);
        };
        let row: FileRow = row.read()?;
        Ok(Some(AccountFile {
            account: row.user.into_account()?,
            password: StoredPassword::new(row.password_hash),
            terms_accepted_at: row.terms_accepted_at.map(Instant::from_millis),
            former_number: row.former_number,
            referrer: row.referrer,
            sessions: sessions
                .into_iter()
                .map(read_session)
                .collect::<Result<_, _>>()?,
            events: events
                .into_iter()
                .map(read_event)
                .collect::<Result<_, _>>()?,
        }))
    }

    async fn set_role(
        &self,
        email: &Email,
        role: Role,
        audit: &AuditEntry,
    ) -> Result<Option<User>, StoreFailure> {
        let values: [SqlValue; 3] = [
            email.key().into(),
            role.as_str().into(),
            audit.at.millis().into(),
        ];
        let account = self
            .last_account(vec![
                Statement::new(texts::SET_ROLE, values),
                record_if_changed_of(audit, email),
                Statement::new(sql::USER_BY_EMAIL, [email.key().into()]),
            ])
            .await?;
        Ok(account.map(|account| account.user))
    }
}

fn filter_values(filter: &AccountFilter) -> [SqlValue; 6] {
    let text = filter
        .text
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty());
    let digits = text
        .map(|text| text.chars().filter(char::is_ascii_digit).collect())
        .filter(|digits: &String| digits.len() >= MIN_PHONE_DIGITS);
    [
        filter.role.map(Role::as_str).into(),
        filter.is_active.into(),
        text.map(str::to_lowercase).into(),
        text.into(),
        text.map(with_capital_initials).into(),
        digits.into(),
    ]
}

fn with_capital_initials(text: &str) -> String {
    let mut begins = true;
    text.chars()
        .flat_map(|character| {
            let is_initial = std::mem::replace(&mut begins, character.is_whitespace());
            let written: Vec<char> = if is_initial {
                character.to_uppercase().collect()
            } else {
                character.to_lowercase().collect()
            };
            written
        })
        .collect()
}

fn only<T: serde::de::DeserializeOwned>(rows: Vec<Row>) -> Result<T, StoreFailure> {
    rows.into_iter()
        .next()
        .ok_or_else(|| StoreFailure("a count has no row".to_owned()))?
        .read()
}

fn read_session(row: Row) -> Result<OpenSession, StoreFailure> {
    let row: OpenSessionRow = row.read()?;
    Ok(OpenSession {
        last_seen_at: Instant::from_millis(row.last_seen_at),
        device: row.device,
        country: row.country,
    })
}

fn read_event(row: Row) -> Result<LoggedEvent, StoreFailure> {
    let row: LoggedEventRow = row.read()?;
    Ok(LoggedEvent {
        at: Instant::from_millis(row.at),
        event: row.event,
        actor: row.actor,
        detail: row.detail,
        network: row.network,
        country: row.country,
        device: row.device,
        times: row.times,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_gets_a_capital_initial() {
        for (text, expected) in [
            ("анна КАРЕНИНА", "Анна Каренина"),
            ("o'neil", "O'neil"),
            ("", ""),
        ] {
            assert_eq!(with_capital_initials(text), expected);
        }
    }
}
