-- The partner programme: who brought whom, what partners earn, and the ledger that says where the money is.
--
-- The rules of the ledger stand in edge-worker/src/domain/ledger.rs. Rows of `transfers` are added and read, never changed.

-- So that a binding and what the account tells about it cannot differ.
CREATE UNIQUE INDEX users_with_referrer ON users (id, referred_by);

CREATE TABLE referrals (
  -- Who came. One binding a person, for good.
  user_id    INTEGER CONSTRAINT referrals_key PRIMARY KEY,
  -- Who brought them.
  partner_id INTEGER NOT NULL,
  bound_at   INTEGER NOT NULL,

  CONSTRAINT referrals_agree_with_users FOREIGN KEY (user_id, partner_id) REFERENCES users (id, referred_by) ON DELETE RESTRICT,
  CONSTRAINT referrals_not_to_oneself   CHECK (user_id <> partner_id)
) STRICT;

CREATE INDEX referrals_by_partner ON referrals (partner_id, bound_at);

INSERT INTO referrals (user_id, partner_id, bound_at)
SELECT id, referred_by, created_at FROM users WHERE referred_by IS NOT NULL;

-- What a payment brought to the partner: one row a payment. The rate and the edition of the terms are those of that day.
CREATE TABLE commissions (
  payment_id TEXT    NOT NULL,
  partner_id INTEGER NOT NULL,
  -- Who paid.
  user_id    INTEGER NOT NULL,
  -- Hundredths of a per cent.
  rate_bp    INTEGER NOT NULL,
  -- What was paid.
  base       INTEGER NOT NULL,
  amount     INTEGER NOT NULL,
  -- How much of it was taken back because of refunds.
  taken_back INTEGER NOT NULL DEFAULT 0,
  -- Which edition of content/partner.toml.
  edition    INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  -- Until here it is held.
  held_until INTEGER NOT NULL,
  -- When it became available.
  matured_at INTEGER,

  CONSTRAINT commissions_key             PRIMARY KEY (payment_id),
  CONSTRAINT commissions_payment_exists  FOREIGN KEY (payment_id) REFERENCES payments (id) ON DELETE RESTRICT,
  CONSTRAINT commissions_partner_exists  FOREIGN KEY (partner_id) REFERENCES users (id) ON DELETE RESTRICT,
  CONSTRAINT commissions_referral_exists FOREIGN KEY (user_id) REFERENCES referrals (user_id) ON DELETE RESTRICT,
  CONSTRAINT commissions_not_to_oneself  CHECK (user_id <> partner_id),
  CONSTRAINT commissions_rate_in_bounds  CHECK (rate_bp BETWEEN 1 AND 10000),
  CONSTRAINT commissions_amount_positive CHECK (amount > 0),
  CONSTRAINT commissions_within_base     CHECK (amount <= base),
  CONSTRAINT commissions_back_in_bounds  CHECK (taken_back BETWEEN 0 AND amount)
) STRICT, WITHOUT ROWID;

CREATE INDEX commissions_by_partner ON commissions (partner_id, created_at);
CREATE INDEX commissions_by_user ON commissions (user_id);
CREATE INDEX commissions_held ON commissions (held_until) WHERE matured_at IS NULL;
CREATE INDEX commissions_held_of_partner ON commissions (partner_id, held_until) WHERE matured_at IS NULL;

