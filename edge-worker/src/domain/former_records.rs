//! What the predecessor kept beside its people, read into today's terms: one row of a Django dump at a time.
//!
//! A row here says what its own fields say; whether it agrees with the rows it refers to is found out in `app/import`. How
//! each table comes over:
//!
//! | of the predecessor | here | its name here |
//! |---|---|---|
//! | `Document` (a number) | `documents`, a row of `document_versions` for each version up to its own | the number, plus [`DOCUMENT_NUMBERS`] |
//! | `DocumentAcceptance` | `acceptances` | person, document and version |
//! | `Product` | `products`; or the product here that has the same slug | the predecessor's UUID |
//! | `PaymentMethod` | `payment_methods`; `rebill_id` becomes `charge_id`, which nobody is shown | the predecessor's UUID |
//! | `UserProduct` | `user_products`, and `subscriptions` where it is one | the predecessor's UUID |
//! | `Order` | `orders`; `order_id` stays its number | the predecessor's UUID |
//! | `Payment` | `payments`, with its receipt and its refund | the predecessor's UUID |
//! | `Referral` | `referrals` and `users.referred_by` | the person who came |
//! | `ReferralCommission` | `commissions` with their transfers | the payment of the order |
//! | `ReferralPayout` | `payouts` with their transfers | the predecessor's UUID |
//!
//! Every name follows from the dump alone, so the same row is known again when it comes a second time.

mod access;
mod catalogue;
mod partners;
mod purchases;

use std::fmt;

use uuid::Uuid;

use super::dump::Record;
use super::former_user::RowRefused;
use super::former_user::fields::Fields;
use super::identifiers::NotAnId;
use super::money::Kopecks;
use super::time::Instant;

pub use access::{FormerAcceptance, FormerHolding, FormerMethod, HoldingDates, HoldingStatus};
pub use catalogue::{FormerDocument, FormerProduct};
pub use partners::{FormerCommission, FormerPayout, FormerReferral, PayoutStatus};
pub use purchases::{FormerOrder, FormerPayment, OrderStatus};

/// What is added to the predecessor's number of a document, so that it cannot be that of a document made here.
pub const DOCUMENT_NUMBERS: i64 = 1_000_000;

/// The largest amount that a row may have, in kopecks; the schema says the same.
const MAX_AMOUNT: i64 = 100_000_000_000;

/// A table of the predecessor's whose rows come over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FormerTable {
    /// What people agree to.
    Documents,
    /// That they agreed.
    Acceptances,
    /// What is sold.
    Products,
    /// How clients pay.
    PaymentMethods,
    /// What clients have.
    UserProducts,
    /// What clients ordered.
    Orders,
    /// What they paid.
    Payments,
    /// Who brought whom.
    Referrals,
    /// What that brought.
    Commissions,
    /// What of it was paid out.
    Payouts,
}

impl FormerTable {
    /// Every table, in the order in which rows can refer to earlier ones.
    pub const ALL: [Self; 10] = [
        Self::Documents,
        Self::Acceptances,
        Self::Products,
        Self::PaymentMethods,
        Self::UserProducts,
        Self::Orders,
        Self::Payments,
        Self::Referrals,
        Self::Commissions,
        Self::Payouts,
    ];

    /// The table of a model such as `payments.payment`: what the model is called counts, and not the application it is in.
    #[must_use]
    pub fn of_model(model: &str) -> Option<Self> {
        let name = model.rsplit('.').next().unwrap_or_default();
        Some(match name {
            "document" => Self::Documents,
            "documentacceptance" => Self::Acceptances,
            "product" => Self::Products,
            "paymentmethod" => Self::PaymentMethods,
            "userproduct" => Self::UserProducts,
            "order" => Self::Orders,
            "payment" => Self::Payments,
            "referral" => Self::Referrals,
            "referralcommission" | "commission" => Self::Commissions,
            "referralpayout" | "payout" => Self::Payouts,
            _ => return None,
        })
    }

    /// What the table is called, in English.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Documents => "documents",
            Self::Acceptances => "acceptances",
            Self::Products => "products",
            Self::PaymentMethods => "payment methods",
            Self::UserProducts => "clients' products",
            Self::Orders => "orders",
            Self::Payments => "payments",
            Self::Referrals => "referrals",
            Self::Commissions => "commissions",
            Self::Payouts => "payouts",
        }
    }
}

