//! A person takes their data along, or has them deleted (GDPR articles 15, 17 and 20; Russia's 152-FZ articles 14 and 21).

use super::App;
use super::authentication::Caller;
use super::credentials_change::checked;
use super::error::Error;
use super::ports::{ExportPart, Store};
use crate::domain::audit::{Actor, Event};
use crate::domain::language::Language;
use crate::domain::mail::MailName;
use crate::domain::secret::SecretText;
use crate::domain::time::Instant;

/// Everything that is kept about a person.
#[derive(Clone, Debug)]
pub struct Export {
    /// When it was put together.
    pub at: Instant,
    /// Its parts.
    pub parts: Vec<ExportPart>,
}

impl<S: Store> App<'_, S> {
    /// Everything that is kept about the caller.
    pub async fn export_own_data(&self, caller: &Caller) -> Result<Export, Error> {
        let audit = self
            .audit(Event::DataExported, Actor::Person)
            .about(caller.user.id);
        let parts = self.store.export_of(caller.user.id, &audit).await?;
        Ok(Export {
            at: audit.at,
            parts,
        })
    }

    /// Deletes the caller's data. It asks for the password: a session alone, found on a forgotten screen, is not enough.
    pub async fn delete_own_account(
        &self,
        caller: &Caller,
        password: &SecretText,
        language: Language,
    ) -> Result<(), Error> {
        let stored = self
            .check_password(caller, password, Event::AccountDeletionRefused)
            .await?;
        let farewell = self.new_mail(MailName::AccountDeleted, language);
        let audit = self
            .audit(Event::AccountDeleted, Actor::Person)
            .about(caller.user.id);
        let is_done = self
            .store
            .delete_account(checked(caller, &stored), &farewell, &audit)
            .await?;
        self.done_unless_changed_meanwhile(is_done)
    }
}