CREATE TABLE accounts (
  -- 'partner:42:available'
  id         TEXT    NOT NULL,
  -- Whose; the service's own accounts are nobody's.
  partner_id INTEGER,
  kind       TEXT    NOT NULL,
  -- What the account may not fall below; empty where there is no bound.
  floor      INTEGER,
  balance    INTEGER NOT NULL DEFAULT 0,

  CONSTRAINT accounts_key             PRIMARY KEY (id),
  CONSTRAINT accounts_partner_exists  FOREIGN KEY (partner_id) REFERENCES users (id) ON DELETE RESTRICT,
  CONSTRAINT accounts_kind_known      CHECK (kind IN ('pending', 'available', 'reserved', 'debt', 'expense', 'bank')),
  CONSTRAINT accounts_named_by_kind   CHECK (id = coalesce('partner:' || partner_id || ':', 'service:') || kind),
  CONSTRAINT accounts_overdraft       CHECK (floor IS NULL OR balance >= floor),
  CONSTRAINT accounts_debt_is_no_gain CHECK (kind <> 'debt' OR balance <= 0)
) STRICT, WITHOUT ROWID;

CREATE INDEX accounts_by_partner ON accounts (partner_id) WHERE partner_id IS NOT NULL;

INSERT INTO accounts (id, kind) VALUES ('service:expense', 'expense'), ('service:bank', 'bank');

CREATE TABLE transfers (
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
  CONSTRAINT transfers_code_known      CHECK (code IN ('accrue', 'mature', 'reverse', 'clawback', 'owe', 'offset', 'reserve', 'pay', 'release'))
) STRICT, WITHOUT ROWID;

CREATE INDEX transfers_by_debit ON transfers (debit, created_at);
CREATE INDEX transfers_by_credit ON transfers (credit, created_at);
CREATE INDEX transfers_of_operation ON transfers (operation);

CREATE TABLE payouts (
  id           TEXT    NOT NULL,
  partner_id   INTEGER NOT NULL,
  amount       INTEGER NOT NULL,
  state        TEXT    NOT NULL DEFAULT 'requested',
  -- Where the money is to go, as it was when it was asked for (edge-worker/src/domain/payout_destination.rs).
  legal_form   TEXT    NOT NULL,
  recipient    TEXT    NOT NULL,
  inn          TEXT    NOT NULL,
  method       TEXT    NOT NULL,
  bik          TEXT,
  account      TEXT,
  phone        TEXT,
  -- What the bank calls the payment.
  bank_ref     TEXT,
  -- Why it did not come, for the partner to read.
  reason       TEXT,
  requested_at INTEGER NOT NULL,
  updated_at   INTEGER NOT NULL,
  settled_at   INTEGER,

  CONSTRAINT payouts_key              PRIMARY KEY (id),
  CONSTRAINT payouts_partner_exists   FOREIGN KEY (partner_id) REFERENCES users (id) ON DELETE RESTRICT,
  CONSTRAINT payouts_amount_positive  CHECK (amount > 0),
  CONSTRAINT payouts_state_known      CHECK (state IN ('requested', 'processing', 'paid', 'rejected', 'failed')),
  CONSTRAINT payouts_legal_form_known CHECK (legal_form IN ('self_employed', 'sole_trader', 'company')),
  CONSTRAINT payouts_method_known     CHECK (method IN ('bank_account', 'sbp')),
  CONSTRAINT payouts_account_whole    CHECK ((method = 'bank_account') = (bik IS NOT NULL AND account IS NOT NULL)),
  CONSTRAINT payouts_phone_whole      CHECK ((method = 'sbp') = (phone IS NOT NULL)),
  CONSTRAINT payouts_settled_at_end   CHECK ((settled_at IS NULL) = (state IN ('requested', 'processing'))),
  CONSTRAINT payouts_paid_with_a_ref  CHECK (state <> 'paid' OR bank_ref IS NOT NULL),
  CONSTRAINT payouts_refused_for_sth  CHECK (state NOT IN ('rejected', 'failed') OR reason IS NOT NULL)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX payouts_one_open ON payouts (partner_id) WHERE state IN ('requested', 'processing');
CREATE INDEX payouts_by_partner ON payouts (partner_id, requested_at);
CREATE INDEX payouts_by_state ON payouts (state, requested_at);

-- What an entry of the log is about: a product, a payment, a payout.
ALTER TABLE audit ADD COLUMN subject TEXT;
