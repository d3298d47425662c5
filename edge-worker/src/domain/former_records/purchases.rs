//! What the predecessor's clients ordered, and what became of the money.

use super::catalogue::read_address;
use super::{Columns, Contradiction, ReadRecord, RecordRefused, uuid_key};
use crate::domain::dump::Record;
use crate::domain::identifiers::{OrderId, PaymentId, ProductId};
use crate::domain::money::Kopecks;
use crate::domain::payment::{PaymentSource, PaymentStatus};
use crate::domain::time::Instant;
use crate::domain::user::ReferralCode;
use crate::domain::web_address::WebAddress;

/// What an order of the predecessor's says of its money; it used the bank's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OrderStatus {
    /// It came.
    Paid,
    /// It came, and all of it was given back.
    Refunded,
    /// It came, and a part of it was given back.
    PartlyRefunded,
    /// It is held at the bank.
    Held,
    /// Nothing is known yet.
    UnderWay,
    /// It did not come, and will not.
    Ended,
}

impl OrderStatus {
    /// Reads the bank's word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "CONFIRMED" => Self::Paid,
            "REFUNDED" => Self::Refunded,
            "PARTIAL_REFUNDED" | "REFUNDING" => Self::PartlyRefunded,
            "AUTHORIZED" | "REVERSING" | "PARTIAL_REVERSED" => Self::Held,
            "NEW" | "FORM_SHOWED" | "PREAUTHORIZING" | "AUTHORIZING" | "3DS_CHECKING"
            | "3DS_CHECKED" => Self::UnderWay,
            // The last two are none of the choices, but the predecessor's code wrote them.
            "DEADLINE_EXPIRED" | "CANCELED" | "AUTH_FAIL" | "REJECTED" | "REVERSED"
            | "CANCELLED" | "DECLINED" => Self::Ended,
            _ => return None,
        })
    }

    /// Whether money came, whatever became of it later.
    #[must_use]
    pub const fn is_paid(self) -> bool {
        matches!(self, Self::Paid | Self::Refunded | Self::PartlyRefunded)
    }
}

/// An order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerOrder {
    /// Its name for programs.
    pub id: OrderId,
    /// Its name for people and the bank.
    pub number: String,
    /// Who ordered, by the predecessor's number.
    pub user: Option<i64>,
    /// What; `None` when the product is gone.
    pub product: Option<ProductId>,
    /// What it costs.
    pub amount: Kopecks,
    /// How far it is.
    pub status: OrderStatus,
    /// Who was to pay: name, address, phone.
    pub customer: [Option<String>; 3],
    /// The code of the link by which they came.
    pub referral_code: Option<ReferralCode>,
    /// Who brought the order, by the predecessor's number.
    pub referred_by: Option<i64>,
    /// Whether it was for trying a card, and not for anything that is sold.
    pub is_card_trial: bool,
    /// When it was made.
    pub created_at: Instant,
    /// When it was changed last.
    pub updated_at: Instant,
}

impl FormerOrder {
    /// Reads a row.
    pub fn read(record: &Record) -> ReadRecord<Self> {
        let columns = Columns::of(record);
        let (created_at, updated_at) = columns.dates()?;
        columns.check_currency()?;
        let owned = |name, max| Ok::<_, RecordRefused>(columns.line(name, max)?.map(str::to_owned));
        let order = Self {
            id: uuid_key(record)?,
            number: columns.required_line("order_id", 255)?.to_owned(),
            user: columns.number("user")?,
            product: columns.id("product")?,
            amount: columns.amount("amount")?,
            status: OrderStatus::of_word(columns.required_line("status", 50)?)
                .ok_or(RecordRefused::UnknownWord("status"))?,
            customer: [
                owned("customer_name", 255)?,
                owned("customer_email", 254)?,
                owned("customer_phone", 50)?,
            ],
            referral_code: columns
                .line("referral_code", 50)?
                .and_then(ReferralCode::parse),
            referred_by: columns.number("referred_by")?,
            is_card_trial: columns.flag("is_card_binding")?.unwrap_or(false),
            created_at,
            updated_at,
        };
        Ok((order, Vec::new()))
    }

