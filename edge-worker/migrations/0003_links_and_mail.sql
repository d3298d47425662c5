-- Links that are mailed to people, and the mail that is to be sent.

-- One row a link. The token itself is in the mail only: here is its SHA-256, so that who reads this table can use none of
-- them (ASVS 5.0 6.5.2). A link that was replaced by a newer one, or overtaken by a change of the account, is deleted.
CREATE TABLE links (
  token_hash TEXT    NOT NULL,
  purpose    TEXT    NOT NULL,
  user_id    INTEGER NOT NULL,
  -- Where the link was sent: who uses it has shown that the mailbox is theirs. For 'change_email', the new address.
  address    TEXT    NOT NULL,
  -- For 'change_email': the session that asked for it and stays open when the others end.
  session_id TEXT,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  used_at    INTEGER,

  CONSTRAINT links_key           PRIMARY KEY (token_hash),
  CONSTRAINT links_user_exists   FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
  CONSTRAINT links_purpose_known CHECK (purpose IN ('reset_password', 'verify_email', 'change_email')),
  CONSTRAINT links_end_later     CHECK (expires_at > created_at)
) STRICT, WITHOUT ROWID;

CREATE INDEX links_by_user ON links (user_id, purpose);
CREATE INDEX links_by_end ON links (expires_at);

-- The outbox: a mail is written in the same transaction as what it tells of, sent right after the answer, and tried
-- again with growing pauses until `deadline`.
CREATE TABLE outbox (
  id              INTEGER CONSTRAINT outbox_key PRIMARY KEY AUTOINCREMENT,
  -- Whom it is about; nobody when the account was deleted.
  user_id         INTEGER,
  address         TEXT    NOT NULL,
  -- A name of edge-worker/mails.json.
  mail            TEXT    NOT NULL,
  language        TEXT    NOT NULL,
  -- What the text is filled with. The token of a link stands here in clear, because the mail must carry it; all of
  -- this is emptied as soon as the mail is sent or given up.
  token           TEXT,
  name            TEXT,
  device          TEXT,
  country         TEXT,
  about_address   TEXT,
  created_at      INTEGER NOT NULL,
  -- From here on there is no sense in sending it: a day later, or when its link is dead.
  deadline        INTEGER NOT NULL,
  -- Who takes the mail to send it counts the attempt and moves the next one away, in one statement: that is how two
  -- who deliver at once never take the same mail.
  attempts        INTEGER NOT NULL DEFAULT 0,
  next_attempt_at INTEGER NOT NULL,
  sent_at         INTEGER,
  given_up_at     INTEGER,
  -- A code, never a text from outside.
  last_error      TEXT,

  CONSTRAINT outbox_user_exists    FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
  CONSTRAINT outbox_language_known CHECK (language IN ('ru', 'en')),
  CONSTRAINT outbox_ends_once      CHECK (sent_at IS NULL OR given_up_at IS NULL)
) STRICT;

CREATE INDEX outbox_by_user ON outbox (user_id, created_at) WHERE user_id IS NOT NULL;
CREATE INDEX outbox_of_nobody ON outbox (id) WHERE user_id IS NULL;
CREATE INDEX outbox_due ON outbox (next_attempt_at) WHERE sent_at IS NULL AND given_up_at IS NULL;
CREATE INDEX outbox_by_time ON outbox (created_at);
