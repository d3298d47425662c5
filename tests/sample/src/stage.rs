//! The cabinet in which the sample clients live, and what they can do there: each deed is a use case of the Worker.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Debug;

use anyhow::{Context, Result, anyhow, ensure};
use edge_worker::app::App;
use edge_worker::app::authentication::Caller;
use edge_worker::app::registration::Registration;
use edge_worker::app::upkeep;
use edge_worker::domain::archive::Archive;
use edge_worker::domain::audit::OperatorName;
use edge_worker::domain::email::Email;
use edge_worker::domain::identifiers::{SessionId, UserId};
use edge_worker::domain::language::Language;
use edge_worker::domain::link::LinkPurpose;
use edge_worker::domain::one_time_token::OneTimeToken;
use edge_worker::domain::origin::Origin;
use edge_worker::domain::password::{About, NewPassword};
use edge_worker::domain::person_name::PersonName;
use edge_worker::domain::phone::Phone;
use edge_worker::domain::time::Instant;
use edge_worker::domain::user::{ReferralCode, User};
use edge_worker::store::{Database as _, SqlStore, SqlValue, Statement};
use pollster::block_on;
use serde_json::Value;

use crate::PASSWORD;
use crate::sqlite::Memory;
use crate::world::{Dice, HandClock, Post, settings};

/// The address of somebody.
pub(crate) fn address(name: &str) -> String {
    format!("{name}@example.com")
}

/// Who works behind the counter.
pub(crate) fn operator() -> OperatorName {
    OperatorName::new("sample")
}

/// A cabinet with its world.
pub(crate) struct Stage {
    database: Memory,
    pub(crate) clock: HandClock,
    pub(crate) dice: Dice,
    people: RefCell<BTreeMap<String, User>>,
}

impl Stage {
    /// An empty cabinet.
    pub(crate) fn set(now: Instant) -> Result<Self> {
        Ok(Self {
            database: Memory::migrated()?,
            clock: HandClock::at(now),
            dice: Dice::default(),
            people: RefCell::default(),
        })
    }

    /// The Worker's application.
    pub(crate) fn app(&self) -> Result<App<'_, SqlStore<&Memory>>> {
        let store = SqlStore::new(&self.database);
        let (clock, dice) = (&self.clock, &self.dice);
        Ok(App::new(store, clock, dice, settings()?, Origin::default()))
    }

    /// Does what the service does every five minutes; once a day is enough here.
    pub(crate) fn upkeep_at(&self, now: Instant) -> Result<()> {
        self.clock.set(now);
        let store = SqlStore::new(&self.database);
        let mail = settings()?.mail;
        let report = block_on(upkeep::run(&store, &self.clock, &self.dice, &Post, &mail));
        ensure!(report.failures.is_empty(), "{:?}", report.failures);
        Ok(())
    }

    /// Everything that there is.
    pub(crate) fn archive(&self) -> Result<Archive> {
        block_on(self.app()?.export_database(&operator())).done("the database is read")
    }

    /// Somebody registers, perhaps by a partner's link, and confirms their address.
    pub(crate) fn register(&self, name: &str, full: &str, came_by: Option<&str>) -> Result<()> {
        let email = Email::parse(&address(name)).done("an address")?;
        // Seven digits of nobody's number.
        let digits = u64::from_le_bytes(self.dice.bytes()) % 10_000_000;
        let came_by = came_by.map(|partner| self.user(partner)).transpose()?;
        let registration = Registration {
            phone: Phone::parse(&format!("+7900{digits:07}")).done("a phone")?,
            password: NewPassword::choose(
                PASSWORD,
                self.app()?.password_policy(),
                &About::default(),
            )
            .done("a password")?,
            name: PersonName::parse(full).done("a name")?,
            came_by: came_by.and_then(|partner| ReferralCode::parse(&partner.referral_code)),
            terms_accepted: Some(true),
            human_token: None,
            email,
        };
        let app = self.app()?;
        let registered = block_on(app.register(registration, Language::Russian));
        let user = registered.done("somebody registers")?.user;
        self.people.borrow_mut().insert(name.to_owned(), user);
        Ok(())
    }

    /// Somebody follows the link of the mail that asks them to confirm their address.
    pub(crate) fn confirm_address(&self, name: &str) -> Result<()> {
        let token = self.ask(
            "SELECT token AS value FROM outbox WHERE user_id = ?1 AND mail = 'verify-email'",
            [self.user(name)?.id.number().into()],
        )?;
        let token = token.as_str().context("there is no mail")?;
        let token = OneTimeToken::parse(token).done("a token")?;
        let app = self.app()?;
        let link = block_on(app.find_link(&token, LinkPurpose::VerifyEmail)).done("a link")?;
        block_on(app.verify_email(&link)).done("an address is confirmed")
    }

    /// Somebody who has registered.
    pub(crate) fn user(&self, name: &str) -> Result<User> {
        let people = self.people.borrow();
        let found = people.get(name).cloned();
        found.with_context(|| format!("nobody is called {name}"))
    }

    /// Their number.
    pub(crate) fn id(&self, name: &str) -> Result<UserId> {
        self.user(name).map(|user| user.id)
    }

    /// Somebody at their cabinet.
    pub(crate) fn caller(&self, name: &str) -> Result<Caller> {
        Ok(Caller {
            user: self.user(name)?,
            session: SessionId::from_random(self.dice.bytes()),
        })
    }

    /// Writes rows that no use case makes.
    pub(crate) fn write(&self, sql: &'static str, values: impl Into<Vec<SqlValue>>) -> Result<()> {
        let statement = Statement::new(sql, values);
        let written = block_on((&self.database).batch(vec![statement]));
        written.map(drop).done("rows are written")
    }

    /// The column `value` of the first row of a query.
    pub(crate) fn ask(&self, sql: &'static str, values: impl Into<Vec<SqlValue>>) -> Result<Value> {
        let statement = Statement::new(sql, values);
        let mut answers = block_on((&self.database).batch(vec![statement])).done("a query")?;
        let row = answers.pop().and_then(|rows| rows.into_iter().next());
        let value = row.and_then(|row| row.0.get("value").cloned());
        value.with_context(|| format!("nothing is found by {sql}"))
    }
}

/// What a use case says when it refuses, as an error that names the deed.
pub(crate) trait Done<T> {
    /// The result of a deed that has to succeed.
    fn done(self, deed: &str) -> Result<T>;
}

impl<T, E: Debug> Done<T> for Result<T, E> {
    fn done(self, deed: &str) -> Result<T> {
        self.map_err(|refused| anyhow!("{deed}: {refused:?}"))
    }
}