    /// Which of its payments settled the order; nothing if it was not paid. The bank's last word stands on the order; the
    /// predecessor called a payment that was given back a failed one.
    pub fn settling(&self, payments: &[&FormerPayment]) -> Result<Option<usize>, Contradiction> {
        let with = |status: PaymentStatus| -> Vec<usize> {
            let indices = payments.iter().enumerate();
            let mut indices: Vec<_> = indices
                .filter(|(_, payment)| payment.status == status)
                .map(|(index, payment)| (payment.created_at, index))
                .collect();
            indices.sort_unstable();
            indices.into_iter().map(|(_, index)| index).collect()
        };
        let (came, failed, back) = (
            with(PaymentStatus::Success),
            with(PaymentStatus::Failed),
            with(PaymentStatus::Refunded),
        );
        if !self.status.is_paid() {
            return if came.is_empty() && back.is_empty() {
                Ok(None)
            } else {
                Err(Contradiction::OrderAndPaymentDisagree)
            };
        }
        if payments.is_empty() {
            return Err(Contradiction::PaidByNothing);
        }
        let settling = match (
            self.status,
            came.as_slice(),
            failed.as_slice(),
            back.as_slice(),
        ) {
            (OrderStatus::Paid | OrderStatus::PartlyRefunded, [first, ..], _, []) => Some(*first),
            (OrderStatus::Refunded, [], _, [only])
            | (OrderStatus::Refunded | OrderStatus::PartlyRefunded, [], [only], []) => Some(*only),
            _ => None,
        };
        settling
            .map(Some)
            .ok_or(Contradiction::OrderAndPaymentDisagree)
    }
}

/// A payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerPayment {
    /// Its name.
    pub id: PaymentId,
    /// Which order it was for.
    pub order: OrderId,
    /// Who paid, by the predecessor's number.
    pub user: Option<i64>,
    /// How much.
    pub amount: Kopecks,
    /// What became of it, as far as the predecessor knew.
    pub status: PaymentStatus,
    /// How.
    pub source: PaymentSource,
    /// What the bank calls it.
    pub reference: Option<String>,
    /// Why it failed.
    pub failure_reason: Option<String>,
    /// The receipt.
    pub receipt: Option<WebAddress>,
    /// Whether it was for trying a card.
    pub is_card_trial: bool,
    /// When it was made.
    pub created_at: Instant,
    /// When it was changed last.
    pub updated_at: Instant,
}

impl FormerPayment {
    /// Reads a row.
    pub fn read(record: &Record) -> ReadRecord<Self> {
        let columns = Columns::of(record);
        let mut notes = Vec::new();
        let (created_at, updated_at) = columns.dates()?;
        columns.check_currency()?;
        let source = match columns.required_line("method", 20)? {
            "card" => PaymentSource::Card,
            "mit" => PaymentSource::SavedCard,
            "rko" => PaymentSource::CurrentAccount,
            _ => return Err(RecordRefused::UnknownWord("method")),
        };
        let reason = columns.0.text("failure_reason", 10_000)?;
        let payment = Self {
            id: uuid_key(record)?,
            order: columns.required_id("order")?,
            user: columns.number("user")?,
            amount: columns.amount("amount")?,
            status: columns
                .required_line("status", 20)?
                .parse()
                .map_err(|_| RecordRefused::UnknownWord("status"))?,
            source,
            reference: columns.line("provider_ref", 255)?.map(str::to_owned),
            failure_reason: reason.map(one_line),
            receipt: read_address(columns.line("receipt_url", 2_000)?, &mut notes),
            is_card_trial: columns.line("purpose", 50)? == Some("card_binding"),
            created_at,
            updated_at,
        };
        Ok((payment, notes))
    }

    /// Whether money came by it, as far as the predecessor knew.
    #[must_use]
    pub const fn is_paid(&self) -> bool {
        matches!(
            self.status,
            PaymentStatus::Success | PaymentStatus::Refunded
        )
    }
}

/// What a bank said, as one line that a table can show.
fn one_line(text: &str) -> String {
    const MAX_CHARS: usize = 500;
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .filter(|character| !character.is_control())
        .take(MAX_CHARS)
        .collect()
}
