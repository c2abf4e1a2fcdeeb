package dev.accepted.gateway.idempotency;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.command.JobCommand;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.store.idempotency.Hold;
import io.smallrye.mutiny.Uni;

/** What a request with a key is to do: the only answers there are. */
public sealed interface Standing {

    /** Nobody has used the key: append the command, then acknowledge or give up. */
    record First(Hold hold) implements Standing {}

    /**
     * A request before this one was left open: append its command, whether the log has it or not, then acknowledge or
     * give up.
     *
     * @param command as it was made then: its id, its times, its pins
     */
    record Left(Hold hold, JobCommand command) implements Standing {}

    /** Nothing: it has been decided. */
    sealed interface Settled extends Standing {

        /** What the client is told; fails with the {@link Problem} if that is a refusal. */
        Uni<ObjectNode> told();
    }

    /** The log has the job, and its client was told this. */
    record Answered(String jobId, ObjectNode answer) implements Settled {

        @Override
        public Uni<ObjectNode> told() {
            return Uni.createFrom().item(answer);
        }
    }

    /** Not now (409), or not with this key (422). */
    record Refused(Problem problem) implements Settled {

        @Override
        public Uni<ObjectNode> told() {
            return Uni.createFrom().failure(problem);
        }
    }
}
