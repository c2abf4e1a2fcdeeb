package dev.accepted.engine.types;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.contract.Wire;
import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.catalog.ReferenceRule;
import dev.accepted.contract.catalog.RetryPolicy;
import dev.accepted.engine.JobType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a type's descriptor of its annotation and of the resources beside it. */
final class Descriptors {

    private static final double BACK_OFF = 2;

    private Descriptors() {}

    static JobTypeDescriptor of(JobType type, ClassLoader resources) {
        JsonNode schema = read(resources, "schemas/" + type.value() + ".json");
        if (schema == null) {
            throw new IllegalStateException("Job type " + type.value() + " has no resource schemas/" + type.value()
                    + ".json: the gateway could not check its input");
        }
        return new JobTypeDescriptor(
                type.value(),
                type.queue(),
                type.title(),
                blankToNull(type.path()),
                type.idPrefix(),
                type.idMember(),
                type.statusPath(),
                type.scope(),
                type.anonymous(),
                type.maxInputBytes(),
                blankToNull(type.scheduledTimeMember()),
                List.of(type.counters()),
                Arrays.stream(type.references()).map(Descriptors::rule).toList(),
                Duration.parse(type.typicalDuration()),
                Duration.parse(type.timeout()),
                new RetryPolicy(
                        type.maxAttempts(),
                        Duration.parse(type.initialDelay()),
                        BACK_OFF,
                        Duration.parse(type.maxDelay())),
                schema,
                read(resources, "examples/" + type.value() + ".json"),
                List.of(type.receipt()),
                type.internal(),
                !type.cancellable());
    }

    private static ReferenceRule rule(JobType.References reference) {
        return new ReferenceRule(
                reference.member(), reference.collection(), reference.required(), blankToNull(reference.countMember()));
    }

    private static @Nullable String blankToNull(String text) {
        return text.isBlank() ? null : text;
    }

    private static @Nullable JsonNode read(ClassLoader resources, String name) {
        try (InputStream in = resources.getResourceAsStream(name)) {
            return in == null ? null : Wire.JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("Resource " + name + " does not read as JSON", e);
        }
    }
}
