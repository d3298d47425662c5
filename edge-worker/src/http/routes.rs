//! The API in one table: what there is, and who may call it.

use std::str::FromStr;

use super::failure::{Failure, Problem};
use crate::domain::user::Role;

/// What a route does, and by that who may call it: a handler cannot stand under the wrong access.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Anybody may.
    Public(PublicAction),
    /// Whoever shows a token that opens the door may.
    Client(ClientAction),
}

/// What anybody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PublicAction {
    /// Ask whether the Worker lives.
    Health,
    /// Ask for the description of the API.
    OpenApi,
    /// Make an account.
    Register,
    /// Sign in.
    SignIn,
    /// Ask for a link to choose another password.
    RequestPasswordReset,
    /// Choose another password by a link.
    ResetPassword,
    /// Confirm an address by a link.
    VerifyEmail,
    /// Make another address the account's, by a link.
    ChangeEmail,
}

/// What a person who is signed in may do, to their own rows only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientAction {
    /// Sign out.
    SignOut,
    /// Ask who they are.
    Profile,
    /// Change name or phone.
    ChangeProfile,
    /// Ask for the statistics.
    Dashboard,
    /// Choose another password.
    ChangePassword,
    /// Ask for the link that confirms the address.
    ResendVerification,
    /// Ask for a link to another address.
    RequestEmailChange,
    /// See where they are signed in.
    Sessions,
    /// End one of their sessions.
    EndSession,
    /// See what happened to their account.
    Events,
    /// Take their data along.
    Export,
    /// Have their data deleted.
    DeleteAccount,
    /// See all that the cabinet first shows.
    Cabinet,
    /// See what they have and had.
    Products,
    /// See what is sold.
    AvailableProducts,
    /// See their payments.
    Payments,
    /// Take their payments along as a table.
    PaymentsFile,
    /// See one payment.
    Payment,
    /// Ask where the receipt of a payment is.
    Receipt,
    /// See their ways to pay.
    PaymentMethods,
    /// Make a way to pay the default one.
    ChooseMethod,
    /// Remove a way to pay.
    RemoveMethod,
    /// See payments and refunds as one list.
    Transactions,
    /// See what they accepted and what they are to accept.
    Documents,
    /// Accept a document.
    AcceptDocument,
    /// Ask not to renew a subscription.
    CancelRenewal,
    /// Take that back.
    ResumeRenewal,
    /// Order another period of a subscription.
    OrderRenewal,
    /// See what the partner programme brought.
    Referrals,
    /// See what each payment brought.
    Commissions,
    /// Take that along as a table.
    CommissionsFile,
    /// See what was paid out.
    Payouts,
    /// Take that along as a table.
    PayoutsFile,
    /// Ask for a payout.
    RequestPayout,
}

impl ClientAction {
    /// The role that these actions take; the role of this moment counts, not that of the sign-in.
    pub const NEEDED_ROLE: Role = Role::Client;
}

/// One line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// The method.
    pub method: &'static str,
    /// The path with its trailing slash, unless it names a file; it works either way. At most one segment is `<id>`, which stands for
    /// any one segment; a path without it goes before.
    pub path: &'static str,
    /// What it does, and who may call it.
    pub action: Action,
}

const fn public(method: &'static str, path: &'static str, action: PublicAction) -> Route {
    Route {
        method,
        path,
        action: Action::Public(action),
    }
}

const fn client(method: &'static str, path: &'static str, action: ClientAction) -> Route {
    Route {
        method,
        path,
        action: Action::Client(action),
    }
}

impl Route {
    /// Whether the rate limiter in front counts it: what somebody without a token may send, and so anybody at any pace.
    #[must_use]
    pub fn is_limited_in_front(&self) -> bool {
        self.method == "POST" && self.path.starts_with("/api/auth/")
    }
}

