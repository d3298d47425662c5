//! Whether a request was meant for this server.
//!
//! A foreign page can give its own name the address 127.0.0.1 ("DNS rebinding") and would then read the unpublished site
//! as its own. The browser still sends that name in `Host`; an address in numbers cannot be given away like this.

use std::net::{IpAddr, Ipv6Addr};

/// Whether the value of `Host` names this machine.
pub(super) fn is_own(host: &str) -> bool {
    let name = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, _)) => return address.parse::<Ipv6Addr>().is_ok(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let name = name.to_ascii_lowercase();
    name == "localhost" || name.ends_with(".localhost") || name.parse::<IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::is_own;

    #[test]
    fn only_names_that_nobody_can_give_away_are_ours() {
        for (host, expected) in [
            ("127.0.0.1:8788", true),
            ("localhost", true),
            ("LOCALHOST:1", true),
            ("site.localhost:8788", true),
            ("192.168.1.5:8788", true),
            ("[::1]:8788", true),
            ("evil.example", false),
            ("evil.example:8788", false),
            ("127.0.0.1.evil.example", false),
            ("localhost.evil.example", false),
            ("notlocalhost", false),
            ("[evil]", false),
            ("", false),
        ] {
            assert_eq!(is_own(host), expected, "{host}");
        }
    }
}
