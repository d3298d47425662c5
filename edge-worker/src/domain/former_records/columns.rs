//! The fields of a row, read in the ways that rows of all tables need.

use std::str::FromStr;

use uuid::Uuid;

use super::{MAX_AMOUNT, RecordRefused};
use crate::domain::dump::Record;
use crate::domain::former_user::fields::Fields;
use crate::domain::identifiers::NotAnId;
use crate::domain::money::Kopecks;
use crate::domain::time::Instant;

/// Reads fields in the ways that rows of all tables need.
pub(super) struct Columns<'a>(pub(super) Fields<'a>);

impl<'a> Columns<'a> {
    pub(super) const fn of(record: &'a Record) -> Self {
        Self(Fields::of(&record.fields))
    }

    /// One line of at most so many characters.
    pub(super) fn line(
        &self,
        name: &'static str,
        max_chars: usize,
    ) -> Result<Option<&'a str>, RecordRefused> {
        match self.0.text(name, max_chars)? {
            Some(text) if text.contains(char::is_control) => Err(RecordRefused::Unfit(name)),
            text => Ok(text),
        }
    }

    pub(super) fn required_line(
        &self,
        name: &'static str,
        max_chars: usize,
    ) -> Result<&'a str, RecordRefused> {
        self.line(name, max_chars)?
            .ok_or(RecordRefused::Missing(name))
    }

    /// A UUID, as a type of ours.
    pub(super) fn id<T: FromStr<Err = NotAnId>>(
        &self,
        name: &'static str,
    ) -> Result<Option<T>, RecordRefused> {
        self.line(name, 36)?
            .map(|text| text.parse().map_err(|_| RecordRefused::Unfit(name)))
            .transpose()
    }

    pub(super) fn required_id<T: FromStr<Err = NotAnId>>(
        &self,
        name: &'static str,
    ) -> Result<T, RecordRefused> {
        self.id(name)?.ok_or(RecordRefused::Missing(name))
    }

    pub(super) fn number(&self, name: &'static str) -> Result<Option<i64>, RecordRefused> {
        Ok(self.0.number(name)?)
    }

    pub(super) fn required_number(&self, name: &'static str) -> Result<i64, RecordRefused> {
        self.number(name)?.ok_or(RecordRefused::Missing(name))
    }

    pub(super) fn flag(&self, name: &'static str) -> Result<Option<bool>, RecordRefused> {
        Ok(self.0.flag(name)?)
    }

    pub(super) fn instant(&self, name: &'static str) -> Result<Option<Instant>, RecordRefused> {
        Ok(self.0.instant(name)?)
    }

    /// When the row was made, and when it was changed last.
    pub(super) fn dates(&self) -> Result<(Instant, Instant), RecordRefused> {
        let created_at = self
            .instant("created_at")?
            .ok_or(RecordRefused::Missing("created_at"))?;
        let updated_at = self.instant("updated_at")?.unwrap_or(created_at);
        Ok((created_at, updated_at.max(created_at)))
    }

    /// A decimal number of roubles, as Django writes it: a text. It may be negative here.
    pub(super) fn money(&self, name: &'static str) -> Result<Option<Kopecks>, RecordRefused> {
        let Some(text) = self.line(name, 20)? else {
            return Ok(None);
        };
        let (is_negative, digits) = match text.strip_prefix('-') {
            Some(digits) => (true, digits),
            None => (false, text),
        };
        // A comma is no sign of Django's.
        let amount = Kopecks::parse(digits)
            .ok()
            .filter(|_| !digits.contains(','))
            .ok_or(RecordRefused::Unfit(name))?;
        Ok(Some(if is_negative {
            Kopecks::ZERO - amount
        } else {
            amount
        }))
    }

    pub(super) fn required_money(&self, name: &'static str) -> Result<Kopecks, RecordRefused> {
        self.money(name)?.ok_or(RecordRefused::Missing(name))
    }

    /// An amount above nothing and within bounds.
    pub(super) fn amount(&self, name: &'static str) -> Result<Kopecks, RecordRefused> {
        let amount = self.required_money(name)?;
        if !amount.is_positive() || amount.number() > MAX_AMOUNT {
            return Err(RecordRefused::AmountOutOfBounds(name));
        }
        Ok(amount)
    }

    /// A price: it may be nothing.
    pub(super) fn price(&self, name: &'static str) -> Result<Option<Kopecks>, RecordRefused> {
        match self.money(name)? {
            Some(price) if !(0..=MAX_AMOUNT).contains(&price.number()) => {
                Err(RecordRefused::AmountOutOfBounds(name))
            }
            price => Ok(price),
        }
    }

    /// Only roubles have come over so far.
    pub(super) fn check_currency(&self) -> Result<(), RecordRefused> {
        match self.line("currency", 10)? {
            None | Some("RUB") => Ok(()),
            Some(_) => Err(RecordRefused::OtherCurrency),
        }
    }
}

pub(super) fn uuid_key<T: FromStr<Err = NotAnId>>(record: &Record) -> Result<T, RecordRefused> {
    record
        .key
        .as_str()
        .and_then(|text| text.parse().ok())
        .ok_or(RecordRefused::NoKey)
}

pub(super) fn plain_uuid(text: &str) -> Option<Uuid> {
    Uuid::try_parse(text).ok()
}
