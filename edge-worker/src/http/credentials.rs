//! Where a request carries its token.

use super::request::Request;

/// The token of `Authorization: Bearer <token>` (RFC 6750 section 2.1). Another scheme counts as no credentials.
pub(super) fn bearer_token(request: &Request) -> Option<&str> {
    let (scheme, token) = request.header("authorization")?.trim().split_once(' ')?;
    let token = token.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::request::Body;

    #[test]
    fn only_a_bearer_token_counts() {
        for (header, expected) in [
            ("Bearer abc", Some("abc")),
            ("bearer  abc ", Some("abc")),
            ("Bearer", None),
            ("Bearer ", None),
            ("Token abc", None),
            ("Basic YTpi", None),
            ("abc", None),
            ("", None),
        ] {
            let headers = [("Authorization".to_owned(), header.to_owned())];
            let request = Request::new("GET", "/", "", headers, Body::Whole(Vec::new()));
            assert_eq!(bearer_token(&request), expected, "{header:?}");
        }
    }
}
