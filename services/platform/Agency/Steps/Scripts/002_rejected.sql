-- What the mall found wrong with the latest answer; null again with the next.
ALTER TABLE steps ADD COLUMN rejected jsonb;
