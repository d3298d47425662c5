-- How often something was tried that must not be tried too often: sign-ins, registrations, letters asked for.
--
-- A row counts one kind of thing by one key. The key is a keyed digest of an e-mail address, a network or a user's number, so
-- the table names nobody (edge-worker/src/domain/attempts.rs). Instants are milliseconds since 1970, UTC.

CREATE TABLE attempts (
  kind         TEXT    NOT NULL,
  key          TEXT    NOT NULL,
  -- Attempts since the row began.
  count        INTEGER NOT NULL,
  -- Nothing more is let through before this instant; an instant in the past lets the next one through.
  shut_until   INTEGER NOT NULL,
  -- From this instant on the row counts as absent; cron deletes it.
  forgotten_at INTEGER NOT NULL,

  CONSTRAINT attempts_key             PRIMARY KEY (kind, key),
  CONSTRAINT attempts_counted         CHECK (count >= 0),
  CONSTRAINT attempts_open_before_end CHECK (shut_until <= forgotten_at)
) STRICT, WITHOUT ROWID;

CREATE INDEX attempts_by_end ON attempts (forgotten_at);
