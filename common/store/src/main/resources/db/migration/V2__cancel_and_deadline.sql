-- When a job must have ended. Only an unfinished job has one here, so that the index holds what may still be overdue
-- and nothing else, and jobs without a deadline are never touched by it.
ALTER TABLE job
    ADD COLUMN deadline timestamptz,
    ADD CONSTRAINT only_the_unfinished_have_a_deadline CHECK (deadline IS NULL OR finished_at IS NULL);

UPDATE job SET deadline = (facts ->> 'deadline')::timestamptz
    WHERE finished_at IS NULL AND facts ->> 'deadline' IS NOT NULL;

CREATE INDEX job_by_deadline ON job (deadline) WHERE deadline IS NOT NULL;

-- A lease with cancel_requested lets no further attempt begin. When that was asked for, or its event was last written
-- (again), and what the client said.
ALTER TABLE lease
    ADD COLUMN cancel_requested_at timestamptz,
    ADD COLUMN cancel_reason       text;

CREATE INDEX lease_by_cancel ON lease (cancel_requested_at) WHERE cancel_requested;
