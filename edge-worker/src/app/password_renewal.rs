//! Stored passwords become stronger by themselves: when their owner signs in, which is the only time their text is known.

use super::App;
use super::ports::Store;
use crate::domain::audit::{Actor, Event};
use crate::domain::identifiers::UserId;
use crate::domain::password_hash::{PasswordHash, StoredPassword};
use crate::domain::secret::SecretText;

impl<S: Store> App<'_, S> {
    /// Hashes the password anew if its hash is weaker than this installation makes them.
    ///
    /// Nothing that goes wrong here is the person's trouble: they have signed in, and the next sign-in tries again. And if
    /// the password was changed meanwhile, the change wins.
    pub(super) async fn renew_password(
        &self,
        user: UserId,
        stored: &StoredPassword,
        hash: &PasswordHash,
        password: &SecretText,
    ) {
        let target = self.settings.iterations;
        if !hash.needs_renewal(target) {
            return;
        }
        let Ok(salt) = self.new_salt() else {
            return;
        };
        self.count_hash();
        let renewed = PasswordHash::derive(password, salt, target);
        let audit = self
            .audit(Event::PasswordRehashed, Actor::System)
            .about(user);
        let _tried_again_at_the_next_sign_in = self
            .store
            .renew_password(user, stored, &renewed, &audit)
            .await;
    }
}
