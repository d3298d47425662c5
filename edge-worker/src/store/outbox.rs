//! The outbox in the database.

use serde::Deserialize;

use super::accounts::SqlStore;
use super::sql::outbox as sql;
use super::statement::{Database, PURGED_AT_A_TIME, Row, SqlValue, Statement};
use crate::app::ports::{Outbox, Settlement, StoreFailure, UnreadableMail};
use crate::domain::email::Email;
use crate::domain::identifiers::UserId;
use crate::domain::mail::facts::MailFacts;
use crate::domain::mail::{Mail, MailId, MailState, NewMail, OutboxEntry};
use crate::domain::money::Kopecks;
use crate::domain::one_time_token::OneTimeToken;
use crate::domain::origin::Country;
use crate::domain::password_hash::StoredPassword;
use crate::domain::time::Instant;

/// Whose account a statement means.
#[derive(Clone, Copy, Debug)]
pub(super) enum Owner<'a> {
    /// The account with this number, or none at all.
    User(Option<UserId>),
    /// The account with this address, which is being added in the same transaction.
    Address(&'a Email),
}

impl Owner<'_> {
    /// The values of `?1` and `?2`.
    pub(super) fn values(self) -> [SqlValue; 2] {
        match self {
            Self::User(user) => [user.map(UserId::number).into(), SqlValue::Null],
            Self::Address(email) => [SqlValue::Null, email.key().into()],
        }
    }
}

/// Writes a mail into the outbox, in the same transaction as what it tells of.
pub(super) fn queue(owner: Owner<'_>, mail: &NewMail) -> Statement {
    Statement::new(sql::QUEUE_MAIL, values(owner, mail))
}

/// Writes a mail if the statement directly before it in the batch changed a row.
pub(super) fn queue_if_changed(owner: Owner<'_>, mail: &NewMail) -> Statement {
    Statement::new(sql::QUEUE_MAIL_IF_CHANGED, values(owner, mail))
}

fn values(owner: Owner<'_>, mail: &NewMail) -> [SqlValue; 15] {
    let [user, key] = owner.values();
    let facts = &mail.facts;
    [
        user,
        key,
        mail.name.as_str().into(),
        mail.language.as_str().into(),
        mail.to.as_ref().map(Email::address).into(),
        mail.token.as_ref().map(OneTimeToken::reveal).into(),
        mail.origin.device.words().into(),
        mail.origin.country.as_ref().map(Country::to_string).into(),
        mail.about.as_ref().map(Email::address).into(),
        mail.created_at.millis().into(),
        mail.name.deadline(mail.created_at).millis().into(),
        facts.product.clone().into(),
        facts.amount.map(Kopecks::number).into(),
        facts.ends_at.map(Instant::millis).into(),
        facts.reason.clone().into(),
    ]
}

/// Writes a mail to somebody who is about to be signed in, if their account has not seen where they come from. It stands
/// before the sign-in in the batch, because the sign-in itself would be what the account has seen.
pub(super) fn queue_if_new_device(
    email: &Email,
    checked: &StoredPassword,
    notice: &NewMail,
) -> Statement {
    let values: [SqlValue; 8] = [
        email.key().into(),
        checked.as_str().into(),
        notice.name.as_str().into(),
        notice.language.as_str().into(),
        notice.origin.device.words().into(),
        notice
            .origin
            .country
            .as_ref()
            .map(Country::to_string)
            .into(),
        notice.created_at.millis().into(),
        notice.name.deadline(notice.created_at).millis().into(),
    ];
    Statement::new(sql::QUEUE_IF_NEW_DEVICE, values)
}

impl<D: Database> Outbox for SqlStore<D> {
    async fn take_due(
        &self,
        now: Instant,
        lease_end: Instant,
        limit: u32,
    ) -> Result<Vec<Result<Mail, UnreadableMail>>, StoreFailure> {
        let values: [SqlValue; 3] = [
            now.millis().into(),
            lease_end.millis().into(),
            i64::from(limit).into(),
        ];
        let taken = self.rows(Statement::new(sql::TAKE_DUE, values)).await?;
        taken
            .into_iter()
            .map(|row| {
                let row: MailRow = row.read()?;
                let unreadable = UnreadableMail {
                    id: MailId::new(row.id),
                    attempts: row.attempts,
                };
                Ok(row
                    .into_entry()
                    .map(|entry| entry.mail)
                    .map_err(|_| unreadable))
            })
            .collect()
    }

