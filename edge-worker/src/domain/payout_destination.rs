//! Where a payout goes, and to whom: checked as far as the numbers themselves allow.
//!
//! A card is no destination: its number would have to be kept (PCI DSS). Nor is a private person who pays no tax of their own: the
//! company would become their tax agent (Russia's Tax Code, article 226).

use super::phone::Phone;
use super::word::words;

words! {
    /// What the partner is to the tax office.
    LegalForm {
        /// Pays the tax on professional income (422-FZ).
        SelfEmployed = "self_employed",
        /// An individual entrepreneur.
        SoleTrader = "sole_trader",
        /// A company.
        Company = "company",
    }
}

words! {
    /// By which way the money goes.
    PayoutMethod {
        /// To an account at a bank.
        BankAccount = "bank_account",
        /// By the system of fast payments, to a telephone number.
        Sbp = "sbp",
    }
}

/// What is wrong with a destination, one value a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DestinationRefused {
    /// Nobody is named, or the name is too long or has line breaks.
    Recipient,
    /// No taxpayer has this number, or none of this legal form.
    Inn,
    /// No bank has this number.
    Bik,
    /// No account of that bank has this number.
    Account,
    /// The fast payments system does not know numbers like this one.
    Phone,
    /// A company is not paid by telephone number.
    Method,
}

/// A taxpayer's number: ten digits of a company, twelve of a person, with their check digits (order of the Federal Tax
/// Service MMV-7-6/435@).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inn(String);

impl Inn {
    /// Reads a number; `None` when its check digits are wrong.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = digits_of(text)?;
        let is_valid = match *digits.as_slice() {
            [.., check] if digits.len() == 10 => {
                inn_check(&digits, &[2, 4, 10, 3, 5, 9, 4, 6, 8]) == check
            }
            [.., eleventh, twelfth] if digits.len() == 12 => {
                inn_check(&digits, &[7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) == eleventh
                    && inn_check(&digits, &[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) == twelfth
            }
            _ => false,
        };
        // All zeros fit the formula, and nobody.
        (is_valid && digits.iter().any(|digit| *digit != 0)).then(|| Self(text.to_owned()))
    }

    /// The number.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn fits(&self, form: LegalForm) -> bool {
        let is_of_a_company = self.0.len() == 10;
        is_of_a_company == (form == LegalForm::Company)
    }
}

/// An account at a Russian bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankAccount {
    bik: String,
    account: String,
}

impl BankAccount {
    /// Reads the bank's number and the account's, and checks that they belong together (Bank of Russia, order of the key of
    /// accounts, 08.09.1997 No. 515).
    pub fn parse(bik: &str, account: &str) -> Result<Self, DestinationRefused> {
        let bank = digits_of(bik)
            .filter(|digits| digits.len() == 9 && digits.starts_with(&[0]))
            .ok_or(DestinationRefused::Bik)?;
        let digits = digits_of(account)
            .filter(|digits| digits.len() == 20)
            .ok_or(DestinationRefused::Account)?;
        // Accounts of clients begin so; 301 is a bank's own account at the Bank of Russia.
        if !(digits.starts_with(&[4])) {
            return Err(DestinationRefused::Account);
        }
        if !has_account_key(&bank, &digits) {
            return Err(DestinationRefused::Account);
        }
        Ok(Self {
            bik: bik.to_owned(),
            account: account.to_owned(),
        })
    }

    /// The bank's number.
    #[must_use]
    pub fn bik(&self) -> &str {
        &self.bik
    }

    /// The account's number.
    #[must_use]
    pub fn account(&self) -> &str {
        &self.account
    }
}

/// The way to the money's new owner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// To an account.
    Account(BankAccount),
    /// By the system of fast payments.
    Sbp(Phone),
}

impl Route {
    /// Which way that is.
    #[must_use]
    pub const fn method(&self) -> PayoutMethod {
        match self {
            Self::Account(_) => PayoutMethod::BankAccount,
            Self::Sbp(_) => PayoutMethod::Sbp,
        }
    }
}

