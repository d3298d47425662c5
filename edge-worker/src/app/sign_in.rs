//! Somebody signs in, and out.

use super::App;
use super::authentication::Caller;
use super::error::{Error, Refusal};
use super::ports::attempts::SignInSlots;
use super::ports::{Credentials, Store};
use super::registration::SignedIn;
use crate::domain::audit::{Actor, Event};
use crate::domain::email::Email;
use crate::domain::human_check::{HumanAction, HumanToken};
use crate::domain::identifiers::UserId;
use crate::domain::language::Language;
use crate::domain::mail::MailName;
use crate::domain::password_hash::{PasswordHash, StoredPassword};
use crate::domain::secret::SecretText;
use crate::domain::session::Session;
use crate::domain::user::User;

/// Somebody whose password was right.
struct Admitted {
    user: User,
    /// The stored password that was checked, by which the store sees whether it still stands.
    stored: StoredPassword,
    hash: PasswordHash,
}

impl<S: Store> App<'_, S> {
    /// Signs a person in.
    ///
    /// Unknown address, wrong password, inactive account, a password that cannot be checked and an address that is shut
    /// get one answer and cost the same hashing: neither words nor work tell who has an account (ASVS 5.0 6.3.8; the limits
    /// are explained in [`super::attempts`]). Only a hash with more iterations than this installation gives to new ones
    /// takes longer.
    ///
    /// Who signs in with a device or from a country that this account has not seen is told by mail, in `language`.
    pub async fn sign_in(
        &self,
        email: &Email,
        password: &SecretText,
        human_token: Option<&HumanToken>,
        language: Language,
    ) -> Result<SignedIn, Error> {
        let counters = self.sign_in_counters(email);
        let human = self.need_human_to_sign_in(&counters, human_token).await?;
        let slots = self.store.take_sign_in_slots(&counters, self.now());
        let slots = slots.await?;
        if let SignInSlots::NetworkShut { until } = slots {
            return Err(self.refuse_too_many(counters.network.kind, until).await);
        }
        self.ask_human(HumanAction::SignIn, human).await?;
        let mut checked = self.admit(email, password, slots).await?;
        if let SignInSlots::Check(taken) = slots {
            let settled = self.store.settle_sign_in(&counters, taken, self.now());
            settled.await?;
        }
        let mut token = self.open_session(email, &checked, language).await?;
        if token.is_none() {
            // Somebody changed the account while its password was checked. Perhaps the same person signed in elsewhere
            // and the hash was renewed, so the password is asked once more. That takes no second slot: it was right.
            checked = self.admit(email, password, slots).await?;
            token = self.open_session(email, &checked, language).await?;
        }
        let user = checked.user;
        let Some(token) = token else {
            return Err(self.refuse_sign_in(Some(user.id), "changed").await);
        };
        self.renew_password(user.id, &checked.stored, &checked.hash, password)
            .await;
        Ok(SignedIn { token, user })
    }

    /// The person with this address and this password, if they may come in. Of an address that is shut the password is
    /// hashed all the same while there are decoys, and nothing comes of it.
    async fn admit(
        &self,
        email: &Email,
        password: &SecretText,
        slots: SignInSlots,
    ) -> Result<Admitted, Error> {
        let credentials = self.store.credentials_by_email(email).await?;
        let stored = credentials.as_ref().and_then(|found| found.password.hash());
        let hash = match stored {
            Some(hash) => hash,
            None => PasswordHash::of_nobody(self.new_salt()?, self.settings.iterations),
        };
        let may_hash = slots != SignInSlots::Spent;
        let may_enter = matches!(slots, SignInSlots::Check(_));
        let password_is_right = may_hash && self.verify(&hash, password);
        let (user, reason) = match credentials {
            None => (None, "unknown_address"),
            Some(found) if !may_enter => (Some(found.account.user.id), "locked"),
            Some(found) if !password_is_right => (Some(found.account.user.id), "wrong_password"),
            Some(found) if !found.account.is_active => (Some(found.account.user.id), "inactive"),
            Some(Credentials {
                account,
                password: stored,
            }) => {
                return Ok(Admitted {
                    user: account.user,
                    stored,
                    hash,
                });
            }
        };
        if may_hash {
            hash.make_up_for_missing_work(password, self.settings.iterations);
        }
        Err(self.refuse_sign_in(user, reason).await)
    }

    /// The token of a new session; `None` when the account is no longer as it was checked.
    async fn open_session(
        &self,
        email: &Email,
        checked: &Admitted,
        language: Language,
    ) -> Result<Option<String>, Error> {
        let user_id = checked.user.id;
        let session = Session::begin(self.new_session_id()?, self.now(), self.origin);
        let audit = self.audit(Event::SignIn, Actor::Person).about(user_id);
        let notice = self.new_mail(MailName::NewDevice, language);
        let is_open = self
            .store
            .open_session(email, &checked.stored, &session, &notice, &audit)
            .await?;
        if !is_open {
            return Ok(None);
        }
        self.mail_is_due();
        self.issue_token(&session, user_id).map(Some)
    }

    /// Ends the caller's session, or all their sessions everywhere.
    pub async fn sign_out(&self, caller: &Caller, everywhere: bool) -> Result<(), Error> {
        let audit = |event| self.audit(event, Actor::Person).about(caller.user.id);
        if everywhere {
            let audit = audit(Event::SessionsEnded);
            self.store.end_sessions_of(caller.user.id, &audit).await?;
        } else {
            let audit = audit(Event::SignedOut);
            self.store.end_session(caller.session, &audit).await?;
        }
        Ok(())
    }

    /// Puts a refused sign-in down, the same way whatever the reason, so that no reason takes longer than another.
    async fn refuse_sign_in(&self, user: Option<UserId>, reason: &'static str) -> Error {
        let mut entry = self
            .audit(Event::SignInRefused, Actor::Anyone)
            .with_detail(reason);
        entry.user = user;
        if let Err(failure) = self.store.record(&entry).await {
            return failure.into();
        }
        let who = user.map_or_else(|| "nobody".to_owned(), |user| format!("user {user}"));
        Error::new(Refusal::InvalidCredentials, format!("{who}: {reason}"))
    }

    pub(super) fn issue_token(&self, session: &Session, user: UserId) -> Result<String, Error> {
        self.mint
            .issue(self.new_token_id()?, session, user)
            .map_err(|refused| {
                Error::internal(format!("the token could not be written: {refused:?}"))
            })
    }
}
