//! Rows of products.

use serde::Deserialize;

use super::documents::DocumentColumns;
use super::parse;
use crate::app::ports::StoreFailure;
use crate::app::ports::cabinet::{ClientProduct, Product, Renewal};
use crate::domain::access::AccessDates;
use crate::domain::catalogue::PaidFor;
use crate::domain::money::Kopecks;
use crate::domain::time::Instant;

#[derive(Deserialize)]
pub(super) struct ProductRow {
    product_id: String,
    slug: String,
    name_ru: String,
    name_en: String,
    description_ru: Option<String>,
    description_en: Option<String>,
    kind: String,
    period: Option<String>,
    price: i64,
    product_created_at: i64,
    product_updated_at: i64,
    product_retired_at: Option<i64>,
    product_admin_url: Option<String>,
    #[serde(flatten)]
    terms: DocumentColumns,
}

impl ProductRow {
    /// The product; the address of a client's own goes before the product's.
    pub(super) fn into_product(self, admin_url: Option<String>) -> Result<Product, StoreFailure> {
        let period = self.period.map(|period| parse("products.period", &period));
        let paid_for = PaidFor::new(parse("products.kind", &self.kind)?, period.transpose()?)
            .ok_or_else(|| StoreFailure("products.period cannot be read".to_owned()))?;
        Ok(Product {
            id: parse("products.id", &self.product_id)?,
            slug: self.slug,
            name: [self.name_ru, self.name_en],
            description: [self.description_ru, self.description_en],
            paid_for,
            price: Kopecks::new(self.price),
            admin_url: admin_url.or(self.product_admin_url),
            terms: self.terms.into_document()?,
            created_at: Instant::from_millis(self.product_created_at),
            updated_at: Instant::from_millis(self.product_updated_at),
            is_on_sale: self.product_retired_at.is_none(),
        })
    }
}

#[derive(Deserialize)]
pub(super) struct ClientProductRow {
    id: String,
    starts_at: Option<i64>,
    ends_at: Option<i64>,
    revoked_at: Option<i64>,
    cancelled_at: Option<i64>,
    renewal_price: Option<i64>,
    payment_method_id: Option<String>,
    app_url: Option<String>,
    admin_url: Option<String>,
    created_at: i64,
    updated_at: i64,
    #[serde(flatten)]
    product: ProductRow,
}

impl ClientProductRow {
    pub(super) fn into_product(self) -> Result<ClientProduct, StoreFailure> {
        let method = self.payment_method_id.as_deref();
        let method = method.map(|id| parse("subscriptions.payment_method_id", id));
        let method = method.transpose()?;
        let renewal = self.renewal_price.map(|price| Renewal {
            price: Kopecks::new(price),
            method,
        });
        Ok(ClientProduct {
            id: parse("user_products.id", &self.id)?,
            product: self.product.into_product(self.admin_url)?,
            dates: AccessDates {
                starts_at: self.starts_at.map(Instant::from_millis),
                ends_at: self.ends_at.map(Instant::from_millis),
                revoked_at: self.revoked_at.map(Instant::from_millis),
                cancelled_at: self.cancelled_at.map(Instant::from_millis),
            },
            renewal,
            app_url: self.app_url,
            created_at: Instant::from_millis(self.created_at),
            updated_at: Instant::from_millis(self.updated_at),
        })
    }
}
