-- How many jobs may run at once, of a tenant, in a queue, of a type: set by operators at run time, none by default. The
-- tenant * is each tenant that has no limit of its own.
CREATE TABLE concurrency_limit (
    kind   text        NOT NULL CHECK (kind IN ('tenant', 'queue', 'type')),
    name   text        NOT NULL CHECK (name <> ''),
    most   int         NOT NULL CHECK (most >= 0),
    reason text,
    since  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (kind, name)
);

-- An attempt that was claimed to be told that it must wait, and for which limit, as kind/name: it does not run, and takes
-- no room.
ALTER TABLE lease ADD COLUMN held_by text;

-- Whose jobs wait for a limit, and not for a time; then due_at is since when. Jobs of one tenant, queue and type are
-- under the same limits.
ALTER TABLE timer
    ADD COLUMN held_tenant text,
    ADD COLUMN held_queue  text,
    ADD COLUMN held_type   text,
    ADD CONSTRAINT what_is_held_says_whose_it_is CHECK (num_nulls(held_tenant, held_queue, held_type) IN (0, 3));

-- What is held does not stand in the way of what is due.
DROP INDEX timer_by_due;
CREATE INDEX timer_by_due ON timer (due_at) WHERE held_tenant IS NULL;
CREATE INDEX timer_held ON timer (held_tenant, held_queue, held_type, due_at) WHERE held_tenant IS NOT NULL;

-- What was sent because a limit had room and is not claimed yet: the room is kept for it.
CREATE TABLE released (
    job     uuid        PRIMARY KEY,
    attempt int         NOT NULL,
    tenant  text        NOT NULL,
    queue   text        NOT NULL,
    type    text        NOT NULL,
    since   timestamptz NOT NULL DEFAULT now()
);
