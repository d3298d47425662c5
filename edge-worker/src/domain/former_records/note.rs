//! What an operator should know of rows that come over in another shape, or stay behind by rule.

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