    async fn settle(
        &self,
        mail: MailId,
        attempts: u32,
        settlement: &Settlement,
        now: Instant,
    ) -> Result<(), StoreFailure> {
        let (id, now) = (mail.number(), now.millis());
        let attempts = i64::from(attempts);
        let statement = match settlement {
            Settlement::Sent => Statement::new(sql::MARK_SENT, [id.into(), now.into()]),
            Settlement::Kept => Statement::new(sql::MARK_KEPT, [id.into(), now.into()]),
            Settlement::Later { at, error } => {
                let values: [SqlValue; 4] = [
                    id.into(),
                    attempts.into(),
                    at.millis().into(),
                    error.as_str().into(),
                ];
                Statement::new(sql::MARK_LATER, values)
            }
            Settlement::GivenUp { error } => {
                let values: [SqlValue; 4] = [
                    id.into(),
                    attempts.into(),
                    now.into(),
                    error.as_str().into(),
                ];
                Statement::new(sql::MARK_GIVEN_UP, values)
            }
        };
        self.rows(statement).await.map(drop)
    }

    async fn latest_mails(&self, limit: u32) -> Result<Vec<OutboxEntry>, StoreFailure> {
        let statement = Statement::new(sql::LATEST_MAILS, [i64::from(limit).into()]);
        self.rows(statement)
            .await?
            .into_iter()
            .map(|row| row.read::<MailRow>()?.into_entry())
            .collect()
    }

    async fn mail(&self, mail: MailId) -> Result<Option<OutboxEntry>, StoreFailure> {
        let statement = Statement::new(sql::MAIL, [mail.number().into()]);
        match self.last_row(vec![statement]).await? {
            Some(row) => row.read::<MailRow>()?.into_entry().map(Some),
            None => Ok(None),
        }
    }

    async fn purge_mails(&self, before: Instant) -> Result<(), StoreFailure> {
        let old = Statement::new(
            sql::PURGE_MAILS,
            [before.millis().into(), PURGED_AT_A_TIME.into()],
        );
        let of_nobody = Statement::new(sql::PURGE_MAILS_OF_NOBODY, []);
        self.database.batch(vec![old, of_nobody]).await?;
        Ok(())
    }
}

impl<D: Database> SqlStore<D> {
    async fn rows(&self, statement: Statement) -> Result<Vec<Row>, StoreFailure> {
        let answers = self.database.batch(vec![statement]).await?;
        Ok(answers.into_iter().next().unwrap_or_default())
    }
}

/// A row of `outbox`.
#[derive(Debug, Deserialize)]
struct MailRow {
    id: i64,
    mail: String,
    language: String,
    address: String,
    token: Option<String>,
    name: Option<String>,
    device: Option<String>,
    country: Option<String>,
    about_address: Option<String>,
    product: Option<String>,
    amount: Option<i64>,
    ends_at: Option<i64>,
    reason: Option<String>,
    created_at: i64,
    deadline: i64,
    attempts: u32,
    next_attempt_at: i64,
    sent_at: Option<i64>,
    given_up_at: Option<i64>,
    last_error: Option<String>,
}

impl MailRow {
    fn into_entry(self) -> Result<OutboxEntry, StoreFailure> {
        let id = self.id;
        let unreadable =
            |column: &str| StoreFailure(format!("outbox.{column} of mail {id} cannot be read"));
        let token = self
            .token
            .as_deref()
            .map(OneTimeToken::parse)
            .transpose()
            .map_err(|_| unreadable("token"))?;
        let mail = Mail {
            id: MailId::new(id),
            name: self.mail.parse().map_err(|_| unreadable("mail"))?,
            language: self.language.parse().map_err(|_| unreadable("language"))?,
            to: self.address,
            token,
            person: self.name,
            device: self.device,
            country: self.country,
            about: self.about_address,
            facts: MailFacts {
                product: self.product,
                amount: self.amount.map(Kopecks::new),
                ends_at: self.ends_at.map(Instant::from_millis),
                reason: self.reason,
            },
            created_at: Instant::from_millis(self.created_at),
            deadline: Instant::from_millis(self.deadline),
            attempts: self.attempts,
        };
        let state = match (self.sent_at, self.given_up_at) {
            (Some(at), _) => MailState::Sent {
                at: Instant::from_millis(at),
            },
            (None, Some(at)) => MailState::GivenUp {
                at: Instant::from_millis(at),
            },
            (None, None) => MailState::Waiting {
                next_attempt_at: Instant::from_millis(self.next_attempt_at),
            },
        };
        Ok(OutboxEntry {
            mail,
            state,
            last_error: self.last_error,
        })
    }
}
