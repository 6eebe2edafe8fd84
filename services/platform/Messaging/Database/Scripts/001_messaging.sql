-- Everything written to outbox, outbox_retry and timers is deleted again within moments: vacuum after a thousand dead
-- rows whatever the table's size, without the pauses that spare the disk of big tables. Dead rows at the head of the
-- key are what makes such tables slow.

-- Waits for the relay. The only index is the key: rows are inserted and deleted, never updated.
CREATE TABLE outbox (
    id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_outbox PRIMARY KEY,
    attempts smallint NOT NULL,
    created_at timestamptz NOT NULL,
    message_id uuid NOT NULL,
    destination text NOT NULL,
    content_type text NOT NULL,
    headers jsonb,
    properties jsonb,
    body bytea NOT NULL,
    traceparent text
) WITH (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0,
    toast.autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_threshold = 1000,
    toast.autovacuum_vacuum_cost_delay = 0,
    autovacuum_vacuum_insert_threshold = -1,
    autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 5000);

-- Failed and waiting for its next attempt. A table of its own, so that a destination that nobody serves costs the good
-- rows nothing: the claim never has to step over them.
CREATE TABLE outbox_retry (
    id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_outbox_retry PRIMARY KEY,
    attempts smallint NOT NULL,
    created_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    error text NOT NULL,
    message_id uuid NOT NULL,
    destination text NOT NULL,
    content_type text NOT NULL,
    headers jsonb,
    properties jsonb,
    body bytea NOT NULL,
    traceparent text
) WITH (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0,
    toast.autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_threshold = 1000,
    toast.autovacuum_vacuum_cost_delay = 0,
    autovacuum_vacuum_insert_threshold = -1,
    autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 5000);

CREATE INDEX ix_outbox_retry_due_at ON outbox_retry (due_at);

-- Given up after the last attempt; an operator reads it and drives it again.
CREATE TABLE outbox_dead (
    id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_outbox_dead PRIMARY KEY,
    attempts smallint NOT NULL,
    created_at timestamptz NOT NULL,
    died_at timestamptz NOT NULL,
    error text NOT NULL,
    message_id uuid NOT NULL,
    destination text NOT NULL,
    content_type text NOT NULL,
    headers jsonb,
    properties jsonb,
    body bytea NOT NULL,
    traceparent text
);

-- What has taken effect. Its key is what makes a second delivery a duplicate.
CREATE TABLE inbox (
    message_id uuid NOT NULL,
    consumer text NOT NULL,
    processed_at timestamptz NOT NULL,
    CONSTRAINT pk_inbox PRIMARY KEY (message_id, consumer)
);

-- Rows arrive in time order, so a block range index finds the old ones at next to no cost per insert.
CREATE INDEX ix_inbox_processed_at ON inbox USING brin (processed_at);

-- Messages that go into the outbox when their time has come. Most live for minutes or days; one for each application
-- that has ended waits for its erasure, which the storage parameters do not reckon with.
CREATE TABLE timers (
    owner_id uuid NOT NULL,
    name text NOT NULL,
    due_at timestamptz NOT NULL,
    message_id uuid NOT NULL,
    destination text NOT NULL,
    content_type text NOT NULL,
    headers jsonb,
    properties jsonb,
    body bytea NOT NULL,
    traceparent text,
    CONSTRAINT pk_timers PRIMARY KEY (owner_id, name)
) WITH (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0,
    toast.autovacuum_vacuum_scale_factor = 0, toast.autovacuum_vacuum_threshold = 1000,
    toast.autovacuum_vacuum_cost_delay = 0,
    autovacuum_vacuum_insert_threshold = -1,
    autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 5000);

CREATE INDEX ix_timers_due_at ON timers (due_at);
