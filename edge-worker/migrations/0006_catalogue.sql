-- What is sold, what each client has, and what they agreed to.
--
-- Amounts are whole kopecks. What a client has is never marked as ended by anybody: its state is worked out from the dates
-- (edge-worker/src/domain/access.rs), so it is right at every moment. Rows that money refers to are never deleted.

CREATE TABLE documents (
  id         INTEGER CONSTRAINT documents_key PRIMARY KEY,
  -- Its name in addresses.
  slug       TEXT    NOT NULL,
  type       TEXT    NOT NULL,
  created_at INTEGER NOT NULL,
  -- From here on nobody is asked to accept it.
  retired_at INTEGER,

  CONSTRAINT documents_slug_unique UNIQUE (slug),
  CONSTRAINT documents_type_known  CHECK (type IN ('privacy', 'affiliate_terms', 'cabinet_terms', 'subscription_terms', 'other'))
) STRICT;

CREATE INDEX documents_by_type ON documents (type) WHERE retired_at IS NULL;

-- A version never changes: it is what people accepted.
CREATE TABLE document_versions (
  document_id  INTEGER NOT NULL,
  version      INTEGER NOT NULL,
  title_ru     TEXT    NOT NULL,
  title_en     TEXT,
  -- The text in Markdown, or the address of the page that has it.
  text_ru      TEXT,
  text_en      TEXT,
  url          TEXT,
  published_at INTEGER NOT NULL,

  CONSTRAINT document_versions_key             PRIMARY KEY (document_id, version),
  CONSTRAINT document_versions_document_exists FOREIGN KEY (document_id) REFERENCES documents (id) ON DELETE RESTRICT,
  CONSTRAINT document_versions_counted         CHECK (version >= 1),
  CONSTRAINT document_versions_have_a_text     CHECK (text_ru IS NOT NULL OR url IS NOT NULL)
) STRICT, WITHOUT ROWID;

