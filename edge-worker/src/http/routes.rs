//! The API in one table: what there is, and who may call it.

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
}

/// One line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    /// The method.
    pub method: &'static str,
    /// The path with its trailing slash; without it, it works as well.
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

/// Every route of the API.
pub const ROUTES: [Route; 14] = [
    public("GET", "/api/auth/health/", PublicAction::Health),
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
    client("GET", "/api/client/dashboard/", ClientAction::Dashboard),
];

/// What was found under a method and a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    Route(Route),
    /// The path is there, the method is not; `Allow` as RFC 9110 section 10.2.1 wants it.
    OtherMethods(String),
    Nothing,
}

/// Looks a request up. `HEAD` is answered wherever `GET` is (RFC 9110 section 9.3.2).
pub(super) fn find(method: &str, path: &str) -> Found {
    let path = path.strip_suffix('/').unwrap_or(path);
    let candidates = || {
        ROUTES
            .iter()
            .filter(|route| route.path.trim_end_matches('/') == path)
    };
    let asked = if method == "HEAD" { "GET" } else { method };
    if let Some(route) = candidates().find(|route| route.method == asked) {
        return Found::Route(*route);
    }
    let mut allowed = Vec::new();
    for route in candidates() {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn action(method: &str, path: &str) -> Option<Action> {
        match find(method, path) {
            Found::Route(route) => Some(route.action),
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
            "",
        ] {
            assert_eq!(find("GET", path), Found::Nothing, "{path:?}");
        }
    }
}
