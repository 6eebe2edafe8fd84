-- The last number of every series. There is room on the pages, so that a change of a row touches no index.
CREATE TABLE number_series (
    series text NOT NULL,
    last integer NOT NULL,
    CONSTRAINT pk_number_series PRIMARY KEY (series),
    CONSTRAINT ck_number_series_last CHECK (last > 0)
) WITH (fillfactor = 70);

-- Which step has which number. A number that is in here and in no register is one that was never issued.
CREATE TABLE step_numbers (
    application_id uuid NOT NULL,
    step_id text NOT NULL,
    series text NOT NULL,
    number integer NOT NULL,
    taken_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_step_numbers PRIMARY KEY (application_id, step_id, series)
);
