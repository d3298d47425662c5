//! What a mail about products and money tells.

use crate::domain::money::Kopecks;
use crate::domain::time::Instant;

/// Facts that some mails tell; what a mail does not tell is missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailFacts {
    /// The product, in the mail's language.
    pub product: Option<String>,
    /// How much money.
    pub amount: Option<Kopecks>,
    /// Until when the product works; one that is missing has no end.
    pub ends_at: Option<Instant>,
    /// Why money did not come.
    pub reason: Option<String>,
}
