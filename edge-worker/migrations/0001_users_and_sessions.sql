-- Who has an account, and who is signed in.
--
-- Instants are milliseconds since 1970, UTC. Flags are 0 or 1. E-mail addresses are compared by `email_key`, which the
-- Worker makes in Rust, because SQLite's lower() knows ASCII only. No triggers: D1 cuts their bodies at the first
-- semicolon when migrations are applied remotely.

CREATE TABLE users (
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

  CONSTRAINT users_email_key_unique     UNIQUE (email_key),
  CONSTRAINT users_referral_code_unique UNIQUE (referral_code),
  CONSTRAINT users_referred_by_exists   FOREIGN KEY (referred_by) REFERENCES users (id) ON DELETE SET NULL,
  CONSTRAINT users_not_self_referred    CHECK (referred_by <> id),
  CONSTRAINT users_role_known           CHECK (role IN ('client', 'admin', 'finance_manager')),
  CONSTRAINT users_is_active_flag       CHECK (is_active IN (0, 1)),
  CONSTRAINT users_email_verified_flag  CHECK (email_verified IN (0, 1))
) STRICT;

CREATE INDEX users_by_referrer ON users (referred_by) WHERE referred_by IS NOT NULL;

CREATE TABLE sessions (
  id         TEXT    NOT NULL,
  user_id    INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,

  CONSTRAINT sessions_key         PRIMARY KEY (id),
  CONSTRAINT sessions_user_exists FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
  CONSTRAINT sessions_end_later   CHECK (expires_at > created_at)
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_by_user ON sessions (user_id);
