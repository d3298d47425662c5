//! The predecessor's catalogue: what was sold, and what people agreed to.

use super::{Columns, ReadRecord, RecordNote, RecordRefused, uuid_key};
use crate::domain::calendar::Period;
use crate::domain::catalogue::{DocumentType, PaidFor, Slug};
use crate::domain::dump::Record;
use crate::domain::html_text::text_of;
use crate::domain::identifiers::ProductId;
use crate::domain::money::Kopecks;
use crate::domain::time::Instant;
use crate::domain::web_address::WebAddress;
use crate::domain::wording::{Prose, Title};

/// A document with the text of its latest version; the predecessor kept no other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerDocument {
    /// The predecessor's number.
    pub number: i64,
    /// Its name in addresses.
    pub slug: Slug,
    /// What it is for.
    pub document_type: DocumentType,
    /// Its title.
    pub title: Title,
    /// Its words; `None` when they are too long to be kept here.
    pub text: Option<Prose>,
    /// Which version that is.
    pub version: i64,
    /// Whether people were asked to accept it.
    pub is_in_use: bool,
    /// When the latest version was published.
    pub published_at: Instant,
    /// When it was changed last.
    pub updated_at: Instant,
}

impl FormerDocument {
    /// Reads a row.
    pub fn read(record: &Record) -> ReadRecord<Self> {
        let columns = Columns::of(record);
        let mut notes = Vec::new();
        let number = record
            .key
            .as_i64()
            .filter(|number| (1..1_000_000_000).contains(number))
            .ok_or(RecordRefused::NoKey)?;
        let updated_at = columns
            .instant("updated_at")?
            .ok_or(RecordRefused::Missing("updated_at"))?;
        let published_at = columns.instant("published_at")?;
        let written = columns.line("slug", 255)?.unwrap_or_default();
        // The predecessor's own documents were called as their types are: `cabinet_terms`.
        let slug = Slug::parse(&written.to_lowercase().replace('_', "-"));
        if slug.as_ref().map(Slug::as_str) != Some(written) {
            notes.push(RecordNote::SlugReplaced);
        }
        let title = columns.required_line("title", 500)?;
        let text = Self::text(&columns, &mut notes)?;
        let version = columns.number("version")?.unwrap_or(1);
        if !(1..=10_000).contains(&version) {
            return Err(RecordRefused::Unfit("version"));
        }
        let flag = |name| Ok::<_, RecordRefused>(columns.flag(name)?.unwrap_or(true));
        let document = Self {
            number,
            slug: slug
                .or_else(|| Slug::parse(&format!("document-{number}")))
                .ok_or(RecordRefused::NoKey)?,
            document_type: columns
                .required_line("document_type", 50)?
                .parse()
                .map_err(|_| RecordRefused::UnknownWord("document_type"))?,
            title: Title::parse(title).map_err(|_| RecordRefused::Unfit("title"))?,
            text,
            version,
            is_in_use: flag("is_active")? && flag("is_published")?,
            published_at: published_at.unwrap_or(updated_at),
            updated_at,
        };
        Ok((document, notes))
    }

    fn text(
        columns: &Columns<'_>,
        notes: &mut Vec<RecordNote>,
    ) -> Result<Option<Prose>, RecordRefused> {
        const MAX_CHARS: usize = 10_000_000;
        let plain = columns.0.text("content_text", MAX_CHARS)?;
        let html = columns.0.text("content", MAX_CHARS)?;
        let words = match (plain, html) {
            (Some(plain), _) => plain.to_owned(),
            (None, Some(html)) => text_of(html),
            (None, None) => return Err(RecordRefused::Missing("content")),
        };
        let text = Prose::parse(&words).ok();
        if text.is_none() {
            notes.push(RecordNote::DocumentTextTooLong);
        }
        Ok(text)
    }
}

/// A product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormerProduct {
    /// Its name for programs.
    pub id: ProductId,
    /// Its name in addresses.
    pub slug: Slug,
    /// Its name for people, in whatever language it was written.
    pub name: Title,
    /// What it is.
    pub description: Option<Prose>,
    /// How it is paid for.
    pub paid_for: PaidFor,
    /// What it costs.
    pub price: Kopecks,
    /// The predecessor's number of what a subscriber agrees to.
    pub terms: Option<i64>,
    /// Where it is managed.
    pub admin_url: Option<WebAddress>,
    /// Whether it was sold.
    pub is_on_sale: bool,
    /// When it was added.
    pub created_at: Instant,
    /// When it was changed last.
    pub updated_at: Instant,
}

impl FormerProduct {
    /// Reads a row.
    pub fn read(record: &Record) -> ReadRecord<Self> {
        let columns = Columns::of(record);
        let mut notes = Vec::new();
        let id = uuid_key(record)?;
        let (created_at, updated_at) = columns.dates()?;
        columns.check_currency()?;
        let name = columns.required_line("name", 255)?;
        let description = columns
            .0
            .text("description", 1_000_000)?
            .map(Prose::parse)
            .transpose()
            .unwrap_or_else(|_| {
                notes.push(RecordNote::DescriptionLeftOut);
                None
            });
        let product = Self {
            id,
            slug: Slug::parse(columns.required_line("slug", 255)?)
                .ok_or(RecordRefused::Unfit("slug"))?,
            name: Title::parse(name).map_err(|_| RecordRefused::Unfit("name"))?,
            description,
            paid_for: read_paid_for(&columns, &mut notes)?,
            price: columns
                .price("price")?
                .ok_or(RecordRefused::Missing("price"))?,
            terms: columns.number("subscription_terms")?,
            admin_url: read_address(columns.line("admin_url", 500)?, &mut notes),
            is_on_sale: columns.flag("is_active")?.unwrap_or(true),
            created_at,
            updated_at,
        };
        Ok((product, notes))
    }
}

/// An address that clients may follow; `None` for any other.
pub(super) fn read_address(text: Option<&str>, notes: &mut Vec<RecordNote>) -> Option<WebAddress> {
    let address = WebAddress::parse(text?);
    if address.is_err() {
        notes.push(RecordNote::AddressLeftOut);
    }
    address.ok()
}

fn read_paid_for(
    columns: &Columns<'_>,
    notes: &mut Vec<RecordNote>,
) -> Result<PaidFor, RecordRefused> {
    let period = columns.line("subscription_period", 50)?;
    match columns.required_line("product_type", 50)? {
        "one_time" => {
            if period.is_some() {
                notes.push(RecordNote::PeriodLeftOut);
            }
            Ok(PaidFor::Once)
        }
        "subscription" => match period.ok_or(RecordRefused::Missing("subscription_period"))? {
            "monthly" => Ok(PaidFor::Every(Period::Month)),
            "yearly" => Ok(PaidFor::Every(Period::Year)),
            _ => Err(RecordRefused::UnknownWord("subscription_period")),
        },
        _ => Err(RecordRefused::UnknownWord("product_type")),
    }
}
