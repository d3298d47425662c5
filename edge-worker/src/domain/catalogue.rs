//! What is sold.

use std::fmt;

use super::calendar::Period;
use super::word::words;

words! {
    /// How a product is paid for.
    ProductKind {
        /// Once.
        OneTime = "one_time",
        /// Again and again.
        Subscription = "subscription",
    }
}

/// How a product is paid for, and a subscription for how long at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PaidFor {
    /// Once, for good.
    Once,
    /// For a period at a time.
    Every(Period),
}

impl PaidFor {
    /// Puts the two columns together; `None` when they contradict each other.
    #[must_use]
    pub const fn new(kind: ProductKind, period: Option<Period>) -> Option<Self> {
        match (kind, period) {
            (ProductKind::OneTime, None) => Some(Self::Once),
            (ProductKind::Subscription, Some(period)) => Some(Self::Every(period)),
            _ => None,
        }
    }

    /// The kind.
    #[must_use]
    pub const fn kind(self) -> ProductKind {
        match self {
            Self::Once => ProductKind::OneTime,
            Self::Every(_) => ProductKind::Subscription,
        }
    }

    /// The period of a subscription.
    #[must_use]
    pub const fn period(self) -> Option<Period> {
        match self {
            Self::Once => None,
            Self::Every(period) => Some(period),
        }
    }
}

/// The name of a product or a document in addresses: small Latin letters, digits and single dashes, 1 to 64 of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slug(String);

impl Slug {
    const MAX_BYTES: usize = 64;

    /// Reads a name; `None` when it has other signs.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_slug = text.len() <= Self::MAX_BYTES
            && text.split('-').all(|part| {
                !part.is_empty()
                    && part
                        .bytes()
                        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
            });
        is_slug.then(|| Self(text.to_owned()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

words! {
    /// What a document is for.
    DocumentType {
        /// How personal data is handled.
        Privacy = "privacy",
        /// The terms of the partner programme.
        AffiliateTerms = "affiliate_terms",
        /// The terms of the cabinet.
        CabinetTerms = "cabinet_terms",
        /// The terms of a subscription.
        SubscriptionTerms = "subscription_terms",
        /// Something else.
        Other = "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subscriptions_have_a_period_and_nothing_else_has() {
        for (kind, period, expected) in [
            (ProductKind::OneTime, None, Some(PaidFor::Once)),
            (ProductKind::OneTime, Some(Period::Month), None),
            (ProductKind::Subscription, None, None),
            (
                ProductKind::Subscription,
                Some(Period::Year),
                Some(PaidFor::Every(Period::Year)),
            ),
        ] {
            let paid_for = PaidFor::new(kind, period);
            assert_eq!(paid_for, expected);
            if let Some(paid_for) = paid_for {
                assert_eq!((paid_for.kind(), paid_for.period()), (kind, period));
            }
        }
    }

    #[test]
    fn a_name_in_addresses_has_no_other_signs() {
        for (text, is_slug) in [
            ("real-estate", true),
            ("crm2", true),
            (&"a".repeat(64), true),
            (&"a".repeat(65), false),
            ("", false),
            ("-a", false),
            ("a-", false),
            ("a--b", false),
            ("A", false),
            ("a b", false),
            ("a/b", false),
            ("приложение", false),
        ] {
            assert_eq!(Slug::parse(text).is_some(), is_slug, "{text}");
        }
    }
}
