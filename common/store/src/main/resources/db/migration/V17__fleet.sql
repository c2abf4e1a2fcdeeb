-- The operator who wants a job stopped; null where its client does.
ALTER TABLE lease ADD COLUMN cancel_by text;

-- A worker process that an operator drains: it takes no further commands, what it runs goes on. Not a table of its own: a
-- worker that goes away takes its drain with it.
ALTER TABLE worker
    ADD COLUMN draining_since timestamptz,
    ADD COLUMN drain_reason   text,
    ADD COLUMN drained_by     text,
    ADD CONSTRAINT who_drains_a_worker_is_known CHECK ((draining_since IS NULL) = (drained_by IS NULL)),
    ADD CONSTRAINT only_a_drain_has_a_reason CHECK (drain_reason IS NULL OR draining_since IS NOT NULL);

-- Operators look at the jobs of all tenants: at those that failed, newest first; at those of a reference, whosever they
-- are; at those that finished of late. What these know changes once in a job's life, with its end, when no update of its
-- row is cheap anyway.
CREATE INDEX job_failed ON job (id) WHERE error IS NOT NULL;
CREATE INDEX job_by_finish ON job (finished_at) WHERE finished_at IS NOT NULL;
DROP INDEX job_by_client_reference;
CREATE INDEX job_by_client_reference ON job (client_reference, tenant) WHERE client_reference IS NOT NULL;
