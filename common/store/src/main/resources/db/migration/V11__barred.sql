-- Who is not let in although the issuer's signature says so: written by operators at run time, read by every gateway every
-- few seconds and kept in memory. A tenant is suspended; a token is revoked by its jti, a subject's tokens by when they
-- were issued.
CREATE TABLE barred (
    kind   text        NOT NULL CHECK (kind IN ('tenant', 'subject', 'token')),
    name   text        NOT NULL CHECK (name <> ''),
    reason text,
    since  timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (kind, name)
);
