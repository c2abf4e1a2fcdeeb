-- How many unfinished jobs a tenant has is counted every second where tenants are limited.
CREATE INDEX job_unfinished_by_tenant ON job (tenant) WHERE finished_at IS NULL;
