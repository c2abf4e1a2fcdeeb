-- What operators did with records of jobs.dead. The record itself stays where it lies: the log is not changed.
CREATE TABLE settled_dead_record (
    dead_offset bigint      PRIMARY KEY,
    outcome     text        NOT NULL CHECK (outcome IN ('sent', 'dropped')),
    sent_to     text,
    reason      text,
    settled_by  text        NOT NULL,
    settled_at  timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT what_was_sent_lies_somewhere CHECK ((sent_to IS NOT NULL) = (outcome = 'sent'))
);
