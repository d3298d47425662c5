//! Operators take the whole database along, and fill an empty one with it.

use super::App;
use super::error::Error;
use super::ports::archive::NotFilled;
use super::ports::{Store, StoreFailure};
use crate::domain::archive::Archive;
use crate::domain::audit::{Actor, Event, OperatorName};

/// Why there is no archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotArchived {
    /// Something changed while the database was read: parts of it would not fit together.
    ChangedMeanwhile,
    /// The database could not be read.
    Failed(Error),
}

impl<S: Store> App<'_, S> {
    /// Everything that is in the database, as it was at one moment. The log says who took it.
    pub async fn export_database(&self, operator: &OperatorName) -> Result<Archive, NotArchived> {
        let audit = self.audit(Event::DatabaseExported, Actor::Operator(operator.clone()));
        let recorded = self.store.record(&audit).await;
        recorded.map_err(|failure| NotArchived::Failed(failure.into()))?;
        self.read_database().await
    }

    /// Fills an empty database with an archive, wholly or not at all, and answers whether what is there now is what was in
    /// the archive.
    pub async fn restore_database(
        &self,
        operator: &OperatorName,
        archive: &Archive,
    ) -> Result<bool, NotFilled> {
        let audit = self.audit(Event::DatabaseRestored, Actor::Operator(operator.clone()));
        self.store.fill(archive, &audit).await?;
        let Ok(mut restored) = self.read_database().await else {
            return Ok(false);
        };
        if let Some(entries) = restored.tables.get_mut("audit") {
            let _the_entry_of_this_restoration = entries.pop();
        }
        restored.tables.retain(|_, rows| !rows.is_empty());
        Ok(restored == *archive)
    }

    async fn read_database(&self) -> Result<Archive, NotArchived> {
        let failed = |failure: StoreFailure| NotArchived::Failed(failure.into());
        let mut page = self.store.archive_page(0).await.map_err(failed)?;
        let mut archive = page.archive;
        let stamp = page.stamp;
        for number in 1.. {
            if page.is_last {
                break;
            }
            page = self.store.archive_page(number).await.map_err(failed)?;
            if page.stamp != stamp {
                return Err(NotArchived::ChangedMeanwhile);
            }
            for (table, rows) in std::mem::take(&mut page.archive.tables) {
                archive.tables.entry(table).or_default().extend(rows);
            }
        }
        archive.tables.retain(|_, rows| !rows.is_empty());
        Ok(archive)
    }
}
