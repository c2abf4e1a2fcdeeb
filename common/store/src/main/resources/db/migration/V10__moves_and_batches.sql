-- A timer whose job's start is moved has its new time at once, and is not fired before the fold has the event that says
-- so. Since when it is moved; null once it is told.
ALTER TABLE timer ADD COLUMN moved_at timestamptz;

CREATE INDEX timer_by_move ON timer (moved_at) WHERE moved_at IS NOT NULL;

-- The batch that a job was sent in, out of its facts: what became of a batch is one count.
ALTER TABLE job ADD COLUMN batch text GENERATED ALWAYS AS (facts ->> 'batch') STORED;

CREATE INDEX job_by_batch ON job (batch) WHERE batch IS NOT NULL;

-- What went wrong is looked for more often than the rest, and there is little of it. Not by the status: that changes while
-- a job runs, and a change of what an index knows makes every such update dearer.
CREATE INDEX job_by_failure ON job (tenant, id) WHERE error IS NOT NULL;

-- How many items of a batch were accepted, written before its 202: its jobs' rows come a little later.
CREATE TABLE batch (
    id         uuid        PRIMARY KEY,
    tenant     text        NOT NULL,
    accepted   int         NOT NULL CHECK (accepted >= 0),
    rejected   int         NOT NULL CHECK (rejected >= 0),
    replayed   int         NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT no_more_items_were_jobs_before_than_are_jobs CHECK (replayed <= accepted)
);
