-- What a client may repeat. Rows live for a week: one index finds those that are old, one those about something whose
-- personal data are erased.
CREATE TABLE idempotency_keys (
    client text NOT NULL,
    key text NOT NULL,
    request_hash bytea NOT NULL,
    about uuid,
    status smallint NOT NULL,
    headers jsonb NOT NULL,
    body bytea,
    created_at timestamptz NOT NULL,
    CONSTRAINT pk_idempotency_keys PRIMARY KEY (client, key));

CREATE INDEX ix_idempotency_keys_created_at ON idempotency_keys USING brin (created_at);
CREATE INDEX ix_idempotency_keys_about ON idempotency_keys (about);
