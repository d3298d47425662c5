//! What the API can say to people; the sentences stand in `messages/sentences.rs`.

mod sentences;

use std::borrow::Cow;
use std::time::Duration;

use super::language::Language;
use crate::domain::email::EmailRefused;
use crate::domain::human_check::NotAToken;
use crate::domain::money::Kopecks;
use crate::domain::password::{Known, PasswordRefused};
use crate::domain::person_name::NameRefused;
use crate::domain::phone::PhoneRefused;

/// A sentence of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Message {
    // What went well.
    Registered,
    SignedIn,
    SignedOut,
    PasswordResetRequested,
    PasswordReset,
    PasswordChanged,
    EmailVerified,
    EmailVerifiedAlready,
    VerificationSent,
    EmailChangeRequested,
    EmailChanged,
    SessionEnded,
    AccountDeleted,
    SubscriptionCancelled,
    SubscriptionResumed,
    RenewalOrdered,
    MethodChosen,
    MethodRemoved,
    DocumentAccepted,
    ReceiptNotReady,
    PayoutRequested,
    // What is wrong with a field.
    Required,
    NotText,
    NotFlag,
    NotTrue,
    NotNumber,
    NotAStatus,
    NotADay,
    NotAnOrder,
    DocumentChanged,
    NotAnAmount,
    BelowMinimum(Kopecks),
    MoreThanAvailable,
    NotALegalForm,
    NotAPayoutMethod,
    RecipientRefused,
    InnRefused,
    BikRefused,
    AccountRefused,
    SbpPhoneRefused,
    CompanyBySbp,
    UnknownField,
    UnknownParameter,
    BadParameter,
    NotWithin(u32),
    EmailMalformed,
    EmailTooLong,
    EmailTaken,
    EmailOfAnother,
    EmailSame,
    WrongPassword,
    PhoneMalformed,
    PhoneWrongLength,
    NameTooLong,
    NameHiddenCharacter,
    PasswordTooShort(usize),
    PasswordTooLong,
    PasswordCommon,
    PasswordRepeats(Known),
    TermsDeclined,
    NotAToken,
    // What is wrong with a request.
    ValidationFailed,
    MalformedJson,
    UnsupportedMediaType,
    BodyTooLarge,
    NotFound,
    MethodNotAllowed,
    InvalidCredentials,
    AuthenticationRequired,
    TokenNotValid,
    LinkNotValid,
    ChangedMeanwhile,
    SubscriptionNotActive,
    NotRenewable,
    MethodIsDefault,
    PaymentNotSuccessful,
    PayoutOpen,
    Forbidden,
    TooManyRequests(Duration),
    HumanCheckNeeded,
    Unavailable,
    Internal,
}

impl Message {
    /// The sentence in a language.
    pub(super) fn text(self, language: Language) -> Cow<'static, str> {
        let (russian, english) = self.texts();
        match language {
            Language::Russian => russian,
            Language::English => english,
        }
    }
}

impl From<NotAToken> for Message {
    fn from(NotAToken: NotAToken) -> Self {
        Self::NotAToken
    }
}

impl From<EmailRefused> for Message {
    fn from(refused: EmailRefused) -> Self {
        match refused {
            EmailRefused::Empty => Self::Required,
            EmailRefused::TooLong => Self::EmailTooLong,
            EmailRefused::Malformed => Self::EmailMalformed,
        }
    }
}

impl From<PhoneRefused> for Message {
    fn from(refused: PhoneRefused) -> Self {
        match refused {
            PhoneRefused::Empty => Self::Required,
            PhoneRefused::Malformed => Self::PhoneMalformed,
            PhoneRefused::WrongLength => Self::PhoneWrongLength,
        }
    }
}

impl From<NameRefused> for Message {
    fn from(refused: NameRefused) -> Self {
        match refused {
            NameRefused::TooLong => Self::NameTooLong,
            NameRefused::HiddenCharacter => Self::NameHiddenCharacter,
        }
    }
}

impl From<PasswordRefused> for Message {
    fn from(refused: PasswordRefused) -> Self {
        match refused {
            PasswordRefused::Empty => Self::Required,
            PasswordRefused::TooShort { min_chars } => Self::PasswordTooShort(min_chars),
            PasswordRefused::TooLong => Self::PasswordTooLong,
            PasswordRefused::Common => Self::PasswordCommon,
            PasswordRefused::Repeats(known) => Self::PasswordRepeats(known),
        }
    }
}
