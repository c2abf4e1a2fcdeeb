-- The table is a view of the log: one row a job, folded by the projection, read by the gateway.
-- Range-partitioned by id, because a UUIDv7 carries the time: a point read prunes to one partition,
-- and retention drops partitions. Partitions are made ahead by the gateway; DEFAULT takes what a wrong clock made.
CREATE TABLE job (
    id                uuid        NOT NULL,
    job_id            text        NOT NULL,
    tenant            text        NOT NULL,
    type              text        NOT NULL,
    queue             text        NOT NULL,
    status            text        NOT NULL,
    attempt           int         NOT NULL,
    version           int         NOT NULL,
    created_at        timestamptz NOT NULL,
    updated_at        timestamptz,
    started_at        timestamptz,
    finished_at       timestamptz,
    next_attempt_at   timestamptz,
    client_reference  text,
    dispatched        int         NOT NULL,
    command_topic     text,
    command_partition int,
    command_offset    bigint,
    event_offset      bigint      NOT NULL,
    applied           int         NOT NULL,
    fenced            int         NOT NULL,
    facts             jsonb,
    work              jsonb       NOT NULL,
    checkpoint        jsonb,
    result            jsonb,
    error             jsonb,
    PRIMARY KEY (id),
    CONSTRAINT status_is_known CHECK (status IN
        ('queued', 'processing', 'cancelling', 'succeeded', 'failed', 'cancelled', 'rejected', 'expired')),
    CONSTRAINT final_states_and_only_they_have_an_end CHECK
        ((finished_at IS NOT NULL) = (status IN ('succeeded', 'failed', 'cancelled', 'rejected', 'expired'))),
    CONSTRAINT what_is_processed_has_begun CHECK (status <> 'processing' OR started_at IS NOT NULL),
    CONSTRAINT only_what_waits_has_a_next_attempt CHECK (next_attempt_at IS NULL OR status = 'queued'),
    CONSTRAINT only_success_has_a_result CHECK (result IS NULL OR status = 'succeeded'),
    CONSTRAINT failure_says_why CHECK ((status IN ('failed', 'rejected', 'expired')) = (error IS NOT NULL)),
    CONSTRAINT attempts_are_counted_from_one CHECK (attempt >= 1 AND dispatched >= 0),
    CONSTRAINT a_command_lies_somewhere CHECK
        (num_nulls(command_topic, command_partition, command_offset) IN (0, 3)),
    CONSTRAINT the_version_counts_what_was_folded CHECK
        (version = applied + CASE WHEN facts IS NULL THEN 0 ELSE 1 END)
) PARTITION BY RANGE (id);

CREATE TABLE job_default PARTITION OF job DEFAULT WITH (fillfactor = 70);

CREATE INDEX job_by_tenant ON job (tenant, id);
CREATE INDEX job_by_client_reference ON job (tenant, client_reference) WHERE client_reference IS NOT NULL;

-- How far the projection has folded the log.
CREATE TABLE projection_position (
    topic       text   NOT NULL,
    partition   int    NOT NULL,
    next_offset bigint NOT NULL,
    PRIMARY KEY (topic, partition)
);

-- Who runs which job now. An ended lease stays a while, so that a claim with an older snapshot still meets it.
CREATE TABLE lease (
    job               uuid        PRIMARY KEY,
    job_id            text        NOT NULL,
    tenant            text        NOT NULL,
    type              text        NOT NULL,
    queue             text        NOT NULL,
    attempt           int         NOT NULL,
    holder            uuid        NOT NULL,
    worker            text        NOT NULL,
    command_topic     text        NOT NULL,
    command_partition int         NOT NULL,
    command_offset    bigint      NOT NULL,
    claimed_at        timestamptz NOT NULL DEFAULT now(),
    expires_at        timestamptz NOT NULL,
    cancel_requested  boolean     NOT NULL DEFAULT false,
    ended_at          timestamptz
) WITH (fillfactor = 70);

CREATE INDEX lease_by_expiry ON lease (expires_at) WHERE ended_at IS NULL;
CREATE INDEX lease_by_end ON lease (ended_at) WHERE ended_at IS NOT NULL;

-- What is to be sent to a queue later, and where in the log its command lies.
CREATE TABLE timer (
    job               uuid        PRIMARY KEY,
    job_id            text        NOT NULL,
    attempt           int         NOT NULL CHECK (attempt >= 1),
    due_at            timestamptz NOT NULL,
    command_topic     text        NOT NULL,
    command_partition int         NOT NULL,
    command_offset    bigint      NOT NULL
);

CREATE INDEX timer_by_due ON timer (due_at);

-- The worker processes that are there, each for one queue.
CREATE TABLE worker (
    holder     uuid        PRIMARY KEY,
    name       text        NOT NULL,
    queue      text        NOT NULL,
    slots      int         NOT NULL CHECK (slots > 0),
    expires_at timestamptz NOT NULL
);

-- Reference data: the current version of each name. The versions themselves are immutable, in the object store.
CREATE TABLE reference (
    tenant      text        NOT NULL,
    collection  text        NOT NULL,
    name        text        NOT NULL,
    version     int         NOT NULL CHECK (version >= 1),
    digest      text        NOT NULL,
    entries     bigint      NOT NULL CHECK (entries >= 0),
    columns     text[]      NOT NULL,
    updated_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (tenant, collection, name)
);

-- One row a key that a client sent with a request, scoped to tenant and route.
CREATE TABLE idempotency_key (
    tenant      text        NOT NULL,
    route       text        NOT NULL,
    key         text        NOT NULL,
    fingerprint bytea       NOT NULL CHECK (octet_length(fingerprint) = 32),
    job_id      text        NOT NULL,
    state       text        NOT NULL CHECK (state IN ('reserved', 'acked')),
    reserved_at timestamptz NOT NULL DEFAULT now(),
    acked_at    timestamptz CHECK ((acked_at IS NOT NULL) = (state = 'acked')),
    PRIMARY KEY (tenant, route, key)
);
