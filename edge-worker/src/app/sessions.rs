//! The caller's own sessions: where they are signed in, and an end to any of it (ASVS 5.0 7.5.2).

use super::App;
use super::authentication::Caller;
use super::error::{Error, Refusal};
use super::ports::Store;
use crate::domain::audit::{Actor, Event};
use crate::domain::session::Session;
use crate::domain::session_handle::SessionHandle;

impl<S: Store> App<'_, S> {
    /// Where the caller is signed in, the last used first.
    pub async fn own_sessions(&self, caller: &Caller) -> Result<Vec<Session>, Error> {
        Ok(self.store.sessions_of(caller.user.id, self.now()).await?)
    }

    /// Ends one of the caller's sessions, also this one. Somebody else's is as unknown as one that never was.
    pub async fn end_own_session(
        &self,
        caller: &Caller,
        handle: SessionHandle,
    ) -> Result<(), Error> {
        let sessions = self.own_sessions(caller).await?;
        let ended = sessions
            .iter()
            .find(|session| SessionHandle::of(session.id) == handle)
            .ok_or(Refusal::NotFound)?;
        let event = if ended.id == caller.session {
            Event::SignedOut
        } else {
            Event::SessionEnded
        };
        let audit = self.audit(event, Actor::Person).about(caller.user.id);
        self.store.end_session(ended.id, &audit).await?;
        Ok(())
    }
}
