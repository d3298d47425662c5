//! What the predecessor's clients had, how they paid for it, and what they agreed to.
//!
//! The predecessor wrote states by hand and by jobs that never ran; here states follow from dates. So a state is read into
//! dates, and where it says one thing and the dates another, somebody is told.

use std::fmt;
use std::time::Duration;

use super::catalogue::read_address;
use super::{Columns, Contradiction, ReadRecord, RecordNote, RecordRefused, uuid_key};
use crate::domain::calendar::{AnchorDay, Period};
use crate::domain::catalogue::PaidFor;
use crate::domain::device::Device;
use crate::domain::dump::Record;
use crate::domain::identifiers::{PaymentMethodId, ProductId, UserProductId};
use crate::domain::money::Kopecks;
use crate::domain::origin::ClientAddress;
use crate::domain::time::Instant;
use crate::domain::web_address::WebAddress;
use crate::domain::word::words;

words! {
    /// The predecessor's words for what a client has.
    HoldingStatus {
        /// It works.
        Active = "active",
        /// It has run out.
        Expired = "expired",
        /// It is being prepared, or waits to be paid for again.
        Pending = "pending",
        /// The client did not want it renewed.
        Cancelled = "cancelled",
    }
}

/// What a client has or had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerHolding {
    /// Its name.
    pub id: UserProductId,
    /// Whose, by the predecessor's number.
    pub user: i64,
    /// What.
    pub product: ProductId,
    /// What the predecessor called its state.
    pub status: HoldingStatus,
    /// When it began.
    pub starts_at: Option<Instant>,
    /// The end of what is paid.
    pub ends_at: Option<Instant>,
    /// What the next period costs.
    pub renewal_price: Option<Kopecks>,
    /// The client's own address of it.
    pub app_url: Option<WebAddress>,
    /// By which card it was to be renewed.
    pub method: Option<PaymentMethodId>,
    /// When the row was made.
    pub created_at: Instant,
    /// When it was changed last.
    pub updated_at: Instant,
}

/// The dates from which today's state follows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HoldingDates {
    /// When it begins; `None` while it is being prepared.
    pub starts_at: Option<Instant>,
    /// The end of what is paid.
    pub ends_at: Option<Instant>,
    /// When it was taken away.
    pub revoked_at: Option<Instant>,
    /// When the client asked not to renew it.
    pub cancelled_at: Option<Instant>,
}

impl FormerHolding {
    /// Reads a row.
    pub fn read(record: &Record) -> ReadRecord<Self> {
        let columns = Columns::of(record);
        let mut notes = Vec::new();
        let (created_at, updated_at) = columns.dates()?;
        let holding = Self {
            id: uuid_key(record)?,
            user: columns.required_number("user")?,
            product: columns.required_id("product")?,
            status: columns
                .required_line("status", 20)?
                .parse()
                .map_err(|_| RecordRefused::UnknownWord("status"))?,
            starts_at: columns.instant("start_date")?,
            ends_at: columns.instant("end_date")?,
            renewal_price: columns.price("renewal_price")?,
            app_url: read_address(columns.line("app_url", 2_000)?, &mut notes),
            method: columns.id("payment_method")?,
            created_at,
            updated_at,
        };
        Ok((holding, notes))
    }

    /// The dates, given how the product is paid for.
    pub fn dates(
        &self,
        paid_for: PaidFor,
        now: Instant,
    ) -> Result<(HoldingDates, Vec<RecordNote>), Contradiction> {
        if let (Some(start), Some(end)) = (self.starts_at, self.ends_at)
            && end < start
        {
            return Err(Contradiction::EndBeforeStart);
        }
        if self.status == HoldingStatus::Expired && self.ends_at.is_some_and(|end| end > now) {
            return Err(Contradiction::ExpiredBeforeItsEnd);
        }
        let mut notes = Vec::new();
        let dates = match paid_for {
            PaidFor::Once => self.dates_of_one_time(&mut notes)?,
            PaidFor::Every(_) => self.dates_of_subscription(now, &mut notes)?,
        };
        Ok((dates, notes))
    }

    /// The begin of the last period that was paid, and the day on which the next ones begin. The predecessor reckoned a month
    /// as 30 days and a year as 365, so the end decides the day.
    #[must_use]
    pub fn last_period(period: Period, start: Instant, end: Instant) -> (Instant, AnchorDay) {
        let days = match period {
            Period::Month => 30,
            Period::Year => 365,
        };
        let length = Duration::from_hours(days * 24);
        (end.minus(length).max(start), AnchorDay::of(end))
    }

    fn dates_of_one_time(
        &self,
        notes: &mut Vec<RecordNote>,
    ) -> Result<HoldingDates, Contradiction> {
        let revoked_at = match self.status {
            HoldingStatus::Pending => return Ok(self.no_dates(notes)),
            HoldingStatus::Active if self.ends_at.is_some() => {
                return Err(Contradiction::OneTimeWithEnd);
            }
            HoldingStatus::Active => None,
            HoldingStatus::Expired => Some(self.end_or_last_change(notes)),
            HoldingStatus::Cancelled => Some(self.updated_at),
        };
        Ok(HoldingDates {
            starts_at: Some(self.start_or_first_day(notes)),
            revoked_at,
            ..HoldingDates::default()
        })
    }

