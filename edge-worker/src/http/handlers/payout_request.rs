//! A partner asks to be paid out.

use serde_json::json;

use super::cabinet::success;
use crate::app::App;
use crate::app::authentication::Caller;
use crate::app::payouts::PayoutRefused;
use crate::app::ports::Store;
use crate::app::ports::cabinet::{Slice, Wanted};
use crate::domain::payout_destination::{
    BankAccount, DestinationRefused, LegalForm, PayoutDestination, PayoutMethod, Route,
};
use crate::domain::phone::Phone;
use crate::http::failure::{Failure, Problem};
use crate::http::form::Form;
use crate::http::language::Language;
use crate::http::messages::Message;
use crate::http::request::Request;
use crate::http::response::Response;
use crate::http::views::partner;

pub(in crate::http) async fn request_payout<S: Store>(
    app: &App<'_, S>,
    request: &Request,
    caller: &Caller,
    language: Language,
) -> Result<Response, Failure> {
    let mut form = Form::read(request)?;
    let amount = form.required_amount("amount");
    let legal_form = form.required("legal_form", |word| {
        word.parse::<LegalForm>()
            .map_err(|_| Message::NotALegalForm)
    });
    let recipient = form.required("recipient", as_it_is);
    let inn = form.required("inn", as_it_is);
    let method = form.required("payment_method", |word| {
        word.parse::<PayoutMethod>()
            .map_err(|_| Message::NotAPayoutMethod)
    });
    let route = match method {
        Some(PayoutMethod::Sbp) => form.required("phone", Phone::parse).map(Ok),
        Some(PayoutMethod::BankAccount) => {
            let bik = form.required("bik", as_it_is);
            let account = form.required("account", as_it_is);
            bik.zip(account).map(Err)
        }
        None => {
            // Which of them are needed is not known, so none is unknown.
            for name in ["phone", "bik", "account"] {
                form.optional(name, as_it_is);
            }
            None
        }
    };
    let asked = amount.zip(legal_form).zip(recipient.zip(inn)).zip(route);
    let (((amount, legal_form), (recipient, inn)), route) = form.finish(asked)?;
    let destination = match route {
        Ok(phone) => Ok(Route::Sbp(phone)),
        Err((bik, account)) => BankAccount::parse(&bik, &account).map(Route::Account),
    }
    .and_then(|route| PayoutDestination::new(legal_form, &recipient, &inn, route))
    .map_err(wrong_field)?;

    app.request_payout(caller.user.id, amount, destination)
        .await
        .map_err(|refused| match refused {
            PayoutRefused::BelowMinimum { minimum } => {
                Problem::field("amount", Message::BelowMinimum(minimum)).into()
            }
            PayoutRefused::Insufficient => {
                Problem::field("amount", Message::MoreThanAvailable).into()
            }
            PayoutRefused::AnotherOpen => Problem::PayoutOpen.into(),
            PayoutRefused::Error(error) => Failure::from(error),
        })?;
    // There is one open payout at a time, so the newest is this one.
    let wanted = Wanted {
        payouts: Some(Slice::first(1)),
        ..Wanted::default()
    };
    let look = app.look(caller, &wanted).await?;
    let payout = look.data.payouts.first();
    let mut response = success(json!({
        "message": Message::PayoutRequested.text(language),
        "payout": payout.map(|payout| partner::payout(payout, &caller.user)),
    }));
    response.status = 201;
    Ok(response)
}

/// It is looked at later, together with the rest.
fn as_it_is(text: &str) -> Result<String, Message> {
    match text.trim() {
        "" => Err(Message::Required),
        text => Ok(text.to_owned()),
    }
}

fn wrong_field(refused: DestinationRefused) -> Problem {
    let (field, message) = match refused {
        DestinationRefused::Recipient => ("recipient", Message::RecipientRefused),
        DestinationRefused::Inn => ("inn", Message::InnRefused),
        DestinationRefused::Bik => ("bik", Message::BikRefused),
        DestinationRefused::Account => ("account", Message::AccountRefused),
        DestinationRefused::Phone => ("phone", Message::SbpPhoneRefused),
        DestinationRefused::Method => ("payment_method", Message::CompanyBySbp),
    };
    Problem::field(field, message)
}
