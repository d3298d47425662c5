-- What an operator calls a refund: the same refund told twice, with the amount of this time, is one.
ALTER TABLE refunds ADD COLUMN reference TEXT;

CREATE UNIQUE INDEX refunds_by_reference ON refunds (payment_id, reference) WHERE reference IS NOT NULL;
