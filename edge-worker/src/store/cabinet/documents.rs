//! Rows of documents and acceptances.

use serde::Deserialize;

use super::parse;
use crate::app::ports::StoreFailure;
use crate::app::ports::cabinet::{Acceptance, AcceptedVersion, Document};
use crate::domain::time::Instant;

/// A document in a row that may have none: then all of it is empty.
#[expect(
    clippy::struct_field_names,
    reason = "they are the names of the columns"
)]
#[derive(Deserialize)]
pub(super) struct DocumentColumns {
    document_id: Option<i64>,
    document_type: Option<String>,
    document_slug: Option<String>,
    document_version: Option<i64>,
    document_title_ru: Option<String>,
    document_title_en: Option<String>,
    document_text_ru: Option<String>,
    document_text_en: Option<String>,
    document_url: Option<String>,
    document_published_at: Option<i64>,
}

impl DocumentColumns {
    /// The document; `None` where the row has none, or one of which nothing was published yet.
    pub(super) fn into_document(self) -> Result<Option<Document>, StoreFailure> {
        let (Some(id), Some(version)) = (self.document_id, self.document_version) else {
            return Ok(None);
        };
        let kind = self.document_type.unwrap_or_default();
        Ok(Some(Document {
            id,
            kind: parse("documents.type", &kind)?,
            slug: self.document_slug.unwrap_or_default(),
            version,
            title: [self.document_title_ru, self.document_title_en],
            text: [self.document_text_ru, self.document_text_en],
            url: self.document_url,
            published_at: Instant::from_millis(self.document_published_at.unwrap_or_default()),
        }))
    }
}

#[derive(Deserialize)]
pub(super) struct AcceptedRow {
    document_id: i64,
    version: i64,
    accepted_at: i64,
}

impl AcceptedRow {
    pub(super) fn into_version(self) -> AcceptedVersion {
        AcceptedVersion {
            document: self.document_id,
            version: self.version,
            at: Instant::from_millis(self.accepted_at),
        }
    }
}

#[derive(Deserialize)]
pub(super) struct AcceptanceRow {
    #[serde(flatten)]
    document: DocumentColumns,
    accepted_at: Option<i64>,
    network: Option<String>,
}

impl AcceptanceRow {
    pub(super) fn into_acceptance(self) -> Result<Acceptance, StoreFailure> {
        let document = self
            .document
            .into_document()?
            .ok_or_else(|| StoreFailure("documents.id cannot be read".to_owned()))?;
        let accepted = self
            .accepted_at
            .map(|at| (Instant::from_millis(at), self.network));
        Ok(Acceptance { document, accepted })
    }
}
