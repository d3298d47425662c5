//! From an action of somebody who is signed in to its handler.

use super::super::failure::Failure;
use super::super::handlers;
use super::super::language::Language;
use super::super::request::Request;
use super::super::response::Response;
use super::super::routes::{ClientAction, PathId};
use crate::app::App;
use crate::app::authentication::Caller;
use crate::app::ports::Store;
use crate::app::ports::cabinet::RenewalWish;

pub(super) async fn act_for_client<S: Store>(
    app: &App<'_, S>,
    action: ClientAction,
    caller: Caller,
    id: PathId<'_>,
    request: &Request,
    language: Language,
) -> Result<Response, Failure> {
    match action {
        ClientAction::SignOut => handlers::sign_out(app, request, &caller, language).await,
        ClientAction::Profile => Ok(handlers::profile(&caller)),
        ClientAction::ChangeProfile => handlers::change_profile(app, request, caller).await,
        ClientAction::Sessions => handlers::account::sessions(app, &caller).await,
        ClientAction::EndSession => {
            handlers::account::end_session(app, request, &caller, id, language).await
        }
        ClientAction::Events => handlers::account::events(app, request, &caller).await,
        ClientAction::Export => handlers::account::export(app, &caller).await,
        ClientAction::DeleteAccount => {
            handlers::account::delete(app, request, &caller, language).await
        }
        ClientAction::Dashboard => handlers::cabinet::dashboard(app, &caller, language).await,
        ClientAction::Cabinet => handlers::cabinet::cabinet(app, &caller, language).await,
        ClientAction::Products => handlers::cabinet::products(app, &caller, language).await,
        ClientAction::AvailableProducts => {
            handlers::cabinet::available_products(app, &caller, language).await
        }
        ClientAction::Payments => {
            handlers::cabinet::payments(app, request, &caller, language).await
        }
        ClientAction::PaymentsFile => {
            handlers::exports::payments(app, request, &caller, language).await
        }
        ClientAction::Payment => handlers::cabinet::payment(app, &caller, id, language).await,
        ClientAction::Receipt => handlers::cabinet::receipt(app, &caller, id, language).await,
        ClientAction::PaymentMethods => handlers::cabinet::payment_methods(app, &caller).await,
        ClientAction::ChooseMethod => {
            handlers::cabinet_changes::choose_method(app, request, &caller, id, language).await
        }
        ClientAction::RemoveMethod => {
            handlers::cabinet_changes::remove_method(app, request, &caller, id, language).await
        }
        ClientAction::Transactions => {
            handlers::cabinet::transactions(app, request, &caller, language).await
        }
        ClientAction::Documents => handlers::cabinet::documents(app, &caller, language).await,
        ClientAction::AcceptDocument => {
            handlers::cabinet_changes::accept_document(app, request, &caller, id, language).await
        }
        ClientAction::CancelRenewal => {
            let wish = (id, RenewalWish::Cancel);
            handlers::cabinet_changes::wish_renewal(app, request, &caller, wish, language).await
        }
        ClientAction::ResumeRenewal => {
            let wish = (id, RenewalWish::Resume);
            handlers::cabinet_changes::wish_renewal(app, request, &caller, wish, language).await
        }
        ClientAction::OrderRenewal => {
            handlers::cabinet_changes::order_renewal(app, request, &caller, id, language).await
        }
        ClientAction::Referrals => handlers::cabinet::referrals(app, request, &caller).await,
        ClientAction::Commissions => {
            handlers::cabinet::commissions_list(app, request, &caller, language).await
        }
        ClientAction::CommissionsFile => {
            handlers::exports::commissions(app, &caller, language).await
        }
        ClientAction::Payouts => handlers::cabinet::payouts_list(app, request, &caller).await,
        ClientAction::RequestPayout => {
            handlers::payout_request::request_payout(app, request, &caller, language).await
        }
        ClientAction::PayoutsFile => handlers::exports::payouts(app, &caller, language).await,
        ClientAction::ChangePassword => {
            handlers::change_password(app, request, &caller, language).await
        }
        ClientAction::ResendVerification => {
            handlers::resend_verification(app, request, &caller, language).await
        }
        ClientAction::RequestEmailChange => {
            handlers::request_email_change(app, request, &caller, language).await
        }
    }
}
