-- What operators had run again. Not a view of the log: what a replay does to jobs is in the log, each with its actor and
-- reason; here is how far it is. One gateway at a time drives it.
CREATE TABLE replay (
    id               uuid             PRIMARY KEY,
    mode             text             NOT NULL CHECK (mode IN ('failed', 'force', 'missing', 'project')),
    selection        jsonb            NOT NULL,
    canary           int              CHECK (canary >= 1),
    rate             double precision CHECK (rate > 0),
    stop_at          double precision CHECK (stop_at > 0 AND stop_at <= 1),
    most_per_job     int              NOT NULL CHECK (most_per_job >= 1),
    actor            text             NOT NULL,
    reason           text             NOT NULL,
    status           text             NOT NULL DEFAULT 'running'
        CHECK (status IN ('running', 'paused', 'succeeded', 'stopped', 'aborted')),
    created_at       timestamptz      NOT NULL DEFAULT now(),
    updated_at       timestamptz      NOT NULL DEFAULT now(),
    finished_at      timestamptz,
    matched          bigint           NOT NULL CHECK (matched >= 0),
    left_out         bigint           NOT NULL DEFAULT 0 CHECK (left_out >= 0),
    last_job         uuid             NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    exhausted        boolean          NOT NULL DEFAULT false,
    canary_passed_at timestamptz,
    stopped_because  text,
    driver           uuid,
    driven_until     timestamptz,
    CONSTRAINT what_ended_has_an_end CHECK
        ((finished_at IS NOT NULL) = (status IN ('succeeded', 'stopped', 'aborted'))),
    CONSTRAINT what_is_stopped_says_why CHECK ((stopped_because IS NOT NULL) = (status = 'stopped'))
);

CREATE INDEX replay_unfinished ON replay (id) WHERE finished_at IS NULL;

-- Which jobs a replay took, at which version of theirs, and what came of it. Written before anything is sent, so that
-- whoever goes on after a crash knows what may have been sent. runs_as is the new job where it runs as another.
CREATE TABLE replayed (
    replay  uuid        NOT NULL REFERENCES replay ON DELETE CASCADE,
    job     uuid        NOT NULL,
    job_id  text        NOT NULL,
    version int         NOT NULL,
    runs_as uuid,
    sent_at timestamptz,
    outcome text,
    PRIMARY KEY (replay, job)
);

CREATE INDEX replayed_by_job ON replayed (job);
CREATE INDEX replayed_open ON replayed (replay) WHERE outcome IS NULL;

-- What happened to a replay, in the order in which it did.
CREATE TABLE replay_note (
    replay   uuid        NOT NULL REFERENCES replay ON DELETE CASCADE,
    at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    what     text        NOT NULL,
    by_whom  text,
    detail   text
);

CREATE INDEX replay_note_by_replay ON replay_note (replay, at);
