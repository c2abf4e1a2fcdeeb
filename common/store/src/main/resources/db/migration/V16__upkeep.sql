-- Verifications and rebuilds of the table of jobs. Each reads the whole log into tables of the schema shadow, so that over
-- all gateways there is one at a time; the others see here how it gets on. One that is not heard of any more has failed.
CREATE TABLE upkeep (
    id            uuid             PRIMARY KEY,
    kind          text             NOT NULL CHECK (kind IN ('verification', 'rebuild')),
    status        text             NOT NULL CHECK (status IN ('running', 'succeeded', 'differs', 'failed', 'aborted')),
    stage         text             NOT NULL,
    records_read  bigint           NOT NULL DEFAULT 0,
    records_total bigint           NOT NULL DEFAULT 0,
    rate          double precision NOT NULL DEFAULT 0,
    result        jsonb,
    actor         text             NOT NULL,
    reason        text,
    gateway       text             NOT NULL,
    created_at    timestamptz      NOT NULL DEFAULT clock_timestamp(),
    heartbeat_at  timestamptz      NOT NULL DEFAULT clock_timestamp(),
    finished_at   timestamptz,
    aborted_by    text,
    CONSTRAINT what_has_ended_says_when CHECK ((finished_at IS NULL) = (status = 'running')),
    CONSTRAINT only_a_verification_finds_differences CHECK (status <> 'differs' OR kind = 'verification')
);

CREATE UNIQUE INDEX upkeep_one_at_a_time ON upkeep ((true)) WHERE status = 'running';
CREATE INDEX upkeep_by_time ON upkeep (kind, created_at);
