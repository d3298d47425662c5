//! SQL of the ledger. Rows of `transfers` are added and read, and nothing else is ever done to them: a test reads all SQL for
//! that.

/// Opens a partner's accounts, once. `?1` partner.
pub const OPEN_ACCOUNTS: &str = "
    INSERT INTO accounts (id, partner_id, kind, floor)
    SELECT 'partner:' || users.id || ':' || kinds.kind, users.id, kinds.kind, kinds.floor
    FROM users, (SELECT 'pending' AS kind, 0 AS floor UNION ALL SELECT 'available', 0 UNION ALL SELECT 'reserved', 0
                 UNION ALL SELECT 'debt', NULL) AS kinds
    WHERE users.id = ?1
    ON CONFLICT (id) DO NOTHING";

/// Writes a transfer. `?1` id, `?2` operation, `?3` debit, `?4` credit, `?5` amount, `?6` code, `?7` now.
pub const TRANSFER: &str = "
    INSERT INTO transfers (id, operation, debit, credit, amount, code, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

/// Takes back what is available, up to an amount. `?1` id, `?2` operation, `?3` the account, `?4` expense, `?5` amount, `?6` now.
pub const CLAW_BACK: &str = "
    INSERT INTO transfers (id, operation, debit, credit, amount, code, created_at)
    SELECT ?1, ?2, id, ?4, min(?5, balance), 'clawback', ?6 FROM accounts WHERE id = ?3 AND balance > 0";

/// Makes a debt of what is not available. `?1` id, `?2` operation, `?3` the account, `?4` expense, `?5` amount, `?6` now,
/// `?7` the debt.
pub const OWE: &str = "
    INSERT INTO transfers (id, operation, debit, credit, amount, code, created_at)
    SELECT ?1, ?2, ?7, ?4, ?5 - balance, 'owe', ?6 FROM accounts WHERE id = ?3 AND balance < ?5";

/// Repays debts out of what becomes available by an operation. `?1` operation, `?2` now.
pub const OFFSET: &str = "
    INSERT INTO transfers (id, operation, debit, credit, amount, code, created_at)
    SELECT 'offset:' || ?1 || ':' || debts.partner_id, ?1, came.credit, debts.id,
           min(sum(came.amount), -debts.balance), 'offset', ?2
    FROM transfers AS came JOIN accounts AS debts ON debts.id = replace(came.credit, ':available', ':debt')
    WHERE came.operation = ?1 AND came.code IN ('mature', 'release') AND debts.balance < 0
    GROUP BY debts.id";

/// Moves the balances by the transfers of an operation. `?1` operation.
pub const POST: &str = "
    UPDATE accounts SET balance = balance + moved.amount
    FROM (SELECT account, sum(amount) AS amount
          FROM (SELECT credit AS account, amount FROM transfers WHERE operation = ?1
                UNION ALL
                SELECT debit, -amount FROM transfers WHERE operation = ?1)
          GROUP BY account) AS moved
    WHERE accounts.id = moved.account";

/// Writes a commission. `?1` payment, `?2` partner, `?3` who paid, `?4` rate, `?5` base, `?6` amount, `?7` edition, `?8` now,
/// `?9` end of the hold.
pub const ADD_COMMISSION: &str = "
    INSERT INTO commissions (payment_id, partner_id, user_id, rate_bp, base, amount, edition, created_at, held_until)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";

/// Says how much of a commission was taken back. `?1` payment, `?2` how much.
pub const TAKE_BACK: &str = "UPDATE commissions SET taken_back = ?2 WHERE payment_id = ?1";

/// The commissions whose hold is over, the oldest first. `?1` now, `?2` partner or nobody, `?3` how many.
macro_rules! due {
    () => {
        "SELECT payment_id, partner_id, amount, taken_back FROM commissions
         WHERE matured_at IS NULL AND held_until <= ?1 AND (?2 IS NULL OR partner_id = ?2)
         ORDER BY held_until, payment_id LIMIT ?3"
    };
}

/// Undoes the transaction if the name of an operation was used before: its transfers would move the balances again. `?1`
/// operation.
pub const GUARD_NEW: &str = "
    SELECT CASE WHEN EXISTS (SELECT 1 FROM transfers WHERE operation = ?1)
    THEN json('the operation was booked before') ELSE 1 END AS guard";

/// Moves commissions whose hold is over to what is available. `?1` to `?3` as above, `?4` operation.
pub const MATURE: &str = concat!(
    "
    INSERT INTO transfers (id, operation, debit, credit, amount, code, created_at)
    SELECT 'mature:' || payment_id, ?4, 'partner:' || partner_id || ':pending', 'partner:' || partner_id || ':available',
           amount - taken_back, 'mature', ?1
    FROM (",
    due!(),
    ") WHERE amount > taken_back"
);

/// Marks them. `?1` to `?3` as above.
pub const MARK_MATURED: &str = concat!(
    "UPDATE commissions SET matured_at = ?1 WHERE payment_id IN (SELECT payment_id FROM (",
    due!(),
    "))"
);

/// How many rows the statement before this one changed.
pub const COUNT_CHANGED: &str = "SELECT changes() AS count";

/// What a partner has, and what of it is due to mature. `?1` partner, `?2` now.
pub const BALANCE: &str = "
    SELECT coalesce(sum(iif(kind = 'pending', balance, 0)), 0) AS pending,
           coalesce(sum(iif(kind = 'available', balance, 0)), 0) AS available,
           coalesce(sum(iif(kind = 'reserved', balance, 0)), 0) AS reserved,
           coalesce(sum(iif(kind = 'debt', -balance, 0)), 0) AS owed,
           (SELECT coalesce(sum(amount - taken_back), 0) FROM commissions
            WHERE partner_id = ?1 AND matured_at IS NULL AND held_until <= ?2) AS due
    FROM accounts WHERE partner_id = ?1";
