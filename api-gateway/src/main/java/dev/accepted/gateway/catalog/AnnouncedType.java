package dev.accepted.gateway.catalog;

import dev.accepted.contract.catalog.JobTypeDescriptor;

/** A job type with its schema compiled. */
public record AnnouncedType(JobTypeDescriptor descriptor, InputSchema schema) {}
