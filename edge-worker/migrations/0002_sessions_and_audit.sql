-- What a person sees of their sessions, the log of what happened to accounts, and the roles of today.
--
-- SQLite cannot change a CHECK, so `users` is built anew beside the old table and takes its name. Foreign keys stay on
-- while D1 migrates, and a dropped table empties itself with every ON DELETE: sessions that pointed at the old table would
-- go with it. Hence the order: both new tables point at the new one, sessions leave first, users last.
PRAGMA defer_foreign_keys = on;

CREATE TABLE users_anew (
  -- AUTOINCREMENT: the number of a deleted user is never given again.
  id                INTEGER CONSTRAINT users_key PRIMARY KEY AUTOINCREMENT,
  email             TEXT    NOT NULL,
  email_key         TEXT    NOT NULL,
  password_hash     TEXT    NOT NULL,
  name              TEXT    NOT NULL,
  phone             TEXT,
  role              TEXT    NOT NULL,
  is_active         INTEGER NOT NULL DEFAULT 1,
  telegram_id       TEXT,
  email_verified    INTEGER NOT NULL DEFAULT 0,
  referral_code     TEXT    NOT NULL,
  referred_by       INTEGER,
  terms_accepted_at INTEGER,
  offer_accepted_at INTEGER,
  created_at        INTEGER NOT NULL,
  updated_at        INTEGER NOT NULL,
  -- When the person had their data deleted. The row stays without the person, for money records to refer to.
  deleted_at        INTEGER,

  CONSTRAINT users_email_key_unique     UNIQUE (email_key),
  CONSTRAINT users_referral_code_unique UNIQUE (referral_code),
  CONSTRAINT users_referred_by_exists   FOREIGN KEY (referred_by) REFERENCES users_anew (id) ON DELETE SET NULL,
  CONSTRAINT users_not_self_referred    CHECK (referred_by <> id),
  CONSTRAINT users_role_known           CHECK (role IN ('client', 'operator', 'admin')),
  CONSTRAINT users_is_active_flag       CHECK (is_active IN (0, 1)),
  CONSTRAINT users_email_verified_flag  CHECK (email_verified IN (0, 1)),
  CONSTRAINT users_deleted_is_closed    CHECK (deleted_at IS NULL OR is_active = 0)
) STRICT;

INSERT INTO users_anew (id, email, email_key, password_hash, name, phone, role, is_active, telegram_id, email_verified,
                        referral_code, referred_by, terms_accepted_at, offer_accepted_at, created_at, updated_at)
SELECT id, email, email_key, password_hash, name, phone,
       CASE role WHEN 'finance_manager' THEN 'operator' ELSE role END,
       is_active, telegram_id, email_verified, referral_code, referred_by, terms_accepted_at, offer_accepted_at,
       created_at, updated_at
FROM users;

-- The counter of AUTOINCREMENT moves with the table, also when its last users are gone.
DELETE FROM sqlite_sequence WHERE name = 'users_anew';
INSERT INTO sqlite_sequence (name, seq) SELECT 'users_anew', seq FROM sqlite_sequence WHERE name = 'users';

CREATE TABLE sessions_anew (
  id           TEXT    NOT NULL,
  user_id      INTEGER NOT NULL,
  created_at   INTEGER NOT NULL,
  expires_at   INTEGER NOT NULL,
  -- Written when the session is used, at most every five minutes.
  last_seen_at INTEGER NOT NULL,
  -- In words such as 'Chrome, Windows'; empty when the browser did not say. The raw header is never kept.
  device       TEXT,
  -- Where it was last seen: two letters of ISO 3166-1, as Cloudflare knows them.
  country      TEXT,

  CONSTRAINT sessions_key         PRIMARY KEY (id),
  CONSTRAINT sessions_user_exists FOREIGN KEY (user_id) REFERENCES users_anew (id) ON DELETE CASCADE,
  CONSTRAINT sessions_end_later   CHECK (expires_at > created_at)
) STRICT, WITHOUT ROWID;

INSERT INTO sessions_anew (id, user_id, created_at, expires_at, last_seen_at)
SELECT id, user_id, created_at, expires_at, created_at FROM sessions;

DROP TABLE sessions;
DROP TABLE users;
ALTER TABLE users_anew RENAME TO users;
ALTER TABLE sessions_anew RENAME TO sessions;

CREATE INDEX users_by_referrer ON users (referred_by) WHERE referred_by IS NOT NULL;
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_end ON sessions (expires_at);

-- What happened to accounts: who, what, when, from where. Without secrets, and without what somebody typed into a form.
-- There is no foreign key to users on purpose: the log outlives the people in it.
CREATE TABLE audit (
  id         INTEGER CONSTRAINT audit_key PRIMARY KEY,
  -- A word of edge-worker/src/domain/audit.rs, where each is explained.
  event      TEXT    NOT NULL,
  -- Whose account; empty when nobody has the address that was tried. The address itself is not kept then.
  user_id    INTEGER,
  -- Who did it: the person, anyone (somebody who has not proved who they are), an operator, the system.
  actor      TEXT    NOT NULL,
  -- The operator's name.
  actor_name TEXT,
  -- A short code with more to it, such as 'wrong_password'.
  detail     TEXT,
  -- When; of a row that stands for many events, the last time.
  at         INTEGER NOT NULL,
  -- IPv4 whole, IPv6 as its /64, which is what one household or one server has.
  network    TEXT,
  country    TEXT,
  device     TEXT,
  -- Events that cost their maker nothing are folded: those with the same key share a row, so that no flood fills the
  -- database. `times` counts them.
  fold_key   TEXT,
  times      INTEGER NOT NULL DEFAULT 1,

  CONSTRAINT audit_fold_key_unique UNIQUE (fold_key),
  CONSTRAINT audit_actor_known     CHECK (actor IN ('person', 'anyone', 'operator', 'system')),
  CONSTRAINT audit_operator_named  CHECK ((actor = 'operator') = (actor_name IS NOT NULL))
) STRICT;

CREATE INDEX audit_by_user ON audit (user_id, at);
CREATE INDEX audit_by_time ON audit (at);
