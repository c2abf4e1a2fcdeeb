package dev.accepted.gateway.submission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.gateway.catalog.AnnouncedType;
import dev.accepted.gateway.catalog.CatalogSnapshot;
import dev.accepted.gateway.catalog.InputError;
import dev.accepted.gateway.catalog.InputSchema;
import dev.accepted.gateway.problem.Problems;
import dev.accepted.gateway.security.Caller;
import dev.accepted.gateway.system.GatewayConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a draft of a body, or refuses it. Computes only. */
@ApplicationScoped
class Drafting {

    /** Up to so many bytes all that is wrong is told; above, the first error, lest the answer outgrow the input. */
    private static final int SMALL = 64 * 1024;

    private final Clock clock;
    private final Duration retention;

    Drafting(Clock clock, GatewayConfig config) {
        this.clock = clock;
        this.retention = config.retention();
    }

    /** A draft of the body of a type's own path; whom to tell of it stands in the headers there. */
    Checked ofInput(byte[] body, AnnouncedType type, Caller caller, CallbackRequest callback) {
        return check(Envelope.ofInput(body, callback), type, caller);
    }

    /** A draft of the body of {@code POST /jobs}. */
    Checked ofEnvelope(byte[] body, CatalogSnapshot catalog, Caller caller) {
        return ofEnvelope(Envelope.of(body), catalog, caller);
    }

    /** A draft of what an envelope says, for a caller who may submit it. */
    Checked ofEnvelope(Envelope envelope, CatalogSnapshot catalog, Caller caller) {
        AnnouncedType type = typeOf(envelope, catalog);
        caller.requireFor(type.descriptor());
        return checkWithin(envelope, type, caller);
    }

    /** A draft of what somebody described before who was allowed to. */
    Checked again(Envelope envelope, CatalogSnapshot catalog, Caller caller) {
        return checkWithin(envelope, typeOf(envelope, catalog), caller);
    }

    private static AnnouncedType typeOf(Envelope envelope, CatalogSnapshot catalog) {
        String name = envelope.type();
        if (name == null) {
            throw Refused.invalid(envelope.errors());
        }
        return catalog.submittable(name).orElseThrow(() -> Refused.unknownType(name, catalog.submittableNames()));
    }

    private Checked checkWithin(Envelope envelope, AnnouncedType type, Caller caller) {
        if (envelope.inputBytes().length > type.descriptor().maxInputBytes()) {
            throw Problems.contentTooLarge(type.descriptor().maxInputBytes());
        }
        return check(envelope, type, caller);
    }

    private Checked check(Envelope envelope, AnnouncedType type, Caller caller) {
        JsonNode input = envelope.input();
        if (!envelope.errors().isEmpty() || input == null) {
            throw Refused.invalid(envelope.errors());
        }
        checkInput(input, envelope, type);
        Times times = times(envelope, input, type);
        JobFacts facts = new JobFacts(
                        times.scheduled(),
                        times.deadline(),
                        envelope.clientReference(),
                        envelope.tags(),
                        Map.of(),
                        Map.of(),
                        null)
                .withCallback(envelope.callback());
        return new Checked(new Draft(caller, type, facts, envelope.inputBytes(), null), input, envelope.inputPointer());
    }

    private static void checkInput(JsonNode input, Envelope envelope, AnnouncedType type) {
        String root = envelope.inputPointer();
        if (!input.isObject()) {
            throw Refused.invalid(List.of(new InputError(root, "must be an object", "type")));
        }
        InputSchema.Extent extent =
                envelope.inputBytes().length <= SMALL ? InputSchema.Extent.ALL_ERRORS : InputSchema.Extent.FIRST_ERROR;
        List<InputError> errors = type.schema().errorsOf(input, extent);
        if (!errors.isEmpty()) {
            throw Refused.invalid(errors.stream()
                    .map(error -> new InputError(root + error.pointer(), error.detail(), error.code()))
                    .toList());
        }
    }

    private Times times(Envelope envelope, JsonNode input, AnnouncedType type) {
        String start = envelope.scheduledTime();
        String pointer = "/scheduled_time";
        String member = type.descriptor().scheduledTimeMember();
        if (start == null && member != null) {
            start = textOf(input.get(member));
            pointer = envelope.inputPointer() + "/" + member;
        }
        return Times.of(start, pointer, envelope.deadline(), clock.instant(), retention);
    }

    private static @Nullable String textOf(@Nullable JsonNode value) {
        return value == null || !value.isTextual() ? null : value.textValue();
    }

    /**
     * A draft, and its input as a tree for what is still to be looked up.
     *
     * @param inputPointer where the input lies in the body
     */
    record Checked(Draft draft, JsonNode input, String inputPointer) {}
}
