//! What operators need of the database to keep the catalogue: products and documents.

use super::StoreFailure;
use crate::domain::audit::AuditEntry;
use crate::domain::catalogue::{DocumentType, PaidFor, Slug};
use crate::domain::identifiers::ProductId;
use crate::domain::money::Kopecks;
use crate::domain::time::Instant;
use crate::domain::web_address::WebAddress;
use crate::domain::wording::{Prose, Title};

/// What an operator says about a product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductCard {
    /// Its name in addresses.
    pub slug: Slug,
    /// Its name in Russian.
    pub name_ru: Title,
    /// Its name in English.
    pub name_en: Title,
    /// What it is, in Russian.
    pub description_ru: Option<Prose>,
    /// What it is, in English.
    pub description_en: Option<Prose>,
    /// How it is paid for; never changes, because what clients have was bought so.
    pub paid_for: PaidFor,
    /// What it costs those who buy it from now on.
    pub price: Kopecks,
    /// Where it is used.
    pub app_url: Option<WebAddress>,
    /// Where it is managed.
    pub admin_url: Option<WebAddress>,
    /// The document that a subscriber agrees to.
    pub terms: Option<Slug>,
}

/// A product of the catalogue, as operators see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CatalogueProduct {
    /// Its id.
    pub id: ProductId,
    /// What operators have said about it.
    pub card: ProductCard,
    /// When it was added.
    pub created_at: Instant,
    /// When it was changed last.
    pub updated_at: Instant,
    /// Since when it is not sold.
    pub retired_at: Option<Instant>,
    /// How many clients may use it now.
    pub holders: i64,
}

/// Why the catalogue was not changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CatalogueRefused {
    /// Another product has the name already.
    SlugTaken,
    /// There is no such document.
    NoSuchTerms,
    /// Somebody else changed it meanwhile.
    ChangedMeanwhile,
    /// The store failed.
    Failure(StoreFailure),
}

/// A version of a document that is to be published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentDraft {
    /// Its name in addresses.
    pub slug: Slug,
    /// What it is for; of a document that exists already, what it was made for.
    pub document_type: DocumentType,
    /// Its title in Russian.
    pub title_ru: Title,
    /// Its title in English.
    pub title_en: Option<Title>,
    /// Where its text is.
    pub body: DocumentBody,
}

/// Where the text of a document is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DocumentBody {
    /// Here, in Markdown.
    Text {
        /// In Russian.
        ru: Prose,
        /// In English.
        en: Option<Prose>,
    },
    /// On a page.
    Page(WebAddress),
}

/// A document with its latest version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedDocument {
    /// What was published last.
    pub draft: DocumentDraft,
    /// The number of that version, from 1.
    pub version: i64,
    /// When it was published.
    pub published_at: Instant,
    /// How many people have accepted it.
    pub acceptances: i64,
}

/// The catalogue, as operators keep it. Each method is one round trip, and one transaction.
#[expect(
    async_fn_in_trait,
    reason = "a Worker has one thread; no future of ours is sent to another"
)]
pub trait CatalogueEditing {
    /// Every product, also those that are not sold any more.
    async fn products(&self, now: Instant) -> Result<Vec<CatalogueProduct>, StoreFailure>;

    /// Adds a product.
    async fn add_product(
        &self,
        id: ProductId,
        card: &ProductCard,
        audit: &AuditEntry,
    ) -> Result<(), CatalogueRefused>;

    /// Writes what is said about a product, and since when it is not sold; if it was changed since it was read, nothing happens.
    async fn edit_product(
        &self,
        product: &CatalogueProduct,
        audit: &AuditEntry,
    ) -> Result<(), CatalogueRefused>;

    /// Every document that people are asked to accept, with its latest version.
    async fn documents(&self) -> Result<Vec<PublishedDocument>, StoreFailure>;

    /// Publishes a version; the first one makes the document. If another version was published meanwhile, nothing happens.
    async fn publish_document(
        &self,
        draft: &DocumentDraft,
        version: i64,
        audit: &AuditEntry,
    ) -> Result<(), CatalogueRefused>;
}
