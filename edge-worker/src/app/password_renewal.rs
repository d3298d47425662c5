//! Stored passwords become stronger by themselves: when their owner signs in, which is the only time their text is known.

use super::App;
use super::error::Error;
use super::ports::Store;
use crate::domain::audit::{Actor, Event};
use crate::domain::identifiers::UserId;
use crate::domain::password_hash::{PasswordHash, StoredPassword};
use crate::domain::secret::SecretText;

impl<S: Store> App<'_, S> {
    /// Hashes the password anew if its hash is weaker than this installation makes them.
    ///
    /// Nothing that goes wrong here is the person's trouble: they have signed in, and the next sign-in tries again. The log
    /// is told, because a hash that never gets stronger is for operators to mend. And if the password was changed
    /// meanwhile, the change wins.
    pub(super) async fn renew_password(
        &self,
        user: UserId,
        stored: &StoredPassword,
        hash: &PasswordHash,
        password: &SecretText,
    ) {
        if !hash.needs_renewal(self.settings.iterations) {
            return;
        }
        if let Err(Error { log, .. }) = self.replace_hash(user, stored, password).await {
            self.remark(format!("user {user}: the hash was not renewed: {log}"));
        }
    }

    async fn replace_hash(
        &self,
        user: UserId,
        stored: &StoredPassword,
        password: &SecretText,
    ) -> Result<(), Error> {
        let salt = self.new_salt()?;
        self.count_hash();
        let renewed = PasswordHash::derive(password, salt, self.settings.iterations);
        let audit = self
            .audit(Event::PasswordRehashed, Actor::System)
            .about(user);
        let renewal = self.store.renew_password(user, stored, &renewed, &audit);
        Ok(renewal.await?)
    }
}