/// Where a payout goes. It is kept with the request: what the partner changes later does not lead it elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayoutDestination {
    legal_form: LegalForm,
    recipient: String,
    inn: Inn,
    route: Route,
}

impl PayoutDestination {
    const MAX_CHARS: usize = 160; // The field "recipient" of a payment order (Bank of Russia, 762-P, annex 1).

    /// Puts a destination together.
    pub fn new(
        legal_form: LegalForm,
        recipient: &str,
        inn: &str,
        route: Route,
    ) -> Result<Self, DestinationRefused> {
        let recipient = recipient.trim();
        if recipient.is_empty()
            || recipient.chars().count() > Self::MAX_CHARS
            || recipient.chars().any(char::is_control)
        {
            return Err(DestinationRefused::Recipient);
        }
        let inn = Inn::parse(inn.trim())
            .filter(|inn| inn.fits(legal_form))
            .ok_or(DestinationRefused::Inn)?;
        match &route {
            Route::Sbp(_) if legal_form == LegalForm::Company => {
                return Err(DestinationRefused::Method);
            }
            Route::Sbp(phone) if !phone.as_str().starts_with("+79") => {
                return Err(DestinationRefused::Phone);
            }
            Route::Sbp(_) | Route::Account(_) => {}
        }
        Ok(Self {
            legal_form,
            recipient: recipient.to_owned(),
            inn,
            route,
        })
    }

    /// What the partner is to the tax office.
    #[must_use]
    pub const fn legal_form(&self) -> LegalForm {
        self.legal_form
    }

    /// Who gets the money, by name.
    #[must_use]
    pub fn recipient(&self) -> &str {
        &self.recipient
    }

    /// Who gets the money, by their taxpayer's number.
    #[must_use]
    pub const fn inn(&self) -> &Inn {
        &self.inn
    }

    /// By which way.
    #[must_use]
    pub const fn route(&self) -> &Route {
        &self.route
    }
}

fn digits_of(text: &str) -> Option<Vec<u32>> {
    text.chars()
        .map(|character| character.to_digit(10))
        .collect()
}

fn inn_check(digits: &[u32], weights: &[u32]) -> u32 {
    let sum: u32 = digits
        .iter()
        .zip(weights)
        .map(|(digit, weight)| digit * weight)
        .sum();
    sum % 11 % 10
}