impl fmt::Display for FormerTable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// Why a row cannot come over. Somebody has to decide something about each of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RecordRefused {
    /// The primary key is not of the kind that the predecessor gave.
    NoKey,
    /// An earlier row has the same primary key.
    KeyTaken,
    /// A field that must be there is not.
    Missing(&'static str),
    /// A field is of another type or form, or longer than the predecessor's column.
    Unfit(&'static str),
    /// The field has a word that the predecessor did not have.
    UnknownWord(&'static str),
    /// An amount is not above nothing, or above all bounds.
    AmountOutOfBounds(&'static str),
    /// Not roubles.
    OtherCurrency,
    /// The field names a row that is not there, or that cannot come over.
    RefersToNothing(&'static str),
    /// The person in the field is not imported.
    NobodyHere(&'static str),
    /// The row says two things that cannot both be so.
    Contradiction(Contradiction),
}

/// Two things that cannot both be so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Contradiction {
    /// It ends before it begins.
    EndBeforeStart,
    /// An active subscription that is paid until nobody knows when.
    SubscriptionWithoutEnd,
    /// It is said to have run out, and to be paid beyond today.
    ExpiredBeforeItsEnd,
    /// Something that is bought once, with an end.
    OneTimeWithEnd,
    /// The product here with the same slug is paid for in another way.
    ProductHereDiffers,
    /// An acceptance of a version that there never was.
    VersionUnknown,
    /// A saved card that somebody else has, or another row.
    CardTaken,
    /// The order says that money came, and the payment that it did not, or the other way round.
    OrderAndPaymentDisagree,
    /// The order says that money came, and there is no payment.
    PaidByNothing,
    /// The order and the payment are of different persons.
    PayersDiffer,
    /// Money came and nobody has an account to see it.
    PaidByNobody,
    /// The payment is about another amount than its order.
    AmountsDiffer,
    /// It came over as unpaid, and was paid on the former site since.
    PaidSince,
    /// Another payment has settled the order.
    PaidTwice,
    /// The bank's number of the payment is that of another.
    ReferenceTaken,
    /// A commission of an order that nobody paid.
    CommissionOfNothing,
    /// The amount of a commission is not its rate of what was paid.
    CommissionOffRate,
    /// A commission of an order whose payer is not bound to anybody.
    PayerNotBound,
    /// Somebody would earn by what they paid themselves.
    CommissionToPayer,
    /// A payout that somebody is paying right now.
    PayoutUnderWay,
}

impl From<RowRefused> for RecordRefused {
    fn from(refused: RowRefused) -> Self {
        match refused {
            RowRefused::Missing(field) => Self::Missing(field),
            RowRefused::Unfit(field) => Self::Unfit(field),
            RowRefused::NotAnObject
            | RowRefused::NoNumber
            | RowRefused::NumberTaken
            | RowRefused::Email(_)
            | RowRefused::UnknownRole => Self::NoKey,
        }
    }
}

impl From<Contradiction> for RecordRefused {
    fn from(contradiction: Contradiction) -> Self {
        Self::Contradiction(contradiction)
    }
}

/// What an operator should know of a row: what of it is left behind or understood in a certain way, or that all of it stays
/// behind by rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RecordNote {
    /// The text of a document is too long to be kept here.
    DocumentTextTooLong,
    /// Earlier versions of a document have no text in the dump.
    EarlierVersionsWithoutText,
    /// The slug is of another form, or a document made here has it.
    SlugReplaced,
    /// A document of this type made here counts; this one is kept for what was agreed to.
    DocumentRetired,
    /// A description cannot be shown here.
    DescriptionLeftOut,
    /// An address is none that may be followed.
    AddressLeftOut,
    /// Something that is bought once had a period.
    PeriodLeftOut,
    /// The catalogue here has a product with the same slug: that one counts.
    ProductHereCounts,
    /// The whole number of a card was there; the last four digits come over.
    CardNumberMasked,
    /// A card was called expired before its time; it is revoked.
    CardRevoked,
    /// There were several default cards; the newest one stays.
    DefaultCardLeftOut,
    /// It was called active or pending, and what was paid for has run out: it counts as expired.
    RanOut,
    /// It was called pending, and is paid for and running: it counts as active.
    PendingAndRunning,
    /// It was being prepared and had dates; they are left out.
    DatesLeftOut,
    /// There was no begin; the day of the row counts.
    BeginFromRow,
    /// There was no end; the last change of the row counts.
    EndFromRow,
    /// The card of a subscription is none of this client's that works.
    MethodLeftOut,
    /// An order of a product that is gone: it is now of one called after the former site.
    ProductGone,
    /// The order did not say whose it is, its payment did.
    PayerFromPayment,
    /// It waited at the former bank page; it counts as cancelled.
    UnderWayCancelled,
    /// Its money is held at the bank, neither taken nor given back.
    MoneyHeld,
    /// A part was given back, the dump does not say how much.
    PartlyRefunded,
    /// All of it was given back; the payment said that it had failed.
    RefundedNotFailed,
    /// The bank's number of a payment that failed is that of another, and is left out.
    ReferenceLeftOut,
    /// A partner brought the order and got no commission for it.
    CommissionMissing,
    /// The amount differs by a kopeck from what the rate gives; the rate counts.
    CommissionRounded,
    /// The payment was given back: the commission is taken back.
    CommissionTakenBack,
    /// An open request without any destination: rejected, the amount is the partner's again.
    RequestRejected,
    /// There was no bank's number of a payout.
    PayoutWithoutReference,

    /// Left behind: one rouble of a trial of a card.
    CardTrial,
    /// Left behind: another commission for the same order.
    CommissionAgain,
    /// Left behind: a commission that was cancelled or failed.
    CommissionNotDue,
    /// Left behind: somebody brought themselves.
    BroughtByThemselves,
    /// Left behind: whoever brought somebody was brought by them.
    BroughtInACircle,
    /// Left behind: another partner had brought them before.
    BroughtBefore,
    /// Left behind: a binding that was cancelled.
    BindingCancelled,
    /// Left behind: a payout of nothing or less.
    PayoutOfNothing,
    /// Left behind: an attempt to pay that came to nothing, of somebody who never had an account.
    AttemptOfNobody,
    /// Left behind: the account has been deleted here.
    PersonGone,
}

impl RecordNote {
    /// Whether the row stays behind.
    #[must_use]
    pub const fn is_left_behind(self) -> bool {
        matches!(
            self,
            Self::CardTrial
                | Self::CommissionAgain
                | Self::CommissionNotDue
                | Self::BroughtByThemselves
                | Self::BroughtInACircle
                | Self::BroughtBefore
                | Self::BindingCancelled
                | Self::PayoutOfNothing
                | Self::AttemptOfNobody
                | Self::PersonGone
        )
    }
}

/// A row with what was noticed about it.
pub type ReadRecord<T> = Result<(T, Vec<RecordNote>), RecordRefused>;

/// Reads fields in the ways that rows of all tables need.
struct Columns<'a>(Fields<'a>);

impl<'a> Columns<'a> {
    const fn of(record: &'a Record) -> Self {
        Self(Fields::of(&record.fields))
    }

    /// One line of at most so many characters.
    fn line(&self, name: &'static str, max_chars: usize) -> Result<Option<&'a str>, RecordRefused> {
        match self.0.text(name, max_chars)? {
            Some(text) if text.contains(char::is_control) => Err(RecordRefused::Unfit(name)),
            text => Ok(text),
        }
    }

    fn required_line(
        &self,
        name: &'static str,
        max_chars: usize,
    ) -> Result<&'a str, RecordRefused> {
        self.line(name, max_chars)?
            .ok_or(RecordRefused::Missing(name))
    }

    /// A UUID, as a type of ours.
    fn id<T: std::str::FromStr<Err = NotAnId>>(
        &self,
        name: &'static str,
    ) -> Result<Option<T>, RecordRefused> {
        self.line(name, 36)?
            .map(|text| text.parse().map_err(|_| RecordRefused::Unfit(name)))
            .transpose()
    }

    fn required_id<T: std::str::FromStr<Err = NotAnId>>(
        &self,
        name: &'static str,
    ) -> Result<T, RecordRefused> {
        self.id(name)?.ok_or(RecordRefused::Missing(name))
    }

    fn number(&self, name: &'static str) -> Result<Option<i64>, RecordRefused> {
        Ok(self.0.number(name)?)
    }

    fn required_number(&self, name: &'static str) -> Result<i64, RecordRefused> {
        self.number(name)?.ok_or(RecordRefused::Missing(name))
    }

    fn flag(&self, name: &'static str) -> Result<Option<bool>, RecordRefused> {
        Ok(self.0.flag(name)?)
    }

    fn instant(&self, name: &'static str) -> Result<Option<Instant>, RecordRefused> {
        Ok(self.0.instant(name)?)
    }

    /// When the row was made, and when it was changed last.
    fn dates(&self) -> Result<(Instant, Instant), RecordRefused> {
        let created_at = self
            .instant("created_at")?
            .ok_or(RecordRefused::Missing("created_at"))?;
        let updated_at = self.instant("updated_at")?.unwrap_or(created_at);
        Ok((created_at, updated_at.max(created_at)))
    }

    /// A decimal number of roubles, as Django writes it: a text. It may be negative here.
    fn money(&self, name: &'static str) -> Result<Option<Kopecks>, RecordRefused> {
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

    fn required_money(&self, name: &'static str) -> Result<Kopecks, RecordRefused> {
        self.money(name)?.ok_or(RecordRefused::Missing(name))
    }

    /// An amount above nothing and within bounds.
    fn amount(&self, name: &'static str) -> Result<Kopecks, RecordRefused> {
        let amount = self.required_money(name)?;
        if !amount.is_positive() || amount.number() > MAX_AMOUNT {
            return Err(RecordRefused::AmountOutOfBounds(name));
        }
        Ok(amount)
    }

    /// A price: it may be nothing.
    fn price(&self, name: &'static str) -> Result<Option<Kopecks>, RecordRefused> {
        match self.money(name)? {
            Some(price) if !(0..=MAX_AMOUNT).contains(&price.number()) => {
                Err(RecordRefused::AmountOutOfBounds(name))
            }
            price => Ok(price),
        }
    }

    /// Only roubles have come over so far.
    fn check_currency(&self) -> Result<(), RecordRefused> {
        match self.line("currency", 10)? {
            None | Some("RUB") => Ok(()),
            Some(_) => Err(RecordRefused::OtherCurrency),
        }
    }
}

fn uuid_key<T: std::str::FromStr<Err = NotAnId>>(record: &Record) -> Result<T, RecordRefused> {
    record
        .key
        .as_str()
        .and_then(|text| text.parse().ok())
        .ok_or(RecordRefused::NoKey)
}

fn plain_uuid(text: &str) -> Option<Uuid> {
    Uuid::try_parse(text).ok()
}

#[cfg(test)]
mod tests;
