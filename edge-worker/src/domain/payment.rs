//! Payments: what became of them, and how the money came.

use super::word::words;

words! {
    /// What became of a payment; the predecessor's words.
    PaymentStatus {
        /// The bank has not said anything yet.
        Pending = "pending",
        /// The bank is at it.
        Processing = "processing",
        /// The money came. Part of it may have been given back.
        Success = "success",
        /// The bank refused.
        Failed = "failed",
        /// Nobody paid.
        Cancelled = "cancelled",
        /// All of it was given back.
        Refunded = "refunded",
    }
}

words! {
    /// How the money came.
    PaymentSource {
        /// By card, on the bank's page.
        Card = "card",
        /// From a card that the client had saved, without them (merchant initiated).
        SavedCard = "mit",
        /// From a current account, by a standing order.
        CurrentAccount = "rko",
        /// By an invoice.
        Invoice = "invoice",
        /// In cash.
        Cash = "cash",
        /// Otherwise.
        Other = "other",
    }
}
