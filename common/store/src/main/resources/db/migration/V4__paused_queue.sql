-- Queues whose workers take no commands for now, because an operator said so. What runs goes on.
CREATE TABLE paused_queue (
    queue     text        PRIMARY KEY,
    paused_at timestamptz NOT NULL DEFAULT now(),
    reason    text,
    paused_by text
);