/// Every route of the API.
pub const ROUTES: [Route; 42] = [
    public("GET", "/api/auth/health/", PublicAction::Health),
    public("GET", "/api/openapi.json", PublicAction::OpenApi),
    public("POST", "/api/auth/register/", PublicAction::Register),
    public("POST", "/api/auth/login/", PublicAction::SignIn),
    public(
        "POST",
        "/api/auth/password-reset/",
        PublicAction::RequestPasswordReset,
    ),
    public(
        "POST",
        "/api/auth/password-reset/confirm/",
        PublicAction::ResetPassword,
    ),
    public("POST", "/api/auth/verify-email/", PublicAction::VerifyEmail),
    public(
        "POST",
        "/api/auth/change-email/confirm/",
        PublicAction::ChangeEmail,
    ),
    client(
        "POST",
        "/api/auth/resend-verification/",
        ClientAction::ResendVerification,
    ),
    client(
        "POST",
        "/api/auth/change-email/",
        ClientAction::RequestEmailChange,
    ),
    client(
        "POST",
        "/api/auth/change-password/",
        ClientAction::ChangePassword,
    ),
    client("POST", "/api/auth/logout/", ClientAction::SignOut),
    client("GET", "/api/auth/profile/", ClientAction::Profile),
    client("PATCH", "/api/auth/profile/", ClientAction::ChangeProfile),
    client("GET", "/api/auth/sessions/", ClientAction::Sessions),
    client(
        "DELETE",
        "/api/auth/sessions/<id>/",
        ClientAction::EndSession,
    ),
    client("GET", "/api/auth/events/", ClientAction::Events),
    client("GET", "/api/auth/export/", ClientAction::Export),
    client(
        "POST",
        "/api/auth/delete-account/",
        ClientAction::DeleteAccount,
    ),
    client("GET", "/api/client/dashboard/", ClientAction::Dashboard),
    client("GET", "/api/client/cabinet/", ClientAction::Cabinet),
    client("GET", "/api/client/products/", ClientAction::Products),
    client(
        "GET",
        "/api/client/products/available/",
        ClientAction::AvailableProducts,
    ),
    client("GET", "/api/client/payments/", ClientAction::Payments),
    client(
        "GET",
        "/api/client/payments/export.csv",
        ClientAction::PaymentsFile,
    ),
    client("GET", "/api/client/payments/<id>/", ClientAction::Payment),
    client(
        "GET",
        "/api/client/payments/<id>/receipt/",
        ClientAction::Receipt,
    ),
    client(
        "GET",
        "/api/client/payment-methods/",
        ClientAction::PaymentMethods,
    ),
    client(
        "PATCH",
        "/api/client/payment-methods/<id>/",
        ClientAction::ChooseMethod,
    ),
    client(
        "DELETE",
        "/api/client/payment-methods/<id>/",
        ClientAction::RemoveMethod,
    ),
    client(
        "GET",
        "/api/client/transactions/",
        ClientAction::Transactions,
    ),
    client("GET", "/api/client/documents/", ClientAction::Documents),
    client(
        "POST",
        "/api/client/documents/accept/<id>/",
        ClientAction::AcceptDocument,
    ),
    client(
        "POST",
        "/api/client/subscriptions/<id>/cancel/",
        ClientAction::CancelRenewal,
    ),
    client(
        "POST",
        "/api/client/subscriptions/<id>/resume/",
        ClientAction::ResumeRenewal,
    ),
    client(
        "POST",
        "/api/client/subscriptions/<id>/renew/",
        ClientAction::OrderRenewal,
    ),
    client("GET", "/api/client/referrals/", ClientAction::Referrals),
    client(
        "GET",
        "/api/client/referrals/commissions/",
        ClientAction::Commissions,
    ),
    client(
        "GET",
        "/api/client/referrals/commissions/export.csv",
        ClientAction::CommissionsFile,
    ),
    client(
        "GET",
        "/api/client/referrals/payouts/",
        ClientAction::Payouts,
    ),
    client(
        "GET",
        "/api/client/referrals/payouts/export.csv",
        ClientAction::PayoutsFile,
    ),
    client(
        "POST",
        "/api/client/referrals/request-payout/",
        ClientAction::RequestPayout,
    ),
];

/// What stands in a path in the place of `<id>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PathId<'a>(&'a str);

impl PathId<'_> {
    /// The id. What cannot be an id names nothing, so it is not found.
    pub(super) fn parse<T: FromStr>(self) -> Result<T, Failure> {
        self.0.parse().map_err(|_| Problem::NotFound.into())
    }
}

/// What was found under a method and a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found<'a> {
    Route(Route, PathId<'a>),
    /// The path is there, the method is not; `Allow` as RFC 9110 section 10.2.1 wants it.
    OtherMethods(String),
    Nothing,
}

