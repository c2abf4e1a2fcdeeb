-- What clients are to be told of their jobs: written by the fold in the transaction that makes it so, sent as a job of its
-- own by whichever gateway gets to it, and kept as long as the job, so that the same log, read again, tells nothing twice.
-- Not rebuilt with the table of jobs: what is here was told, or will be.
CREATE TABLE webhook (
    job         uuid        NOT NULL,
    event       text        NOT NULL CHECK (event IN
        ('started', 'succeeded', 'failed', 'cancelled', 'rejected', 'expired')),
    place       bigint      NOT NULL CHECK (place >= 0),
    tenant      text        NOT NULL,
    job_id      text        NOT NULL,
    occurred_at timestamptz NOT NULL,
    retry_at    timestamptz,
    sent_at     timestamptz,
    PRIMARY KEY (job, event, place),
    CONSTRAINT what_was_sent_is_not_sent_again CHECK (sent_at IS NULL OR retry_at IS NULL)
);

CREATE INDEX webhook_unsent ON webhook (occurred_at) WHERE sent_at IS NULL;
