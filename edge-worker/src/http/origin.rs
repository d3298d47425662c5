//! Where a request came from, by the headers that the edge sets.

use super::request::Request;
use crate::domain::device::Device;
use crate::domain::origin::{Country, Origin};

/// Reads the origin.
///
/// `CF-Connecting-IP` is written by Cloudflare over whatever the client sent, `CF-IPCountry` by our own shell; and
/// `X-Forwarded-For` is not read at all, because its left end is the client's own invention
/// (<https://developers.cloudflare.com/fundamentals/reference/http-headers/>).
pub(super) fn origin_of(request: &Request) -> Origin {
    Origin {
        address: request
            .header("cf-connecting-ip")
            .and_then(|text| text.parse().ok()),
        country: request.header("cf-ipcountry").and_then(Country::parse),
        device: request
            .header("user-agent")
            .map(Device::from_user_agent)
            .unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::request::Body;

    #[test]
    fn only_the_headers_of_the_edge_tell_the_address() {
        let headers = [
            ("X-Forwarded-For", "198.51.100.1"),
            ("X-Real-IP", "198.51.100.2"),
            ("Forwarded", "for=198.51.100.3"),
            ("True-Client-IP", "198.51.100.4"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
        let request = Request::new("GET", "/", "", headers.clone(), Body::Whole(Vec::new()));
        assert_eq!(origin_of(&request), Origin::default());

        let edge = [("CF-Connecting-IP", "203.0.113.7"), ("CF-IPCountry", "KZ")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()));
        let request = Request::new(
            "GET",
            "/",
            "",
            headers.into_iter().chain(edge),
            Body::Whole(Vec::new()),
        );
        let origin = origin_of(&request);
        assert_eq!(origin.address, "203.0.113.7".parse().ok());
        assert_eq!(origin.country, Country::parse("KZ"));
    }
}
