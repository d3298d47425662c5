//! Refusals of the domain in an operator's words: what is wrong and what to give instead.

use anyhow::{Error, anyhow};
use edge_worker::app::error::{Error as AppError, Refusal};
use edge_worker::app::payments::PaymentRefused;
use edge_worker::app::payouts::StepRefused;
use edge_worker::app::ports::StoreFailure;
use edge_worker::app::ports::catalogue_editing::CatalogueRefused;
use edge_worker::app::refunds::RefundRefused;
use edge_worker::domain::email::{Email, EmailRefused};
use edge_worker::domain::password::{Known, NewPassword, PasswordRefused};
use edge_worker::domain::payout::PayoutState;
use edge_worker::domain::person_name::{NameRefused, PersonName};
use edge_worker::domain::phone::PhoneRefused;

pub(crate) fn email(refused: EmailRefused) -> Error {
    match refused {
        EmailRefused::Empty => {
            anyhow!("the e-mail address is empty: give one like name@example.com")
        }
        EmailRefused::TooLong => anyhow!(
            "the e-mail address is longer than {} characters",
            Email::MAX_CHARS
        ),
        EmailRefused::Malformed => {
            anyhow!("this is no e-mail address: give one like name@example.com")
        }
    }
}

pub(crate) fn phone(refused: PhoneRefused) -> Error {
    match refused {
        PhoneRefused::Empty => anyhow!("the phone is empty: leave --phone out if it is not known"),
        PhoneRefused::Malformed | PhoneRefused::WrongLength => {
            anyhow!("this is no phone number: give one like +79991234567")
        }
    }
}

pub(crate) fn name(refused: NameRefused) -> Error {
    match refused {
        NameRefused::TooLong => anyhow!(
            "the name is longer than {} characters",
            PersonName::MAX_CHARS
        ),
        NameRefused::HiddenCharacter => {
            anyhow!("the name must be one line without hidden characters")
        }
    }
}

pub(crate) fn password(refused: PasswordRefused) -> Error {
    match refused {
        PasswordRefused::Empty => anyhow!("the password is empty"),
        PasswordRefused::TooShort { min_chars } => {
            anyhow!("the password is shorter than {min_chars} characters")
        }
        PasswordRefused::TooLong => anyhow!(
            "the password is longer than {} bytes",
            NewPassword::MAX_BYTES
        ),
        PasswordRefused::Common => {
            anyhow!("the password is one of the commonest: choose another one")
        }
        PasswordRefused::Repeats(known) => {
            let what = match known {
                Known::Email => "the person's e-mail address",
                Known::Name => "the person's name",
                Known::Phone => "the person's phone number",
                Known::Brand => "the name of the service",
            };
            anyhow!("the password repeats {what}: choose another one")
        }
    }
}

pub(crate) fn catalogue(refused: CatalogueRefused) -> Error {
    match refused {
        CatalogueRefused::SlugTaken => {
            anyhow!("another product has this name in addresses: choose another one")
        }
        CatalogueRefused::NoSuchTerms => anyhow!(
            "there is no such document: `cabinetctl document list` shows them, `cabinetctl document publish` makes one"
        ),
        CatalogueRefused::ChangedMeanwhile => {
            anyhow!("somebody else has changed it meanwhile, or its type is another: look again")
        }
        CatalogueRefused::Failure(StoreFailure(text)) => anyhow!(text),
    }
}

pub(crate) fn use_case(error: AppError) -> Error {
    match error.refusal {
        Refusal::EmailTaken => anyhow!("somebody is registered with this e-mail address already"),
        Refusal::ChangedMeanwhile => {
            anyhow!(
                "somebody else has changed it meanwhile: look again, and repeat if it is still right"
            )
        }
        Refusal::SubscriptionNotActive => {
            anyhow!("the subscription does not work now, so there is nothing to cancel")
        }
        Refusal::NotFound => anyhow!("it is not there any more: look again"),
        _ => anyhow!(error.log),
    }
}

pub(crate) fn payment(refused: PaymentRefused) -> Error {
    match refused {
        PaymentRefused::UnknownOrder => {
            anyhow!("there is no such order: `cabinetctl user show` tells somebody's orders")
        }
        PaymentRefused::NobodyToCredit => anyhow!(
            "nobody with an account has ordered this, so there is nobody to give it to: make the account with `cabinetctl user create`, then record the payment with --user and --product"
        ),
        PaymentRefused::WrongAmount { due } => anyhow!(
            "the order is for {due} roubles: leave --amount out if that came; if another amount came, record it with --user, --product and --new-order"
        ),
        PaymentRefused::OrderCancelled => anyhow!(
            "the order was cancelled: record the payment with --user and --product, or give the money back"
        ),
        PaymentRefused::PaidAlready(id) => anyhow!(
            "the order is paid already, by the payment {id}: if this is other money, it came twice and is to be given back"
        ),
        PaymentRefused::ReferenceTaken(id) => anyhow!(
            "another payment is called so, {id}: give this one another --reference if it is other money"
        ),
        PaymentRefused::Error(error) => use_case(error),
    }
}

pub(crate) fn refund(refused: RefundRefused) -> Error {
    match refused {
        RefundRefused::UnknownPayment => {
            anyhow!("there is no such payment: `cabinetctl user show` tells somebody's payments")
        }
        RefundRefused::NotPaid => {
            anyhow!("this money never came, so there is nothing to give back")
        }
        RefundRefused::WrongAmount { paid } => {
            anyhow!("only {paid} roubles were paid: give back at most that")
        }
        RefundRefused::MoreThanLeft { left } if left.is_positive() => anyhow!(
            "only {left} roubles of the payment are left: give back at most that, or say --all"
        ),
        RefundRefused::MoreThanLeft { .. } => {
            anyhow!("all of the payment was given back before: nothing is left")
        }
        RefundRefused::ReferenceTaken { amount } => anyhow!(
            "a refund of {amount} roubles of this payment is called so: give this one another --reference if it is another"
        ),
        RefundRefused::Error(error) => use_case(error),
    }
}

pub(crate) fn step(refused: StepRefused) -> Error {
    match refused {
        StepRefused::UnknownPayout => {
            anyhow!("there is no such payout: `cabinetctl payout list` shows them")
        }
        StepRefused::Illegal { state } => match state {
            PayoutState::Requested => {
                anyhow!("nobody has begun to pay it: say `cabinetctl payout begin` first")
            }
            PayoutState::Processing => anyhow!(
                "somebody has begun to pay it: say `cabinetctl payout pay`, or `fail` if the bank could not"
            ),
            PayoutState::Paid | PayoutState::Rejected | PayoutState::Failed => anyhow!(
                "the payout is {} and stays so: the partner can ask for another one",
                state.as_str()
            ),
        },
        StepRefused::PaidOtherwise { bank_ref } => anyhow!(
            "it is paid already, as {bank_ref}: if the bank has paid twice, ask it to return one payment"
        ),
        StepRefused::Error(error) => use_case(error),
    }
}

#[cfg(test)]
mod tests;
