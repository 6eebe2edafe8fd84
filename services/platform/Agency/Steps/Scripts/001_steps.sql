-- An agency's work list, and the memory that makes it answer the same twice.
CREATE TABLE steps (
    application_id uuid NOT NULL,
    step_id text NOT NULL,
    attempt integer NOT NULL,
    service text NOT NULL,
    application_number text,
    region varchar(13),
    received_at timestamptz NOT NULL,
    due_at timestamptz,
    state text NOT NULL,
    answer_kind text,
    answer jsonb,
    answered_at timestamptz,
    bound_by_law timestamptz,
    channel text,
    corrected jsonb,
    inputs jsonb,
    paid jsonb,
    CONSTRAINT pk_steps PRIMARY KEY (application_id, step_id, attempt)
);

-- The work list is short; most rows are final and stay out of its index.
CREATE INDEX ix_steps_open ON steps (service, received_at) WHERE state IN ('in-hand', 'awaiting-payment');
