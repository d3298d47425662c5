//! Enumerations that stand in the database and in the API as words.

/// The word is none of those it could be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownWord;

/// Declares an enumeration together with its words, so that no value can be without one. The words never change: rows and
/// clients know them.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$value_doc:meta])* $value:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$value_doc])* $value,)+
        }

        impl $name {
            /// Every value.
            pub const ALL: &[Self] = &[$(Self::$value),+];

            /// The word in the database and in the API.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$value => $word,)+
                }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::domain::word::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word {
                    $($word => Ok(Self::$value),)+
                    _ => Err($crate::domain::word::UnknownWord),
                }
            }
        }
    };
}
pub(crate) use words;

#[cfg(test)]
mod tests {
    use super::UnknownWord;
    use crate::domain::calendar::Period;

    #[test]
    fn every_value_survives_its_word() {
        for period in Period::ALL {
            assert_eq!(period.as_str().parse(), Ok(*period));
        }
        assert_eq!("Month".parse::<Period>(), Err(UnknownWord));
        assert_eq!("".parse::<Period>(), Err(UnknownWord));
    }
}
