package dev.accepted.gateway.submission;

import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.id.IdSeal;
import dev.accepted.contract.id.UuidV7;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Gives a draft its id, and so makes a command of it. */
@ApplicationScoped
class CommandMaker {

    private final UuidV7 uuids;
    private final IdSeal seal;

    CommandMaker(UuidV7 uuids, IdSeal seal) {
        this.uuids = uuids;
        this.seal = seal;
    }

    /**
     * The command of a draft: attempt 1, or attempt 0 for one that is not due yet.
     *
     * @param traceparent as it was sent, valid or not
     */
    JobCommand of(Draft draft, @Nullable String traceparent) {
        return of(draft, uuids.next(), Traceparent.validOrNull(traceparent));
    }

    /** The command of a draft whose id follows from what made it, and so is the same however often it is made. */
    JobCommand of(Draft draft, UUID uuid, @Nullable String traceparent) {
        JobTypeDescriptor type = draft.type().descriptor();
        String tenant = draft.caller().tenant();
        return new JobCommand(
                seal.seal(type.idPrefix(), uuid, tenant),
                tenant,
                type.type(),
                type.queue(),
                draft.facts().scheduledTime() == null ? 1 : 0,
                draft.facts(),
                draft.dataRef(),
                traceparent);
    }
}
