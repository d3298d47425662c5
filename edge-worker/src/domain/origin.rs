//! Where a request came from: address, country, device.
//!
//! It is kept with sessions and in the audit log, for the person to recognise themselves, and attempts are counted by
//! it. Nobody is let in or kept out because of a country or a device.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};
use std::str::FromStr;

use super::device::Device;

/// Where a request came from, as far as it is known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The address of the client. There is none behind the operator's tool and the clock's own work.
    pub address: Option<ClientAddress>,
    /// The country of the address.
    pub country: Option<Country>,
    /// What the client said it is.
    pub device: Device,
}

/// The address of a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ClientAddress(IpAddr);

/// The text is no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAnAddress;

impl FromStr for ClientAddress {
    type Err = NotAnAddress;

    /// Reads an address; an IPv4 address in IPv6 form (RFC 4291 section 2.5.5.2) is the IPv4 address.
    fn from_str(text: &str) -> Result<Self, NotAnAddress> {
        let address: IpAddr = text.trim().parse().map_err(|_| NotAnAddress)?;
        Ok(Self(address.to_canonical()))
    }
}

impl fmt::Display for ClientAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl ClientAddress {
    /// The network of the address: what one household or one server has.
    #[must_use]
    pub fn network(self) -> Network {
        Network(match self.0 {
            IpAddr::V4(_) => self.0,
            IpAddr::V6(address) => {
                let upper = address.to_bits() >> 64 << 64;
                IpAddr::V6(Ipv6Addr::from_bits(upper))
            }
        })
    }
}

/// IPv4 whole, IPv6 as its /64, of which everybody has all addresses (RFC 6177). Shown as `203.0.113.7` or
/// `2001:db8::/64`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Network(IpAddr);

impl Network {
    /// A number that is the same for the same network and spreads networks evenly (FNV-1a): for sharing out, never for
    /// secrets.
    #[must_use]
    pub fn spread(self) -> u64 {
        const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
        const PRIME: u64 = 0x0100_0000_01b3;
        let octets: Vec<u8> = match self.0 {
            IpAddr::V4(address) => address.octets().to_vec(),
            IpAddr::V6(address) => address.octets().to_vec(),
        };
        let hash = octets.into_iter().fold(BASIS, |hash, octet| {
            (hash ^ u64::from(octet)).wrapping_mul(PRIME)
        });
        // The upper half is mixed better than the lower.
        hash ^ (hash >> 32)
    }
}

impl fmt::Display for Network {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            IpAddr::V4(address) => address.fmt(formatter),
            IpAddr::V6(address) => write!(formatter, "{address}/64"),
        }
    }
}

/// A country: two letters of ISO 3166-1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Country([u8; 2]);

impl Country {
    /// Reads Cloudflare's word for a country. `XX` (unknown) and `T1` (Tor) are no countries.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let letters: [u8; 2] = text.as_bytes().try_into().ok()?;
        (letters.iter().all(u8::is_ascii_uppercase) && letters != *b"XX").then_some(Self(letters))
    }
}

impl fmt::Display for Country {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self([first, second]) = self;
        write!(formatter, "{}{}", char::from(*first), char::from(*second))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_household_counts_as_one_network_in_both_versions_of_ip() {
        for (address, network) in [
            ("203.0.113.7", Some("203.0.113.7")),
            (" 203.0.113.7 ", Some("203.0.113.7")),
            ("::ffff:203.0.113.7", Some("203.0.113.7")),
            ("2001:db8:1:2:3:4:5:6", Some("2001:db8:1:2::/64")),
            ("2001:db8:1:2:ffff::", Some("2001:db8:1:2::/64")),
            ("::1", Some("::/64")),
            ("203.0.113.7, 10.0.0.1", None),
            ("203.0.113.7:443", None),
            ("203.0.113", None),
            ("localhost", None),
            ("", None),
        ] {
            let found = address.parse::<ClientAddress>().ok();
            let shown = found.map(|address| address.network().to_string());
            assert_eq!(shown.as_deref(), network, "{address:?}");
        }
    }

    #[test]
    fn a_country_is_two_letters_and_the_unknown_is_none() {
        for (text, expected) in [
            ("RU", Some("RU")),
            ("KZ", Some("KZ")),
            ("XX", None),
            ("T1", None),
            ("ru", None),
            ("RUS", None),
            ("Я", None),
            ("", None),
        ] {
            let shown = Country::parse(text).map(|country| country.to_string());
            assert_eq!(shown.as_deref(), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn addresses_of_one_64_share_their_network_and_others_do_not(upper: u64, other: u64, lower: u64, lower2: u64) {
            let address = |upper: u64, lower: u64| {
                ClientAddress(IpAddr::V6(Ipv6Addr::from_bits(u128::from(upper) << 64 | u128::from(lower))))
            };
            prop_assert_eq!(address(upper, lower).network(), address(upper, lower2).network());
            if upper != other {
                prop_assert_ne!(address(upper, lower).network(), address(other, lower).network());
            }
        }
    }
}
