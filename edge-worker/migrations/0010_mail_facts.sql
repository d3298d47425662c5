-- What a mail about products and money tells, beside what every mail tells. Emptied with the rest when it is sent or given up.
ALTER TABLE outbox ADD COLUMN product TEXT;
-- Kopecks.
ALTER TABLE outbox ADD COLUMN amount INTEGER;
-- Until when a product works.
ALTER TABLE outbox ADD COLUMN ends_at INTEGER;
-- Why money did not come, as an operator wrote it.
ALTER TABLE outbox ADD COLUMN reason TEXT;
