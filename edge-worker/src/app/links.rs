//! Making links and mails, and finding the link that somebody has opened.

use super::App;
use super::error::{Error, Refusal};
use super::ports::Store;
use crate::domain::language::Language;
use crate::domain::link::{LinkPurpose, LiveLink, NewLink};
use crate::domain::mail::facts::MailFacts;
use crate::domain::mail::{MailName, NewMail};
use crate::domain::one_time_token::OneTimeToken;

impl<S: Store> App<'_, S> {
    /// The link with this token, if it works now. Unknown, used, replaced and ended get one answer.
    pub async fn find_link(
        &self,
        token: &OneTimeToken,
        purpose: LinkPurpose,
    ) -> Result<LiveLink, Error> {
        self.limit_links().await?;
        self.store
            .live_link(&token.digest(), purpose, self.now())
            .await?
            .ok_or_else(|| Refusal::LinkNotValid.into())
    }

    /// A link to the account's own address, and its token for the mail.
    pub(super) fn new_link(&self, purpose: LinkPurpose) -> Result<(NewLink, OneTimeToken), Error> {
        let token = OneTimeToken::from_random(self.random()?);
        let link = NewLink {
            digest: token.digest(),
            purpose,
            address: None,
            session: None,
            created_at: self.now(),
        };
        Ok((link, token))
    }

    /// A mail to the account's own address about what this request does.
    pub(super) fn new_mail(&self, name: MailName, language: Language) -> NewMail {
        NewMail {
            name,
            language,
            to: None,
            token: None,
            origin: self.origin,
            about: None,
            facts: MailFacts::default(),
            created_at: self.now(),
        }
    }
}
