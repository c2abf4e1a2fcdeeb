-- Tickets for streams that were used. A ticket is sealed and not stored: only that it was used once must be known, to
-- every gateway, until it is too old to be used anyway.
CREATE TABLE used_ticket (
    nonce      uuid        PRIMARY KEY,
    expires_at timestamptz NOT NULL
);

CREATE INDEX used_ticket_by_expiry ON used_ticket (expires_at);