/// The last three digits of the bank's number and the account's twenty, weighted 7, 1, 3 again and again, sum up to a multiple
/// of ten.
fn has_account_key(bank: &[u32], account: &[u32]) -> bool {
    let of_bank = bank.iter().skip(6);
    let sum: u32 = of_bank
        .chain(account)
        .zip([7, 1, 3].iter().cycle())
        .map(|(digit, weight)| digit * weight % 10)
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BIK: &str = "044525225";
    const ACCOUNT: &str = "40702810200000000001";

    fn account() -> Route {
        Route::Account(BankAccount::parse(BIK, ACCOUNT).unwrap())
    }

    #[test]
    fn taxpayers_numbers_have_check_digits() {
        for (text, is_valid) in [
            ("7707083893", true),
            ("7710140679", true),
            ("7710140678", false),
            ("500100732259", true),
            ("500100732258", false),
            ("500100732249", false),
            ("0000000000", false),
            ("000000000000", false),
            ("77070838931", false),
            ("770708389", false),
            ("77O7083893", false),
            ("", false),
        ] {
            assert_eq!(Inn::parse(text).is_some(), is_valid, "{text}");
        }
    }

    /// The key is proved with public accounts: those of banks at the Bank of Russia. They are reckoned with `0` and the bank's
    /// 5th and 6th digit in front, where an account of a client has the bank's last three.
    #[test]
    fn an_account_has_the_key_of_its_bank() {
        let digits = |text: &str| digits_of(text).unwrap();
        for account in ["30101810400000000225", "30101810145250000974"] {
            assert!(
                has_account_key(&digits("000000025"), &digits(account)),
                "{account}"
            );
            assert!(
                !has_account_key(&digits("000000026"), &digits(account)),
                "{account}"
            );
        }
        for (bik, account, expected) in [
            (BIK, ACCOUNT, Ok(())),
            ("044525974", ACCOUNT, Err(DestinationRefused::Account)),
            (
                BIK,
                "40702810200000000002",
                Err(DestinationRefused::Account),
            ),
            (BIK, "4070281090000000000", Err(DestinationRefused::Account)),
            (
                BIK,
                "30101810400000000225",
                Err(DestinationRefused::Account),
            ),
            ("04452522", ACCOUNT, Err(DestinationRefused::Bik)),
            ("144525225", ACCOUNT, Err(DestinationRefused::Bik)),
            ("04452522x", ACCOUNT, Err(DestinationRefused::Bik)),
        ] {
            assert_eq!(
                BankAccount::parse(bik, account).map(drop),
                expected,
                "{bik} {account}"
            );
        }
    }

    #[test]
    fn the_parts_of_a_destination_fit_each_other() {
        use DestinationRefused::{Inn, Method, Phone as WrongPhone, Recipient};
        let phone = |text: &str| Route::Sbp(Phone::parse(text).unwrap());
        let (company, person) = ("7707083893", "500100732259");
        let long = "я".repeat(161);
        for (form, recipient, inn, route, expected) in [
            (
                LegalForm::Company,
                "ООО «Ромашка»",
                company,
                account(),
                Ok(()),
            ),
            (
                LegalForm::SoleTrader,
                "ИП Каренина",
                person,
                account(),
                Ok(()),
            ),
            (
                LegalForm::SelfEmployed,
                "Анна Каренина",
                person,
                phone("+79991234567"),
                Ok(()),
            ),
            (
                LegalForm::Company,
                "ООО «Ромашка»",
                person,
                account(),
                Err(Inn),
            ),
            (
                LegalForm::SelfEmployed,
                "Анна Каренина",
                company,
                account(),
                Err(Inn),
            ),
            (
                LegalForm::Company,
                "ООО «Ромашка»",
                company,
                phone("+79991234567"),
                Err(Method),
            ),
            (
                LegalForm::SelfEmployed,
                "Анна Каренина",
                person,
                phone("+375291234567"),
                Err(WrongPhone),
            ),
            (
                LegalForm::SelfEmployed,
                "Анна Каренина",
                person,
                phone("+74951234567"),
                Err(WrongPhone),
            ),
            (
                LegalForm::SelfEmployed,
                "  ",
                person,
                account(),
                Err(Recipient),
            ),
            (
                LegalForm::SelfEmployed,
                "Анна\nКаренина",
                person,
                account(),
                Err(Recipient),
            ),
            (
                LegalForm::SelfEmployed,
                long.as_str(),
                person,
                account(),
                Err(Recipient),
            ),
        ] {
            let made = PayoutDestination::new(form, recipient, inn, route);
            assert_eq!(made.map(drop), expected, "{form:?} {recipient} {inn}");
        }
    }

    proptest! {
        /// One digit typed wrong is always noticed.
        #[test]
        fn a_wrong_digit_of_an_account_is_noticed(place in 1_usize..20, digit in b'0'..=b'9') {
            let mut wrong = ACCOUNT.as_bytes().to_vec();
            prop_assume!(wrong[place] != digit);
            wrong[place] = digit;
            let wrong = String::from_utf8(wrong).unwrap();
            prop_assert_eq!(BankAccount::parse(BIK, &wrong), Err(DestinationRefused::Account));
        }

        #[test]
        fn any_text_is_read_without_panic(one in "\\PC{0,24}", other in "\\PC{0,24}") {
            let _inn = Inn::parse(&one);
            let _account = BankAccount::parse(&one, &other);
        }
    }
}
