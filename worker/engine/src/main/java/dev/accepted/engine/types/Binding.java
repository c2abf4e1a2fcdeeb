package dev.accepted.engine.types;

import com.fasterxml.jackson.databind.JavaType;
import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.engine.JobHandler;

/** A job type, the handler that runs it, and what its input is read as. */
public record Binding(JobTypeDescriptor descriptor, JobHandler<Object, Object> handler, JavaType inputType) {

    /** Whether the handler takes the input's bytes as they came. */
    public boolean takesBytes() {
        return inputType.hasRawClass(byte[].class);
    }
}
