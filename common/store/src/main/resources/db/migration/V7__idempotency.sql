-- A key's row is written once when it is reserved and once when its job is in the log: room is left for that.
ALTER TABLE idempotency_key SET (fillfactor = 50);

-- turn counts who has had the reservation; taken_at is when the last one took it, -infinity once it gave it up. While a
-- key is reserved its row holds the command, so that a retry can send the very same; afterwards the answer.
ALTER TABLE idempotency_key
    ADD COLUMN turn     int         NOT NULL DEFAULT 1 CHECK (turn >= 1),
    ADD COLUMN taken_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN command  text,
    ADD COLUMN answer   text,
    ADD CONSTRAINT what_is_reserved_can_be_sent_again CHECK ((state = 'reserved') = (command IS NOT NULL)),
    ADD CONSTRAINT what_is_acked_can_be_answered_again CHECK ((state = 'acked') = (answer IS NOT NULL));

CREATE INDEX idempotency_key_by_age ON idempotency_key (reserved_at);
