//! The people who have an account.

use std::fmt;
use std::str::FromStr;

use super::email::Email;
use super::identifiers::UserId;
use super::password_hash::PasswordHash;
use super::person_name::PersonName;
use super::phone::Phone;
use super::time::Instant;

/// What a person may do; each role may do all that those before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Sees their own cabinet.
    Client,
    /// Works for clients: answers payout requests and questions. The predecessor's `finance_manager`.
    Operator,
    /// Runs the service.
    Admin,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 3] = [Self::Client, Self::Operator, Self::Admin];

    /// Whether somebody with this role may do what takes the role `needed`.
    #[must_use]
    pub fn covers(self, needed: Self) -> bool {
        self >= needed
    }

    /// The role's word in the API and in the database.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Operator => "operator",
            Self::Admin => "admin",
        }
    }
}

/// The word names no role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownRole;

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(word: &str) -> Result<Self, UnknownRole> {
        Self::ALL
            .into_iter()
            .find(|role| role.as_str() == word)
            .ok_or(UnknownRole)
    }
}

/// The code in a person's referral link: eight upper-case hexadecimal digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReferralCode(String);

impl ReferralCode {
    /// Makes a code from four random bytes.
    #[must_use]
    pub fn from_random(bytes: [u8; 4]) -> Self {
        Self(format!("{:08X}", u32::from_be_bytes(bytes)))
    }

    /// Reads a code; letter case and spaces around it do not matter. `None` when it cannot be a code of ours.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let code = text.trim().to_ascii_uppercase();
        (code.len() == 8 && code.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(Self(code))
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ReferralCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A person with an account, as the API tells about them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// The person's number.
    pub id: UserId,
    /// The address as its owner wrote it.
    pub email: String,
    /// What to call the person.
    pub name: String,
    /// What the person may do.
    pub role: Role,
    /// The phone in the form of E.164; people created by hand may have none.
    pub phone: Option<String>,
    /// The Telegram account, when the predecessor knew it.
    pub telegram_id: Option<String>,
    /// Whether the owner of the address has confirmed it.
    pub email_verified: bool,
    /// The code in the person's referral link.
    pub referral_code: String,
    /// Who brought the person.
    pub referred_by: Option<UserId>,
    /// How many people came by this person's link.
    pub referrals_count: i64,
    /// When the account was made.
    pub created_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
    /// When the person accepted the partner programme's terms.
    pub offer_accepted_at: Option<Instant>,
}

/// An account: the person, and whether the door is open to them.
#[derive(Clone, Debug)]
pub struct Account {
    /// The person.
    pub user: User,
    /// An inactive account does not get in.
    pub is_active: bool,
}

/// Everything a new account begins with.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// The address, not yet confirmed.
    pub email: Email,
    /// What to call the person.
    pub name: PersonName,
    /// The phone; only people created by hand may have none.
    pub phone: Option<Phone>,
    /// What the person may do.
    pub role: Role,
    /// The stored password.
    pub password_hash: PasswordHash,
    /// The code for the person's own link.
    pub referral_code: ReferralCode,
    /// The code of the link by which the person came; a code nobody has is forgotten.
    pub came_by: Option<ReferralCode>,
    /// When the person accepted the terms, where they were asked to.
    pub terms_accepted_at: Option<Instant>,
    /// Now.
    pub created_at: Instant,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_survives_its_word() {
        for role in Role::ALL {
            assert_eq!(role.as_str().parse(), Ok(role));
        }
        assert_eq!("root".parse::<Role>(), Err(UnknownRole));
    }

    #[test]
    fn each_role_covers_itself_and_those_below() {
        for (role, covered) in [
            (Role::Client, vec![Role::Client]),
            (Role::Operator, vec![Role::Client, Role::Operator]),
            (Role::Admin, vec![Role::Client, Role::Operator, Role::Admin]),
        ] {
            let found: Vec<_> = Role::ALL
                .into_iter()
                .filter(|needed| role.covers(*needed))
                .collect();
            assert_eq!(found, covered, "{role:?}");
        }
    }

    #[test]
    fn referral_codes_are_eight_hexadecimal_digits() {
        assert_eq!(
            ReferralCode::from_random([0, 0xab, 1, 2]).as_str(),
            "00AB0102"
        );
        for (text, expected) in [
            (" 00ab0102 ", Some("00AB0102")),
            ("00AB010", None),
            ("00AB01022", None),
            ("00AB010G", None),
            ("", None),
        ] {
            assert_eq!(
                ReferralCode::parse(text).as_ref().map(ReferralCode::as_str),
                expected
            );
        }
    }
}
