//! What the database knows already when an import is planned.

use std::collections::{BTreeMap, HashSet};

use super::bindings::Binding;
use crate::app::ports::StoreFailure;
use crate::app::ports::import::ImportStore;
use crate::domain::former_user::FormerUser;
use crate::domain::identifiers::UserId;
use crate::domain::phone::Phone;
use crate::domain::user::Account;

/// Everybody who is there, read once.
pub(super) struct Known {
    accounts: BTreeMap<UserId, Account>,
    /// Their addresses without regard to letter case.
    pub(super) address_keys: HashSet<String>,
    pub(super) referral_codes: HashSet<String>,
    /// The accounts of those imported before, by the predecessor's numbers; `None` for an account that is gone.
    pub(super) imported: BTreeMap<i64, Option<UserId>>,
}

impl Known {
    pub(super) async fn read<S: ImportStore>(store: &S) -> Result<Self, StoreFailure> {
        let mut known = Self {
            accounts: BTreeMap::new(),
            address_keys: HashSet::new(),
            referral_codes: HashSet::new(),
            imported: BTreeMap::new(),
        };
        let (mut user, mut former) = (UserId::new(0), 0);
        loop {
            let page = store.known_after(user, former).await?;
            user = page.accounts.last().map_or(user, |last| last.user.id);
            former = page
                .imported
                .last()
                .map_or(former, |last| last.former_number);
            for account in page.accounts {
                known.add(account);
            }
            let imported = page.imported.into_iter();
            known
                .imported
                .extend(imported.map(|one| (one.former_number, one.user)));
            if page.is_last {
                break;
            }
        }
        Ok(known)
    }

    /// The account of somebody imported before, unless it is gone.
    pub(super) fn account_of(&self, former_number: i64) -> Option<&Account> {
        let user = self.imported.get(&former_number).copied().flatten()?;
        self.accounts.get(&user)
    }

    /// What the person or an operator has changed since an earlier import.
    pub(super) fn differences(
        &self,
        person: &FormerUser,
        account: &Account,
        binding: Option<Binding>,
    ) -> Vec<&'static str> {
        let user = &account.user;
        let phone = person.phone.as_ref().map(Phone::as_str);
        let referred_by =
            binding.and_then(|binding| self.imported.get(&binding.partner).copied().flatten());
        // Somebody who turns out to have been brought is bound by this import.
        let is_bound_now =
            user.referred_by.is_none() && binding.is_some_and(|binding| binding.is_by_referral);
        let code = person.referral_code.as_ref();
        [
            ("email", person.email.address() == user.email),
            ("name", person.name.as_str() == user.name),
            ("phone", phone == user.phone.as_deref()),
            ("role", person.role == user.role),
            ("is_active", person.is_active == account.is_active),
            ("telegram_id", person.telegram_id == user.telegram_id),
            (
                "email_verified",
                person.email_verified == user.email_verified,
            ),
            (
                "referral_code",
                code.is_none_or(|code| code.as_str() == user.referral_code),
            ),
            (
                "referred_by",
                is_bound_now || referred_by == user.referred_by,
            ),
            (
                "offer_accepted_at",
                person.offer_accepted_at == user.offer_accepted_at,
            ),
            ("created_at", person.created_at == user.created_at),
        ]
        .into_iter()
        .filter_map(|(field, is_equal)| (!is_equal).then_some(field))
        .collect()
    }

    fn add(&mut self, account: Account) {
        self.address_keys.insert(account.user.email.to_lowercase());
        self.referral_codes
            .insert(account.user.referral_code.clone());
        self.accounts.insert(account.user.id, account);
    }
}
