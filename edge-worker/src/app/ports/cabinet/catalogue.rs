//! What is sold, and what a client has of it, as a client sees it.

use super::documents::Document;
use crate::domain::access::{AccessDates, ProductState};
use crate::domain::catalogue::PaidFor;
use crate::domain::identifiers::{PaymentMethodId, ProductId, UserProductId};
use crate::domain::language::Language;
use crate::domain::money::Kopecks;
use crate::domain::time::Instant;

/// A product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Product {
    /// Its id.
    pub id: ProductId,
    /// Its name in addresses.
    pub slug: String,
    /// What it is called, in Russian and English.
    pub name: [String; 2],
    /// What it is, in Russian and English.
    pub description: [Option<String>; 2],
    /// How it is paid for.
    pub paid_for: PaidFor,
    /// What it costs.
    pub price: Kopecks,
    /// Where it is managed.
    pub admin_url: Option<String>,
    /// What a subscriber agrees to.
    pub terms: Option<Document>,
    /// When it came into the catalogue.
    pub created_at: Instant,
    /// When it was changed last.
    pub updated_at: Instant,
    /// Whether it is sold.
    pub is_on_sale: bool,
}

impl Product {
    /// What it is called.
    #[must_use]
    pub fn name_in(&self, language: Language) -> &str {
        let [russian, english] = &self.name;
        match language {
            Language::Russian => russian,
            Language::English => english,
        }
    }

    /// What it is; in Russian where there is no English.
    #[must_use]
    pub fn description_in(&self, language: Language) -> Option<&str> {
        let [russian, english] = &self.description;
        match language {
            Language::Russian => russian.as_deref(),
            Language::English => english.as_deref().or(russian.as_deref()),
        }
    }
}

/// The part of a client's product that is paid again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Renewal {
    /// What the next period costs.
    pub price: Kopecks,
    /// What it is charged to; nothing where an invoice is written.
    pub method: Option<PaymentMethodId>,
}

/// What a client has or had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientProduct {
    /// Its id; also that of its subscription.
    pub id: UserProductId,
    /// Of which product. Addresses of the client's own stand in it.
    pub product: Product,
    /// The dates that decide its state.
    pub dates: AccessDates,
    /// How it is renewed, if it is a subscription.
    pub renewal: Option<Renewal>,
    /// Where the client uses it.
    pub app_url: Option<String>,
    /// When the client got it.
    pub created_at: Instant,
    /// When it was changed last.
    pub updated_at: Instant,
}

impl ClientProduct {
    /// Whether the client uses a subscription at an instant.
    #[must_use]
    pub fn is_open_subscription_at(&self, now: Instant) -> bool {
        self.renewal.is_some() && self.dates.is_open_at(now)
    }

    /// Whether the client can ask at an instant not to have it renewed.
    #[must_use]
    pub fn can_be_cancelled_at(&self, now: Instant) -> bool {
        self.is_open_subscription_at(now) && self.dates.cancelled_at.is_none()
    }

    /// Whether the client can take that back at an instant.
    #[must_use]
    pub fn can_be_resumed_at(&self, now: Instant) -> bool {
        self.is_open_subscription_at(now) && self.dates.cancelled_at.is_some()
    }

    /// Whether another period can be ordered at an instant: also of what has run out, not of what was taken away.
    #[must_use]
    pub fn can_be_renewed_at(&self, now: Instant) -> bool {
        self.renewal
            .is_some_and(|renewal| renewal.price.is_positive())
            && self.dates.revoked_at.is_none()
            && self.dates.state_at(now) != ProductState::Pending
    }
}
