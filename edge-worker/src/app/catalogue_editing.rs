//! How operators keep the catalogue: products that are sold, documents that clients agree to.

use super::App;
use super::error::Error;
use super::ports::catalogue_editing::{
    CatalogueProduct, CatalogueRefused, DocumentDraft, ProductCard, PublishedDocument,
};
use super::ports::{Store, StoreFailure};
use crate::domain::audit::{Actor, Event, OperatorName};
use crate::domain::catalogue::Slug;
use crate::domain::identifiers::ProductId;

/// What became of a document that an operator wanted published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Publication {
    /// It is published under this number; whoever accepted an earlier version is asked again.
    Version(i64),
    /// The latest version, with this number, says the same: nothing was changed.
    SameAs(i64),
}

impl<S: Store> App<'_, S> {
    /// Every product, also those that are not sold any more, in the order in which they were added.
    pub async fn products(&self) -> Result<Vec<CatalogueProduct>, Error> {
        Ok(self.store.products(self.now()).await?)
    }

    /// The product with this name.
    pub async fn product(&self, slug: &Slug) -> Result<Option<CatalogueProduct>, Error> {
        let products = self.products().await?;
        Ok(products
            .into_iter()
            .find(|product| product.card.slug == *slug))
    }

    /// Adds a product; it is on sale at once.
    pub async fn add_product(
        &self,
        operator: &OperatorName,
        card: &ProductCard,
    ) -> Result<ProductId, CatalogueRefused> {
        let id = self.random().map(ProductId::from_random).map_err(failed)?;
        let audit = self
            .audit(Event::CatalogueChanged, Actor::Operator(operator.clone()))
            .with_detail("added")
            .on(&card.slug);
        self.store.add_product(id, card, &audit).await?;
        Ok(id)
    }

    /// Writes another card for a product that was read before. Who has it keeps it as it was bought.
    pub async fn edit_product(
        &self,
        operator: &OperatorName,
        product: &CatalogueProduct,
    ) -> Result<(), CatalogueRefused> {
        self.change_product(operator, product, "edited").await
    }

    /// Sells a product no more; who has it keeps it, and can renew it.
    pub async fn retire_product(
        &self,
        operator: &OperatorName,
        product: &CatalogueProduct,
    ) -> Result<(), CatalogueRefused> {
        let retired = CatalogueProduct {
            retired_at: Some(self.now()),
            ..product.clone()
        };
        self.change_product(operator, &retired, "retired").await
    }

    async fn change_product(
        &self,
        operator: &OperatorName,
        product: &CatalogueProduct,
        what: &'static str,
    ) -> Result<(), CatalogueRefused> {
        let audit = self
            .audit(Event::CatalogueChanged, Actor::Operator(operator.clone()))
            .with_detail(what)
            .on(&product.card.slug);
        self.store.edit_product(product, &audit).await
    }

    /// Every document that people are asked to accept.
    pub async fn documents(&self) -> Result<Vec<PublishedDocument>, Error> {
        Ok(self.store.documents().await?)
    }

    /// Publishes a version of a document unless the latest one says the same.
    pub async fn publish_document(
        &self,
        operator: &OperatorName,
        draft: &DocumentDraft,
    ) -> Result<Publication, CatalogueRefused> {
        let documents = self.store.documents().await?;
        let latest = documents
            .iter()
            .find(|document| document.draft.slug == draft.slug);
        if let Some(latest) = latest
            && latest.draft == *draft
        {
            return Ok(Publication::SameAs(latest.version));
        }
        let version = latest.map_or(1, |latest| latest.version.saturating_add(1));
        let audit = self
            .audit(Event::DocumentPublished, Actor::Operator(operator.clone()))
            .on(&draft.slug);
        self.store.publish_document(draft, version, &audit).await?;
        Ok(Publication::Version(version))
    }
}

impl From<StoreFailure> for CatalogueRefused {
    fn from(failure: StoreFailure) -> Self {
        Self::Failure(failure)
    }
}

fn failed(error: Error) -> CatalogueRefused {
    CatalogueRefused::Failure(StoreFailure(error.log))
}
