//! Why rows cannot come over: each needs somebody's decision.

use crate::domain::former_user::RowRefused;

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
