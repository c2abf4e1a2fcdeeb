-- A view of jobs.schedules: one row a schedule, written by the gateways that follow the topic. The version is the
-- record's offset. When it fires next is computed when the record is folded and after each firing; what became of the
-- last firing is told here and nowhere else.
CREATE TABLE schedule (
    tenant           text        NOT NULL,
    name             text        NOT NULL,
    version          bigint      NOT NULL,
    cron             text        NOT NULL,
    zone             text        NOT NULL,
    type             text        NOT NULL,
    input            text,
    input_digest     text,
    input_size       bigint,
    client_reference text,
    tags             jsonb       NOT NULL,
    updated_at       timestamptz NOT NULL,
    next_fire_at     timestamptz,
    retry_at         timestamptz,
    last_fired_at    timestamptz,
    last_job_id      text,
    last_error       text,
    PRIMARY KEY (tenant, name),
    CONSTRAINT an_input_is_here_or_in_the_object_store CHECK
        (num_nonnulls(input, input_digest) = 1 AND (input_digest IS NULL) = (input_size IS NULL))
);

CREATE INDEX schedule_by_next ON schedule (next_fire_at);
