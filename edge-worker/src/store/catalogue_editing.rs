//! The catalogue as operators keep it.

use std::str::FromStr;

use serde::Deserialize;

use super::accounts::SqlStore;
use super::audit::record;
use super::sql::catalogue_editing as sql;
use super::statement::{Database, DatabaseError, Row, SqlValue, Statement};
use crate::app::ports::StoreFailure;
use crate::app::ports::catalogue_editing::{
    CatalogueEditing, CatalogueProduct, CatalogueRefused, DocumentBody, DocumentDraft, ProductCard,
    PublishedDocument,
};
use crate::domain::audit::AuditEntry;
use crate::domain::calendar::Period;
use crate::domain::catalogue::{PaidFor, Slug};
use crate::domain::identifiers::ProductId;
use crate::domain::money::Kopecks;
use crate::domain::time::Instant;
use crate::domain::web_address::WebAddress;
use crate::domain::wording::{Prose, Title};

impl<D: Database> CatalogueEditing for SqlStore<D> {
    async fn products(&self, now: Instant) -> Result<Vec<CatalogueProduct>, StoreFailure> {
        let statement = Statement::new(sql::PRODUCTS, [now.millis().into()]);
        self.rows_of(statement, |row| row.read::<ProductRow>()?.into_product())
            .await
    }

    async fn add_product(
        &self,
        id: ProductId,
        card: &ProductCard,
        audit: &AuditEntry,
    ) -> Result<(), CatalogueRefused> {
        let [name_ru, name_en, description_ru, description_en] = words(card);
        let [app_url, admin_url] = addresses(card);
        let values: [SqlValue; 13] = [
            id.to_string().into(),
            card.slug.as_str().into(),
            name_ru,
            name_en,
            description_ru,
            description_en,
            card.paid_for.kind().as_str().into(),
            card.paid_for.period().map(Period::as_str).into(),
            card.price.number().into(),
            app_url,
            admin_url,
            card.terms.as_ref().map(Slug::as_str).into(),
            audit.at.millis().into(),
        ];
        let statements = vec![
            guard_terms(card),
            Statement::new(sql::ADD_PRODUCT, values),
            record(audit),
        ];
        self.change_catalogue(statements, CatalogueRefused::NoSuchTerms)
            .await
    }

    async fn edit_product(
        &self,
        product: &CatalogueProduct,
        audit: &AuditEntry,
    ) -> Result<(), CatalogueRefused> {
        let card = &product.card;
        let [name_ru, name_en, description_ru, description_en] = words(card);
        let [app_url, admin_url] = addresses(card);
        let id = || SqlValue::from(product.id.to_string());
        let values: [SqlValue; 12] = [
            id(),
            card.slug.as_str().into(),
            name_ru,
            name_en,
            description_ru,
            description_en,
            card.price.number().into(),
            app_url,
            admin_url,
            card.terms.as_ref().map(Slug::as_str).into(),
            product.retired_at.map(Instant::millis).into(),
            audit.at.millis().into(),
        ];
        // Documents are never deleted, so this may stand before the transaction, and say what is wrong.
        self.database
            .batch(vec![guard_terms(card)])
            .await
            .map_err(|error| refused(error, CatalogueRefused::NoSuchTerms))?;
        let as_read: [SqlValue; 2] = [id(), product.updated_at.millis().into()];
        let statements = vec![
            Statement::new(sql::GUARD_PRODUCT, as_read),
            Statement::new(sql::EDIT_PRODUCT, values),
            record(audit),
        ];
        self.change_catalogue(statements, CatalogueRefused::ChangedMeanwhile)
            .await
    }

    async fn documents(&self) -> Result<Vec<PublishedDocument>, StoreFailure> {
        let statement = Statement::new(sql::DOCUMENTS, []);
        self.rows_of(statement, |row| row.read::<DocumentRow>()?.into_document())
            .await
    }

    async fn publish_document(
        &self,
        draft: &DocumentDraft,
        version: i64,
        audit: &AuditEntry,
    ) -> Result<(), CatalogueRefused> {
        let slug = || SqlValue::from(draft.slug.as_str());
        let (text_ru, text_en, url) = match &draft.body {
            DocumentBody::Text { ru, en } => (Some(ru), en.as_ref(), None),
            DocumentBody::Page(url) => (None, None, Some(url)),
        };
        let now = audit.at.millis();
        let document_type = draft.document_type.as_str();
        let made: [SqlValue; 3] = [slug(), document_type.into(), now.into()];
        let next: [SqlValue; 3] = [slug(), document_type.into(), version.into()];
        let values: [SqlValue; 8] = [
            slug(),
            version.into(),
            draft.title_ru.as_str().into(),
            draft.title_en.as_ref().map(Title::as_str).into(),
            text_ru.map(Prose::as_str).into(),
            text_en.map(Prose::as_str).into(),
            url.map(WebAddress::as_str).into(),
            now.into(),
        ];
        let statements = vec![
            Statement::new(sql::ADD_DOCUMENT, made),
            Statement::new(sql::GUARD_VERSION, next),
            Statement::new(sql::ADD_VERSION, values),
            record(audit),
        ];
        self.change_catalogue(statements, CatalogueRefused::ChangedMeanwhile)
            .await
    }
}

impl<D: Database> SqlStore<D> {
    /// The rows of one statement, read.
    pub(super) async fn rows_of<T>(
        &self,
        statement: Statement,
        read: impl Fn(Row) -> Result<T, StoreFailure>,
    ) -> Result<Vec<T>, StoreFailure> {
        let mut answers = self.database.batch(vec![statement]).await?;
        let rows = answers.pop().unwrap_or_default();
        rows.into_iter().map(read).collect()
    }

