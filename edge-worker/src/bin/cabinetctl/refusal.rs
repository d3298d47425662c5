//! Refusals of the domain in an operator's words: what is wrong and what to give instead.

use anyhow::{Error, anyhow};
use edge_worker::app::error::{Error as AppError, Refusal};
use edge_worker::app::ports::StoreFailure;
use edge_worker::app::ports::catalogue_editing::CatalogueRefused;
use edge_worker::domain::email::{Email, EmailRefused};
use edge_worker::domain::password::{Known, NewPassword, PasswordRefused};
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
        _ => anyhow!(error.log),
    }
}
