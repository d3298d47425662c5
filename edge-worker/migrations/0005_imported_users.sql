-- Whom the import brought from the predecessor. A number stands here for good, also when its person has changed the
-- address or is deleted: so a second import of the same dump adds nobody twice and brings nobody back, and later imports
-- (orders, payments) know whose they are.

CREATE TABLE imported_users (
  -- The predecessor's number of the person.
  predecessor_id INTEGER CONSTRAINT imported_users_key PRIMARY KEY,
  -- Ours; empty when the account is gone.
  user_id        INTEGER,
  imported_at    INTEGER NOT NULL,

  CONSTRAINT imported_users_user_exists FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE SET NULL
) STRICT;

CREATE INDEX imported_users_by_user ON imported_users (user_id);