/// Looks a request up. `HEAD` is answered wherever `GET` is (RFC 9110 section 9.3.2).
pub(super) fn find<'a>(method: &str, path: &'a str) -> Found<'a> {
    let path = path.strip_suffix('/').unwrap_or(path);
    let mut candidates: Vec<_> = ROUTES
        .iter()
        .filter_map(|route| Some((*route, fit(route.path, path)?)))
        .collect();
    // Without an `<id>` in the way, the path was meant to the letter.
    if candidates.iter().any(|(_, PathId(id))| id.is_empty()) {
        candidates.retain(|(_, PathId(id))| id.is_empty());
    }
    let asked = if method == "HEAD" { "GET" } else { method };
    if let Some((route, id)) = candidates.iter().find(|(route, _)| route.method == asked) {
        return Found::Route(*route, *id);
    }
    let mut allowed = Vec::new();
    for (route, _) in candidates {
        allowed.push(route.method);
        if route.method == "GET" {
            allowed.push("HEAD");
        }
    }
    if allowed.is_empty() {
        Found::Nothing
    } else {
        Found::OtherMethods(allowed.join(", "))
    }
}

/// What stands for `<id>` when a path fits a route's: nothing where the route has none.
fn fit<'a>(route: &str, path: &'a str) -> Option<PathId<'a>> {
    let route = route.trim_end_matches('/');
    let Some((before, behind)) = route.split_once("<id>") else {
        return (route == path).then_some(PathId(""));
    };
    let id = path.strip_prefix(before)?.strip_suffix(behind)?;
    (!id.is_empty() && !id.contains('/')).then_some(PathId(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn action(method: &str, path: &str) -> Option<Action> {
        match find(method, path) {
            Found::Route(route, _) => Some(route.action),
            _ => None,
        }
    }

    #[test]
    fn every_route_is_found_with_and_without_its_slash() {
        for route in ROUTES {
            assert_eq!(action(route.method, route.path), Some(route.action));
            assert_eq!(
                action(route.method, route.path.trim_end_matches('/')),
                Some(route.action)
            );
        }
    }

    #[test]
    fn a_segment_stands_for_an_id() {
        for path in ["/api/auth/sessions/7/", "/api/auth/sessions/7"] {
            assert_eq!(
                find("DELETE", path),
                Found::Route(
                    client(
                        "DELETE",
                        "/api/auth/sessions/<id>/",
                        ClientAction::EndSession
                    ),
                    PathId("7")
                )
            );
        }
        assert_eq!(
            find("PATCH", "/api/auth/sessions/7/"),
            Found::OtherMethods("DELETE".to_owned())
        );
        assert_eq!(
            find("DELETE", "/api/auth/sessions/"),
            Found::OtherMethods("GET, HEAD".to_owned())
        );
    }

    #[test]
    fn a_path_has_at_most_one_id_and_it_is_a_whole_segment() {
        for route in ROUTES {
            let ids = route.path.matches('<').count();
            assert!(ids <= 1, "{}", route.path);
            assert_eq!(route.path.matches("/<id>/").count(), ids, "{}", route.path);
        }
    }

    #[test]
    fn head_is_answered_like_get() {
        assert_eq!(
            action("HEAD", "/api/auth/health/"),
            Some(Action::Public(PublicAction::Health))
        );
        assert_eq!(action("HEAD", "/api/auth/login/"), None);
    }

    #[test]
    fn another_method_is_told_which_ones_there_are() {
        assert_eq!(
            find("DELETE", "/api/auth/profile/"),
            Found::OtherMethods("GET, HEAD, PATCH".to_owned())
        );
        assert_eq!(
            find("GET", "/api/auth/login"),
            Found::OtherMethods("POST".to_owned())
        );
    }

    #[test]
    fn what_only_looks_like_a_route_is_none() {
        for path in [
            "/api",
            "/api/",
            "/api/auth/login//",
            "/API/auth/login/",
            "/api/auth/profile/7/",
            "/api/auth/sessions//",
            "/api/auth/sessions/7/8/",
            "",
        ] {
            assert_eq!(find("GET", path), Found::Nothing, "{path:?}");
        }
    }
}