    async fn change_catalogue(
        &self,
        statements: Vec<Statement>,
        if_guarded: CatalogueRefused,
    ) -> Result<(), CatalogueRefused> {
        match self.database.batch(statements).await {
            Ok(_) => Ok(()),
            Err(error) => Err(refused(error, if_guarded)),
        }
    }
}

fn refused(error: DatabaseError, if_guarded: CatalogueRefused) -> CatalogueRefused {
    if error.is_guarded() {
        if_guarded
    } else if error.is_taken("products.slug") {
        CatalogueRefused::SlugTaken
    } else {
        CatalogueRefused::Failure(error.into())
    }
}

fn guard_terms(card: &ProductCard) -> Statement {
    let terms = card.terms.as_ref().map(Slug::as_str);
    Statement::new(sql::GUARD_TERMS, [terms.into()])
}

fn words(card: &ProductCard) -> [SqlValue; 4] {
    [
        card.name_ru.as_str().into(),
        card.name_en.as_str().into(),
        card.description_ru.as_ref().map(Prose::as_str).into(),
        card.description_en.as_ref().map(Prose::as_str).into(),
    ]
}

fn addresses(card: &ProductCard) -> [SqlValue; 2] {
    [&card.app_url, &card.admin_url].map(|url| url.as_ref().map(WebAddress::as_str).into())
}

/// Reads a column that has passed a check on its way in; whatever does not is a failure with its name.
fn column<T, E>(read: Result<T, E>, name: &str) -> Result<T, StoreFailure> {
    read.map_err(|_| StoreFailure(format!("{name} cannot be read")))
}

fn word<T: FromStr>(text: &str, name: &str) -> Result<T, StoreFailure> {
    column(text.parse(), name)
}

fn slug(text: &str, name: &str) -> Result<Slug, StoreFailure> {
    column(Slug::parse(text).ok_or(()), name)
}

fn optional<T, E>(
    text: Option<&str>,
    read: impl Fn(&str) -> Result<T, E>,
    name: &str,
) -> Result<Option<T>, StoreFailure> {
    column(text.map(read).transpose(), name)
}

/// A row of `products` with the name of its terms.
#[derive(Deserialize)]
struct ProductRow {
    id: String,
    slug: String,
    name_ru: String,
    name_en: String,
    description_ru: Option<String>,
    description_en: Option<String>,
    kind: String,
    period: Option<String>,
    price: i64,
    app_url: Option<String>,
    admin_url: Option<String>,
    terms: Option<String>,
    created_at: i64,
    updated_at: i64,
    retired_at: Option<i64>,
    holders: i64,
}

impl ProductRow {
    fn into_product(self) -> Result<CatalogueProduct, StoreFailure> {
        let kind = word(&self.kind, "products.kind")?;
        let period = optional(self.period.as_deref(), str::parse, "products.period")?;
        let terms = self.terms.as_deref();
        Ok(CatalogueProduct {
            id: word(&self.id, "products.id")?,
            card: ProductCard {
                slug: slug(&self.slug, "products.slug")?,
                name_ru: column(Title::parse(&self.name_ru), "products.name_ru")?,
                name_en: column(Title::parse(&self.name_en), "products.name_en")?,
                description_ru: optional(
                    self.description_ru.as_deref(),
                    Prose::parse,
                    "products.description_ru",
                )?,
                description_en: optional(
                    self.description_en.as_deref(),
                    Prose::parse,
                    "products.description_en",
                )?,
                paid_for: column(PaidFor::new(kind, period).ok_or(()), "products.period")?,
                price: Kopecks::new(self.price),
                app_url: optional(
                    self.app_url.as_deref(),
                    WebAddress::parse,
                    "products.app_url",
                )?,
                admin_url: optional(
                    self.admin_url.as_deref(),
                    WebAddress::parse,
                    "products.admin_url",
                )?,
                terms: terms.map(|text| slug(text, "documents.slug")).transpose()?,
            },
            created_at: Instant::from_millis(self.created_at),
            updated_at: Instant::from_millis(self.updated_at),
            retired_at: self.retired_at.map(Instant::from_millis),
            holders: self.holders,
        })
    }
}

/// A row of `documents` with its latest version.
#[derive(Deserialize)]
struct DocumentRow {
    slug: String,
    r#type: String,
    version: i64,
    title_ru: String,
    title_en: Option<String>,
    text_ru: Option<String>,
    text_en: Option<String>,
    url: Option<String>,
    published_at: i64,
    acceptances: i64,
}

impl DocumentRow {
    fn into_document(self) -> Result<PublishedDocument, StoreFailure> {
        let text_ru = optional(
            self.text_ru.as_deref(),
            Prose::parse,
            "document_versions.text_ru",
        )?;
        let url = optional(
            self.url.as_deref(),
            WebAddress::parse,
            "document_versions.url",
        )?;
        let body = match (text_ru, url) {
            (Some(ru), _) => DocumentBody::Text {
                ru,
                en: optional(
                    self.text_en.as_deref(),
                    Prose::parse,
                    "document_versions.text_en",
                )?,
            },
            (None, Some(url)) => DocumentBody::Page(url),
            (None, None) => return Err(StoreFailure("a document has no text".to_owned())),
        };
        Ok(PublishedDocument {
            draft: DocumentDraft {
                slug: slug(&self.slug, "documents.slug")?,
                document_type: word(&self.r#type, "documents.type")?,
                title_ru: column(Title::parse(&self.title_ru), "document_versions.title_ru")?,
                title_en: optional(
                    self.title_en.as_deref(),
                    Title::parse,
                    "document_versions.title_en",
                )?,
                body,
            },
            version: self.version,
            published_at: Instant::from_millis(self.published_at),
            acceptances: self.acceptances,
        })
    }
}
