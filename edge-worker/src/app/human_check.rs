//! When somebody has to show that they are a person, if the installation has Turnstile at all.
//!
//! Making an account and asking for a reset letter always need it; signing in does after [`FREE_ON_ADDRESS`]
//! attempts on the address or [`FREE_FROM_NETWORK`] from the network, so that people who know their password never see it. Whoever needs it and brings no token
//! is told the site key, and the page loads Cloudflare's script only then.
//!
//! When Cloudflare cannot be asked, registration and reset are closed, because they cost us an account or a letter;
//! signing in is open, because its counters guard it anyway and the owner must get in.

use super::App;
use super::error::{Error, Refusal};
use super::ports::Store;
use super::ports::attempts::SignInCounters;
use super::ports::guards::{HumanQuestion, HumanVerdict};
use crate::domain::human_check::{HumanAction, HumanToken, TurnstileKeys};

/// So many sign-ins on an address are let through without a token: fewer than the free attempts, so that it comes before the
/// lock.
const FREE_ON_ADDRESS: u32 = 3;

/// So many sign-ins from a network are: more, because many people may share it.
const FREE_FROM_NETWORK: u32 = 10;

/// What the token of a request has to be asked about, if anything.
pub(super) struct PendingCheck<'a>(Option<(&'a TurnstileKeys, &'a HumanToken)>);

impl<S: Store> App<'_, S> {
    /// Looks whether a token is there when one is needed. It is asked about later by [`Self::ask_human`], when a slot is
    /// taken: a question to Cloudflare is work too.
    pub(super) fn need_human<'a>(
        &'a self,
        action: HumanAction,
        token: Option<&'a HumanToken>,
    ) -> Result<PendingCheck<'a>, Error> {
        match (&self.settings.turnstile, token) {
            (None, _) => Ok(PendingCheck(None)),
            (Some(keys), Some(token)) => Ok(PendingCheck(Some((keys, token)))),
            (Some(keys), None) => Err(show_widget(keys, action, "no token")),
        }
    }

    /// The same for a sign-in, which needs a token only after some attempts.
    pub(super) async fn need_human_to_sign_in<'a>(
        &'a self,
        counters: &SignInCounters,
        token: Option<&'a HumanToken>,
    ) -> Result<PendingCheck<'a>, Error> {
        if self.settings.turnstile.is_none() {
            return Ok(PendingCheck(None));
        }
        let so_far = self.store.count_sign_ins(counters, self.now()).await?;
        if so_far.on_address < FREE_ON_ADDRESS && so_far.from_network < FREE_FROM_NETWORK {
            return Ok(PendingCheck(None));
        }
        self.need_human(HumanAction::SignIn, token)
    }

    /// Asks about the token, if one was needed.
    pub(super) async fn ask_human(
        &self,
        action: HumanAction,
        PendingCheck(pending): PendingCheck<'_>,
    ) -> Result<(), Error> {
        let Some((keys, token)) = pending else {
            return Ok(());
        };
        let question = HumanQuestion {
            keys,
            token,
            action,
            address: self.origin.address,
        };
        match (self.guards.human.ask(question).await, action) {
            (HumanVerdict::Human, _) | (HumanVerdict::Unknown(_), HumanAction::SignIn) => Ok(()),
            (HumanVerdict::NotHuman(why), _) => Err(show_widget(keys, action, &why)),
            (HumanVerdict::Unknown(why), HumanAction::Register | HumanAction::Reset) => {
                Err(Error::internal(format!("Turnstile cannot be asked: {why}")))
            }
        }
    }
}

fn show_widget(keys: &TurnstileKeys, action: HumanAction, why: &str) -> Error {
    let refusal = Refusal::HumanCheckNeeded {
        site_key: keys.site_key().to_owned(),
        action,
    };
    Error::new(refusal, format!("not shown to be a person: {why}"))
}
