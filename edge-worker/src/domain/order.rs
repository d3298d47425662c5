//! Orders: what somebody is to pay, and the number by which people and the bank speak of it.

use std::fmt;

use super::word::words;

words! {
    /// How far an order is.
    OrderState {
        /// It waits for its payment.
        Waiting = "waiting",
        /// It is paid.
        Paid = "paid",
        /// Nobody will pay it.
        Cancelled = "cancelled",
    }
}

/// The number of an order, such as `ME-7Q2K-9XM4-TB3H-C5PW`: 80 random bits, so that it can be told on the telephone and not be
/// guessed. The predecessor's numbers counted milliseconds, and whoever counted along saw other people's orders.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderNumber(String);

impl OrderNumber {
    /// Crockford's base 32: no letter that looks like a digit.
    const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// Makes a number of ten random bytes.
    #[must_use]
    pub fn from_random(bytes: [u8; 10]) -> Self {
        let bits = bytes
            .iter()
            .fold(0_u128, |bits, byte| (bits << 8) | u128::from(*byte));
        let mut number = String::from("ME");
        for place in (0..16_u32).rev() {
            if place % 4 == 3 {
                number.push('-');
            }
            let index = usize::try_from((bits >> (place * 5)) & 31).unwrap_or_default();
            number.push(char::from(Self::SIGNS.get(index).copied().unwrap_or(b'0')));
        }
        Self(number)
    }

    /// Reads a number as people write it: letter case, spaces and dashes do not matter, nor O for 0 and I or L for 1. `None`
    /// when it cannot be one of ours.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let signs: Vec<u8> = text
            .bytes()
            .filter(|byte| !matches!(byte, b' ' | b'-'))
            .map(|byte| byte.to_ascii_uppercase())
            .collect();
        let signs = signs.strip_prefix(b"ME")?;
        if signs.len() != 16 {
            return None;
        }
        let mut number = String::from("ME");
        for (place, sign) in signs.iter().enumerate() {
            if place % 4 == 0 {
                number.push('-');
            }
            let sign = match sign {
                b'O' => b'0',
                b'I' | b'L' => b'1',
                sign => *sign,
            };
            number.push(char::from(
                *Self::SIGNS.iter().find(|known| **known == sign)?,
            ));
        }
        Some(Self(number))
    }

    /// The number.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OrderNumber {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_number_is_written_in_groups_of_four() {
        assert_eq!(
            OrderNumber::from_random([0; 10]).as_str(),
            "ME-0000-0000-0000-0000"
        );
        assert_eq!(
            OrderNumber::from_random([0xff; 10]).as_str(),
            "ME-ZZZZ-ZZZZ-ZZZZ-ZZZZ"
        );
        let bytes = [0x00, 0x44, 0x32, 0x14, 0xc7, 0x42, 0x54, 0xb6, 0x35, 0xcf];
        assert_eq!(
            OrderNumber::from_random(bytes).as_str(),
            "ME-0123-4567-89AB-CDEF"
        );
    }

    #[test]
    fn a_number_is_read_as_people_write_it() {
        let expected = Some("ME-0123-4567-89AB-CDEF");
        for (text, expected) in [
            ("ME-0123-4567-89AB-CDEF", expected),
            ("me 0123 4567 89ab cdef", expected),
            ("MEoi23456789abcdef", expected),
            ("me-ol23-4567-89ab-cdef", expected),
            ("0123-4567-89AB-CDEF", None),
            ("ME-0123-4567-89AB-CDE", None),
            ("ME-0123-4567-89AB-CDEFG", None),
            ("ME-0123-4567-89AB-CDEU", None),
            ("ORDER_1719000000000", None),
            ("", None),
        ] {
            assert_eq!(
                OrderNumber::parse(text).as_ref().map(OrderNumber::as_str),
                expected,
                "{text}"
            );
        }
    }

    proptest! {
        #[test]
        fn every_number_is_read_back(bytes: [u8; 10]) {
            let number = OrderNumber::from_random(bytes);
            prop_assert_eq!(OrderNumber::parse(number.as_str()), Some(number));
        }

        #[test]
        fn different_bytes_make_different_numbers(one: [u8; 10], other: [u8; 10]) {
            prop_assert_eq!(one == other, OrderNumber::from_random(one) == OrderNumber::from_random(other));
        }

        #[test]
        fn any_text_is_read_without_panic(text in "\\PC{0,40}") {
            let _read = OrderNumber::parse(&text);
        }
    }
}
