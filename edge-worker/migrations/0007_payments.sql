-- Orders, payments, refunds, receipts. None of these rows is ever deleted: when a person goes, the rows stay without them.

CREATE TABLE orders (
  id              TEXT    NOT NULL,
  -- What people and the bank call it; it cannot be guessed.
  number          TEXT    NOT NULL,
  -- Empty while somebody without an account has not paid.
  user_id         INTEGER,
  product_id      TEXT    NOT NULL,
  -- What is to be prolonged; empty when something new is bought.
  user_product_id TEXT,
  amount          INTEGER NOT NULL,
  state           TEXT    NOT NULL DEFAULT 'waiting',
  -- Who is to pay, as they said with the order.
  customer_name   TEXT,
  customer_email  TEXT,
  customer_phone  TEXT,
  -- The code of the link by which they came to order.
  referral_code   TEXT,
  created_at      INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL,

  CONSTRAINT orders_key                 PRIMARY KEY (id),
  CONSTRAINT orders_number_unique       UNIQUE (number),
  CONSTRAINT orders_user_exists         FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE RESTRICT,
  CONSTRAINT orders_product_exists      FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE RESTRICT,
  CONSTRAINT orders_user_product_exists FOREIGN KEY (user_product_id) REFERENCES user_products (id) ON DELETE RESTRICT,
  CONSTRAINT orders_state_known         CHECK (state IN ('waiting', 'paid', 'cancelled')),
  CONSTRAINT orders_paid_by_somebody    CHECK (state <> 'paid' OR user_id IS NOT NULL),
  CONSTRAINT orders_amount_in_bounds    CHECK (amount BETWEEN 1 AND 100000000000)
) STRICT, WITHOUT ROWID;

CREATE INDEX orders_by_user ON orders (user_id, created_at) WHERE user_id IS NOT NULL;
CREATE INDEX orders_of_product ON orders (product_id);
-- A client asks for one renewal of a product at a time.
CREATE UNIQUE INDEX orders_one_renewal_waiting ON orders (user_product_id) WHERE state = 'waiting' AND user_product_id IS NOT NULL;
CREATE INDEX orders_of_user_product ON orders (user_product_id) WHERE user_product_id IS NOT NULL;
CREATE INDEX orders_waiting ON orders (created_at) WHERE state = 'waiting';

CREATE TABLE payments (
  id              TEXT    NOT NULL,
  order_id        TEXT    NOT NULL,
  user_id         INTEGER NOT NULL,
  -- What it paid for, once it went through.
  user_product_id TEXT,
  amount          INTEGER NOT NULL,
  -- How much of it was given back so far.
  refunded        INTEGER NOT NULL DEFAULT 0,
  status          TEXT    NOT NULL,
  source          TEXT    NOT NULL,
  -- The time it pays for; empty where it pays for no time.
  period_start    INTEGER,
  period_end      INTEGER,
  -- What the bank or the bookkeeper calls it; shown to nobody.
  provider_ref    TEXT,
  failure_reason  TEXT,
  created_at      INTEGER NOT NULL,
  updated_at      INTEGER NOT NULL,

  CONSTRAINT payments_key                 PRIMARY KEY (id),
  CONSTRAINT payments_order_exists        FOREIGN KEY (order_id) REFERENCES orders (id) ON DELETE RESTRICT,
  CONSTRAINT payments_user_exists         FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE RESTRICT,
  CONSTRAINT payments_user_product_exists FOREIGN KEY (user_product_id) REFERENCES user_products (id) ON DELETE RESTRICT,
  CONSTRAINT payments_status_known        CHECK (status IN ('pending', 'processing', 'success', 'failed', 'cancelled', 'refunded')),
  CONSTRAINT payments_source_known        CHECK (source IN ('card', 'mit', 'rko', 'invoice', 'cash', 'other')),
  CONSTRAINT payments_amount_in_bounds    CHECK (amount BETWEEN 1 AND 100000000000),
  CONSTRAINT payments_refunded_in_bounds  CHECK (refunded BETWEEN 0 AND amount),
  CONSTRAINT payments_refunded_if_paid    CHECK (refunded = 0 OR status IN ('success', 'refunded')),
  CONSTRAINT payments_refunded_is_whole   CHECK ((status = 'refunded') = (refunded = amount)),
  CONSTRAINT payments_period_whole        CHECK ((period_start IS NULL) = (period_end IS NULL)),
  CONSTRAINT payments_period_end_later    CHECK (period_end > period_start)
) STRICT, WITHOUT ROWID;

CREATE INDEX payments_by_user ON payments (user_id, created_at);
CREATE INDEX payments_by_user_and_status ON payments (user_id, status, created_at);
CREATE INDEX payments_of_order ON payments (order_id);
CREATE INDEX payments_for_user_product ON payments (user_product_id, period_end) WHERE user_product_id IS NOT NULL;
-- An order is paid once.
CREATE UNIQUE INDEX payments_one_of_order ON payments (order_id) WHERE status IN ('success', 'refunded');
CREATE UNIQUE INDEX payments_by_reference ON payments (source, provider_ref) WHERE provider_ref IS NOT NULL;

-- A refund is named by the payment and by how much of it is given back in all: the same refund told twice is one.
CREATE TABLE refunds (
  payment_id TEXT    NOT NULL,
  total      INTEGER NOT NULL,
  amount     INTEGER NOT NULL,
  reason     TEXT,
  created_at INTEGER NOT NULL,

  CONSTRAINT refunds_key             PRIMARY KEY (payment_id, total),
  CONSTRAINT refunds_payment_exists  FOREIGN KEY (payment_id) REFERENCES payments (id) ON DELETE RESTRICT,
  CONSTRAINT refunds_amount_positive CHECK (amount > 0),
  CONSTRAINT refunds_within_total    CHECK (amount <= total)
) STRICT, WITHOUT ROWID;

-- Receipts of the fiscal register (54-FZ).
CREATE TABLE receipts (
  id         TEXT    NOT NULL,
  payment_id TEXT    NOT NULL,
  -- How much was given back in all when it was issued; 0 for the receipt of the payment itself.
  refunded   INTEGER NOT NULL DEFAULT 0,
  url        TEXT    NOT NULL,
  issued_at  INTEGER NOT NULL,

  CONSTRAINT receipts_key            PRIMARY KEY (id),
  CONSTRAINT receipts_once           UNIQUE (payment_id, refunded),
  CONSTRAINT receipts_payment_exists FOREIGN KEY (payment_id) REFERENCES payments (id) ON DELETE RESTRICT
) STRICT, WITHOUT ROWID;