    fn dates_of_subscription(
        &self,
        now: Instant,
        notes: &mut Vec<RecordNote>,
    ) -> Result<HoldingDates, Contradiction> {
        let (starts_at, ends_at) = match (self.status, self.starts_at, self.ends_at) {
            (HoldingStatus::Pending, Some(start), Some(end)) => {
                if end > now {
                    notes.push(RecordNote::PendingAndRunning);
                }
                (start, end)
            }
            (HoldingStatus::Pending, ..) => return Ok(self.no_dates(notes)),
            (HoldingStatus::Active, _, None) => {
                return Err(Contradiction::SubscriptionWithoutEnd);
            }
            (HoldingStatus::Active | HoldingStatus::Expired | HoldingStatus::Cancelled, ..) => {
                let start = self.start_or_first_day(notes);
                (start, self.end_or_last_change(notes).max(start))
            }
        };
        let may_run = matches!(self.status, HoldingStatus::Active | HoldingStatus::Pending);
        if may_run && ends_at <= now {
            notes.push(RecordNote::RanOut);
        }
        Ok(HoldingDates {
            starts_at: Some(starts_at),
            ends_at: Some(ends_at),
            revoked_at: None,
            cancelled_at: (self.status == HoldingStatus::Cancelled).then_some(self.updated_at),
        })
    }

    fn no_dates(&self, notes: &mut Vec<RecordNote>) -> HoldingDates {
        if self.starts_at.is_some() || self.ends_at.is_some() {
            notes.push(RecordNote::DatesLeftOut);
        }
        HoldingDates::default()
    }

    fn start_or_first_day(&self, notes: &mut Vec<RecordNote>) -> Instant {
        self.starts_at.unwrap_or_else(|| {
            notes.push(RecordNote::BeginFromRow);
            self.ends_at
                .map_or(self.created_at, |end| self.created_at.min(end))
        })
    }

    fn end_or_last_change(&self, notes: &mut Vec<RecordNote>) -> Instant {
        self.ends_at.unwrap_or_else(|| {
            notes.push(RecordNote::EndFromRow);
            self.updated_at
        })
    }
}

/// A saved card.
#[derive(Clone, PartialEq, Eq)]
pub struct FormerMethod {
    /// Its name.
    pub id: PaymentMethodId,
    /// Whose, by the predecessor's number.
    pub user: i64,
    /// What the bank charges it by; shown to nobody.
    pub charge_id: String,
    /// What of the number may be seen.
    pub pan_mask: String,
    /// `MMYY`.
    pub expires: Option<String>,
    /// `Visa`.
    pub card_type: Option<String>,
    /// Whether it is charged first.
    pub is_default: bool,
    /// When it was revoked.
    pub revoked_at: Option<Instant>,
    /// When it was saved.
    pub created_at: Instant,
    /// When it was changed last.
    pub updated_at: Instant,
}

impl FormerMethod {
    /// Reads a row.
    pub fn read(record: &Record) -> ReadRecord<Self> {
        let columns = Columns::of(record);
        let mut notes = Vec::new();
        let (created_at, updated_at) = columns.dates()?;
        if !matches!(columns.line("provider", 50)?, None | Some("tbank")) {
            return Err(RecordRefused::UnknownWord("provider"));
        }
        let revoked_at = match columns.required_line("status", 20)? {
            "active" => None,
            "revoked" => Some(updated_at),
            "expired" => {
                notes.push(RecordNote::CardRevoked);
                Some(updated_at)
            }
            _ => return Err(RecordRefused::UnknownWord("status")),
        };
        let owned = |text: Option<&str>| text.map(str::to_owned);
        let method = Self {
            id: uuid_key(record)?,
            user: columns.required_number("user")?,
            charge_id: columns.required_line("rebill_id", 255)?.to_owned(),
            pan_mask: read_mask(columns.line("pan_mask", 40)?, &mut notes),
            expires: owned(columns.line("exp_date", 10)?),
            card_type: owned(columns.line("card_type", 50)?),
            is_default: columns.flag("is_default")?.unwrap_or(false) && revoked_at.is_none(),
            revoked_at,
            created_at,
            updated_at,
        };
        Ok((method, notes))
    }
}

/// The bank's name of the card is for the bank alone.
impl fmt::Debug for FormerMethod {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "FormerMethod({})", self.id)
    }
}

/// A whole card number is nothing that may be kept (PCI DSS 3.4.1).
fn read_mask(text: Option<&str>, notes: &mut Vec<RecordNote>) -> String {
    let text = text.unwrap_or_default();
    let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
    if digits.len() <= 10 {
        return text.to_owned();
    }
    notes.push(RecordNote::CardNumberMasked);
    let last: String = digits.iter().skip(digits.len().saturating_sub(4)).collect();
    format!("************{last}")
}

/// That somebody agreed to a version of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerAcceptance {
    /// Who, by the predecessor's number.
    pub user: i64,
    /// To what, by the predecessor's number.
    pub document: i64,
    /// To which version.
    pub version: i64,
    /// When.
    pub accepted_at: Instant,
    /// From where, as far as the predecessor could tell.
    pub network: Option<String>,
    /// With what.
    pub device: Option<String>,
}

impl FormerAcceptance {
    /// Reads a row.
    pub fn read(record: &Record) -> ReadRecord<Self> {
        let columns = Columns::of(record);
        let address = columns.line("ip_address", 64)?;
        let agent = columns.0.text("user_agent", 100_000)?;
        let acceptance = Self {
            user: columns.required_number("user")?,
            document: columns.required_number("document")?,
            version: columns.required_number("version")?,
            accepted_at: columns
                .instant("accepted_at")?
                .ok_or(RecordRefused::Missing("accepted_at"))?,
            network: address
                .and_then(|text| text.parse::<ClientAddress>().ok())
                .map(|address| address.network().to_string()),
            device: agent.and_then(|agent| Device::from_user_agent(agent).words()),
        };
        Ok((acceptance, Vec::new()))
    }
}