CREATE TABLE acceptances (
  user_id     INTEGER NOT NULL,
  document_id INTEGER NOT NULL,
  version     INTEGER NOT NULL,
  accepted_at INTEGER NOT NULL,
  -- From where, as in `audit`.
  network     TEXT,
  country     TEXT,
  device      TEXT,

  CONSTRAINT acceptances_key            PRIMARY KEY (user_id, document_id, version),
  CONSTRAINT acceptances_user_exists    FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE RESTRICT,
  CONSTRAINT acceptances_version_exists FOREIGN KEY (document_id, version) REFERENCES document_versions (document_id, version) ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;

CREATE INDEX acceptances_of_version ON acceptances (document_id, version);

CREATE TABLE products (
  id             TEXT    NOT NULL,
  slug           TEXT    NOT NULL,
  name_ru        TEXT    NOT NULL,
  name_en        TEXT    NOT NULL,
  description_ru TEXT,
  description_en TEXT,
  kind           TEXT    NOT NULL,
  -- How long a payment lasts; of subscriptions only.
  period         TEXT,
  price          INTEGER NOT NULL,
  -- Where the product is used and where it is managed, unless the client has addresses of their own.
  app_url        TEXT,
  admin_url      TEXT,
  -- What a subscriber agrees to.
  terms_id       INTEGER,
  created_at     INTEGER NOT NULL,
  updated_at     INTEGER NOT NULL,
  -- From here on it is not sold; who has it keeps it.
  retired_at     INTEGER,

  CONSTRAINT products_key             PRIMARY KEY (id),
  CONSTRAINT products_slug_unique     UNIQUE (slug),
  CONSTRAINT products_terms_exist     FOREIGN KEY (terms_id) REFERENCES documents (id) ON DELETE RESTRICT,
  CONSTRAINT products_kind_known      CHECK (kind IN ('one_time', 'subscription')),
  CONSTRAINT products_period_known    CHECK (period IN ('month', 'year')),
  CONSTRAINT products_period_if_due   CHECK ((kind = 'subscription') = (period IS NOT NULL)),
  CONSTRAINT products_price_in_bounds CHECK (price BETWEEN 0 AND 100000000000)
) STRICT, WITHOUT ROWID;

CREATE INDEX products_on_sale ON products (created_at) WHERE retired_at IS NULL;
CREATE INDEX products_by_terms ON products (terms_id) WHERE terms_id IS NOT NULL;

-- How a client pays next time. The bank's name for the card is used by the Worker and shown to nobody.
CREATE TABLE payment_methods (
  id         TEXT    NOT NULL,
  user_id    INTEGER NOT NULL,
  provider   TEXT    NOT NULL,
  charge_id  TEXT    NOT NULL,
  pan_mask   TEXT    NOT NULL,
  -- MMYY, as on the card; empty when the bank did not say.
  expires    TEXT,
  card_type  TEXT,
  is_default INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  revoked_at INTEGER,

  CONSTRAINT payment_methods_key            PRIMARY KEY (id),
  CONSTRAINT payment_methods_charge_unique  UNIQUE (provider, charge_id),
  CONSTRAINT payment_methods_user_exists    FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE RESTRICT,
  CONSTRAINT payment_methods_provider_known CHECK (provider IN ('tbank')),
  CONSTRAINT payment_methods_default_flag   CHECK (is_default IN (0, 1)),
  CONSTRAINT payment_methods_default_works  CHECK (is_default = 0 OR revoked_at IS NULL)
) STRICT, WITHOUT ROWID;

CREATE INDEX payment_methods_by_user ON payment_methods (user_id, created_at);
CREATE UNIQUE INDEX payment_methods_one_default ON payment_methods (user_id) WHERE is_default = 1;

-- What a client has or had. Of one product there may be several: history stays.
CREATE TABLE user_products (
  id            TEXT    NOT NULL,
  user_id       INTEGER NOT NULL,
  product_id    TEXT    NOT NULL,
  -- Empty while it is being prepared.
  starts_at     INTEGER,
  -- The end of what is paid; empty where there is no end.
  ends_at       INTEGER,
  -- When it was taken away, and why: a word of edge-worker/src/domain/access.rs.
  revoked_at    INTEGER,
  revoked_for   TEXT,
  -- Addresses of this client's own.
  app_url       TEXT,
  admin_url     TEXT,
  created_at    INTEGER NOT NULL,
  updated_at    INTEGER NOT NULL,
  -- When the service has noticed the end and put it down in the log. It decides nothing.
  noticed_end_at INTEGER,

  CONSTRAINT user_products_key            PRIMARY KEY (id),
  CONSTRAINT user_products_user_exists    FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE RESTRICT,
  CONSTRAINT user_products_product_exists FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE RESTRICT,
  CONSTRAINT user_products_end_later      CHECK (ends_at >= starts_at),
  CONSTRAINT user_products_end_of_a_start CHECK (ends_at IS NULL OR starts_at IS NOT NULL),
  CONSTRAINT user_products_revoked_known  CHECK (revoked_for IN ('operator', 'refund')),
  CONSTRAINT user_products_revoked_why    CHECK ((revoked_at IS NULL) = (revoked_for IS NULL))
) STRICT, WITHOUT ROWID;

CREATE INDEX user_products_by_user ON user_products (user_id, created_at);
CREATE INDEX user_products_of_product ON user_products (product_id, user_id);
CREATE INDEX user_products_by_end ON user_products (ends_at) WHERE noticed_end_at IS NULL AND revoked_at IS NULL;

-- The part of a client's product that is paid for again and again. Its number is that of the client's product.
CREATE TABLE subscriptions (
  user_product_id   TEXT    NOT NULL,
  period            TEXT    NOT NULL,
  -- The day of the month on which a period begins, by Moscow's calendar; shorter months end on their last day.
  anchor_day        INTEGER NOT NULL,
  -- When the last paid period begins; it ends with the client's product.
  period_start      INTEGER NOT NULL,
  renewal_price     INTEGER NOT NULL,
  -- When the client asked not to renew; what is paid works to its end.
  cancelled_at      INTEGER,
  payment_method_id TEXT,

  CONSTRAINT subscriptions_key             PRIMARY KEY (user_product_id),
  CONSTRAINT subscriptions_product_exists  FOREIGN KEY (user_product_id) REFERENCES user_products (id) ON DELETE RESTRICT,
  CONSTRAINT subscriptions_method_exists   FOREIGN KEY (payment_method_id) REFERENCES payment_methods (id) ON DELETE RESTRICT,
  CONSTRAINT subscriptions_period_known    CHECK (period IN ('month', 'year')),
  CONSTRAINT subscriptions_anchor_is_a_day CHECK (anchor_day BETWEEN 1 AND 31),
  CONSTRAINT subscriptions_price_in_bounds CHECK (renewal_price BETWEEN 0 AND 100000000000)
) STRICT, WITHOUT ROWID;

CREATE INDEX subscriptions_by_method ON subscriptions (payment_method_id) WHERE payment_method_id IS NOT NULL;
