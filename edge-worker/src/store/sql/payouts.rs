//! SQL of payouts.

/// Undoes the transaction unless a partner's account is open. `?1` partner.
pub const GUARD_PARTNER_OPEN: &str = "
    SELECT CASE WHEN EXISTS (SELECT 1 FROM users WHERE id = ?1 AND is_active = 1 AND deleted_at IS NULL)
    THEN 1 ELSE json('the account is closed') END AS guard";

/// Writes a payout that is asked for. `?1` id, `?2` partner, `?3` amount, `?4` legal form, `?5` recipient, `?6` INN, `?7` method,
/// `?8` BIK, `?9` account, `?10` phone, `?11` now.
pub const ADD_PAYOUT: &str = "
    INSERT INTO payouts (id, partner_id, amount, legal_form, recipient, inn, method, bik, account, phone, requested_at, updated_at)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?11)";

/// A payout. `?1` id.
pub const PAYOUT: &str =
    "SELECT id, partner_id, amount, state, bank_ref FROM payouts WHERE id = ?1";

/// Undoes the transaction unless a payout is so far. `?1` id, `?2` state.
pub const GUARD_PAYOUT: &str = "
    SELECT CASE WHEN EXISTS (SELECT 1 FROM payouts WHERE id = ?1 AND state = ?2)
    THEN 1 ELSE json('the payout changed meanwhile') END AS guard";

/// Takes a step. `?1` id, `?2` state before, `?3` state, `?4` what the bank calls it, `?5` reason, `?6` end, `?7` now.
pub const STEP_PAYOUT: &str = "
    UPDATE payouts SET state = ?3, bank_ref = coalesce(?4, bank_ref), reason = ?5, settled_at = ?6, updated_at = ?7
    WHERE id = ?1 AND state = ?2";

/// Forgets where a settled payout went, if its partner had their data deleted meanwhile. `?1` id.
pub const FORGET_DETAILS_OF_DELETED: &str = "
    UPDATE payouts SET recipient = '', inn = '', bik = iif(bik IS NULL, NULL, ''), account = iif(account IS NULL, NULL, ''),
      phone = iif(phone IS NULL, NULL, '')
    WHERE id = ?1 AND settled_at IS NOT NULL
      AND EXISTS (SELECT 1 FROM users WHERE users.id = payouts.partner_id AND users.deleted_at IS NOT NULL)";
