package dev.accepted.engine.execution;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.accepted.contract.Wire;
import dev.accepted.contract.command.DataRef;
import dev.accepted.contract.job.JobResult;
import dev.accepted.engine.Attachment;
import dev.accepted.engine.InputRejected;
import dev.accepted.engine.types.Binding;
import dev.accepted.objects.ObjectStore;
import dev.accepted.objects.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** One call of a handler: read the input → run → store the result. */
record HandlerCall(Binding binding, RunningJob job, ObjectStore objects) {

    Outcome perform(Object input) throws Exception {
        return new Outcome.Done(stored(binding.handler().run(input, job)));
    }

    Object input() throws IOException {
        byte[] bytes = bytes();
        if (binding.takesBytes()) {
            return bytes;
        }
        try {
            return Wire.JSON.readValue(bytes, binding.inputType());
        } catch (JsonProcessingException e) {
            throw new InputRejected(
                    "", "The input does not read as the type's handler wants it: " + e.getOriginalMessage());
        }
    }

    private byte[] bytes() throws IOException {
        DataRef claimCheck = job.assignment().command().dataRef();
        if (claimCheck == null) {
            return job.assignment().input();
        }
        try (InputStream in = objects.open(job.tenant(), claimCheck.digest())) {
            return in.readAllBytes();
        }
    }

    private @Nullable JobResult stored(@Nullable Object result) throws IOException {
        if (result == null) {
            return null;
        }
        if (result instanceof Attachment attachment) {
            return new JobResult(
                    attachment.digest(), attachment.contentType(), attachment.sizeBytes(), attachment.name());
        }
        StoredObject object = objects.put(
                job.tenant(),
                job.type(),
                job.type() + ".json",
                "application/json",
                new ByteArrayInputStream(Wire.JSON.writeValueAsBytes(result)));
        return new JobResult(object.digest(), object.contentType(), object.sizeBytes(), object.name());
    }
}
