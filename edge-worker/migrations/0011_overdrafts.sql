-- One more kind of transfer: `advance`, for what the predecessor paid out above what its partners had earned
-- (edge-worker/src/domain/ledger.rs). SQLite changes a CHECK only by making the table anew; nothing refers to this one.

CREATE TABLE transfers_anew (
  -- Made of what it is for, such as 'accrue:' and the payment: what was booked cannot be booked again.
  id         TEXT    NOT NULL,
  -- Which transfers were booked together, so that balances are moved by exactly these.
  operation  TEXT    NOT NULL,
  debit      TEXT    NOT NULL,
  credit     TEXT    NOT NULL,
  amount     INTEGER NOT NULL,
  code       TEXT    NOT NULL,
  created_at INTEGER NOT NULL,

  CONSTRAINT transfers_key             PRIMARY KEY (id),
  CONSTRAINT transfers_debit_exists    FOREIGN KEY (debit) REFERENCES accounts (id) ON DELETE RESTRICT,
  CONSTRAINT transfers_credit_exists   FOREIGN KEY (credit) REFERENCES accounts (id) ON DELETE RESTRICT,
  CONSTRAINT transfers_amount_positive CHECK (amount > 0),
  CONSTRAINT transfers_to_another      CHECK (debit <> credit),
  CONSTRAINT transfers_code_known      CHECK (code IN ('accrue', 'mature', 'reverse', 'clawback', 'owe', 'offset', 'reserve', 'pay', 'release', 'advance'))
) STRICT, WITHOUT ROWID;

INSERT INTO transfers_anew (id, operation, debit, credit, amount, code, created_at)
SELECT id, operation, debit, credit, amount, code, created_at FROM transfers;

DROP TABLE transfers;
ALTER TABLE transfers_anew RENAME TO transfers;

CREATE INDEX transfers_by_debit ON transfers (debit, created_at);
CREATE INDEX transfers_by_credit ON transfers (credit, created_at);
CREATE INDEX transfers_of_operation ON transfers (operation);
