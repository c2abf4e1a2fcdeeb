-- The sweep looks at what has not ended, which is little, in a table of what has, which is much.
CREATE INDEX job_unfinished ON job (id) WHERE finished_at IS NULL;
