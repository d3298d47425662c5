//! The predecessor's partner programme.

use uuid::Uuid;

use super::{Columns, ReadRecord, RecordNote, RecordRefused, plain_uuid, uuid_key};
use crate::domain::commission::RateBp;
use crate::domain::dump::Record;
use crate::domain::identifiers::{OrderId, PayoutId};
use crate::domain::money::Kopecks;
use crate::domain::time::Instant;
use crate::domain::word::words;

words! {
    /// The predecessor's words for payouts and, without much meaning, for commissions.
    PayoutStatus {
        /// Asked for.
        Pending = "pending",
        /// Somebody is paying it.
        Processing = "processing",
        /// Paid.
        Paid = "paid",
        /// The bank could not pay.
        Failed = "failed",
        /// Refused.
        Cancelled = "cancelled",
    }
}

/// That somebody brought somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerReferral {
    /// Its name.
    pub id: Uuid,
    /// Who brought them, by the predecessor's number.
    pub partner: i64,
    /// Who came, by the predecessor's number.
    pub came: i64,
    /// Whether an operator has ended it.
    pub is_cancelled: bool,
    /// Since when.
    pub created_at: Instant,
}

impl FormerReferral {
    /// Reads a row.
    pub fn read(record: &Record) -> ReadRecord<Self> {
        let columns = Columns::of(record);
        let (created_at, _) = columns.dates()?;
        let is_cancelled = match columns.required_line("status", 20)? {
            "pending" | "active" | "inactive" => false,
            "cancelled" => true,
            _ => return Err(RecordRefused::UnknownWord("status")),
        };
        let referral = Self {
            id: record
                .key
                .as_str()
                .and_then(plain_uuid)
                .ok_or(RecordRefused::NoKey)?,
            partner: columns.required_number("referrer")?,
            came: columns.required_number("referred_user")?,
            is_cancelled,
            created_at,
        };
        Ok((referral, Vec::new()))
    }
}

/// What an order brought to a partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerCommission {
    /// Its name.
    pub id: Uuid,
    /// By which binding.
    pub referral: Uuid,
    /// By which order.
    pub order: OrderId,
    /// What was ordered for.
    pub base: Kopecks,
    /// Which share of it.
    pub rate: RateBp,
    /// How much that is, by the predecessor's reckoning.
    pub amount: Kopecks,
    /// What became of it.
    pub status: PayoutStatus,
    /// Since when.
    pub created_at: Instant,
}

impl FormerCommission {
    /// Reads a row.
    pub fn read(record: &Record) -> ReadRecord<Self> {
        let columns = Columns::of(record);
        let (created_at, _) = columns.dates()?;
        // A rate has two decimals as money has: per cent and its hundredths.
        let rate = columns.required_money("commission_rate")?;
        let rate = u16::try_from(rate.number()).ok().and_then(RateBp::new);
        let referral = columns.required_line("referral", 36)?;
        let commission = Self {
            id: record
                .key
                .as_str()
                .and_then(plain_uuid)
                .ok_or(RecordRefused::NoKey)?,
            referral: plain_uuid(referral).ok_or(RecordRefused::Unfit("referral"))?,
            order: columns.required_id("order")?,
            base: columns.amount("amount")?,
            rate: rate.ok_or(RecordRefused::AmountOutOfBounds("commission_rate"))?,
            amount: columns.required_money("commission_amount")?,
            status: read_status(&columns)?,
            created_at,
        };
        Ok((commission, Vec::new()))
    }

    /// Whether anything is due to the partner for it.
    #[must_use]
    pub const fn is_due(&self) -> bool {
        !matches!(self.status, PayoutStatus::Failed | PayoutStatus::Cancelled)
    }
}

/// What a partner asked for, and what became of it. Where the money went the predecessor did not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerPayout {
    /// Its name.
    pub id: PayoutId,
    /// Whose, by the predecessor's number.
    pub partner: i64,
    /// How much; the predecessor let partners ask for less than nothing.
    pub amount: Kopecks,
    /// How far it is.
    pub status: PayoutStatus,
    /// What the bank calls it.
    pub reference: Option<String>,
    /// What staff wrote, for the partner to read.
    pub notes: Option<String>,
    /// When it was asked for.
    pub requested_at: Instant,
    /// When it came to its end, as far as somebody wrote that down.
    pub settled_at: Instant,
}

impl FormerPayout {
    /// Reads a row.
    pub fn read(record: &Record) -> ReadRecord<Self> {
        let columns = Columns::of(record);
        let (requested_at, updated_at) = columns.dates()?;
        columns.check_currency()?;
        let amount = columns.required_money("amount")?;
        if amount.number() > super::MAX_AMOUNT {
            return Err(RecordRefused::AmountOutOfBounds("amount"));
        }
        let mut notes = Vec::new();
        let (status, reference) = (
            read_status(&columns)?,
            columns.line("payment_ref", 255)?.map(str::to_owned),
        );
        if status == PayoutStatus::Paid && reference.is_none() {
            notes.push(RecordNote::PayoutWithoutReference);
        }
        let said = columns.0.text("notes", 100_000)?;
        let payout = Self {
            id: uuid_key(record)?,
            partner: columns.required_number("referrer")?,
            amount,
            status,
            reference,
            notes: said.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")),
            requested_at,
            settled_at: columns
                .instant("processed_at")?
                .unwrap_or(updated_at)
                .max(requested_at),
        };
        Ok((payout, notes))
    }

    /// Whether it has not come to an end.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        matches!(
            self.status,
            PayoutStatus::Pending | PayoutStatus::Processing
        )
    }
}

fn read_status(columns: &Columns<'_>) -> Result<PayoutStatus, RecordRefused> {
    columns
        .required_line("status", 20)?
        .parse()
        .map_err(|_| RecordRefused::UnknownWord("status"))
}
