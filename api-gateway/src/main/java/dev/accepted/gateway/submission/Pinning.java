package dev.accepted.gateway.submission;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.contract.callback.Callback;
import dev.accepted.contract.catalog.ReferenceRule;
import dev.accepted.contract.command.DataRef;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.command.JobFacts.PinnedReference;
import dev.accepted.gateway.callbacks.CallbackCheck;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.problem.Problems;
import dev.accepted.gateway.system.GatewayConfig;
import dev.accepted.objects.ObjectStore;
import dev.accepted.objects.StoredObject;
import dev.accepted.store.reference.ReferenceTable;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * What a draft needs from PostgreSQL, the object store and the names of others: versions of the reference data it names, a
 * claim check for an input too large for the log, and that its callback may be called. Blocks; most drafts need none.
 */
@ApplicationScoped
class Pinning {

    private static final Logger LOG = Logger.getLogger(Pinning.class);
    private static final int RETRY_AFTER_SECONDS = 5;
    private static final byte[] NOTHING = {};

    private final DataSource database;
    private final ObjectStore objects;
    private final CallbackCheck callbacks;
    private final int claimCheckAbove;

    Pinning(DataSource database, ObjectStore objects, CallbackCheck callbacks, GatewayConfig config) {
        this.database = database;
        this.objects = objects;
        this.callbacks = callbacks;
        this.claimCheckAbove = Math.min(config.objects().claimCheckAboveBytes(), CommandLog.LARGEST_INPUT);
    }

    /** Whether there is anything to do, and so a thread needed that may wait. */
    boolean isNeededFor(Draft draft) {
        return draft.input().length > claimCheckAbove
                || draft.facts().callback() != null
                || !draft.type().descriptor().references().isEmpty();
    }

    /**
     * The draft with its references pinned and its large input stored.
     *
     * @throws Problem 422 for a name that is not there and a callback that is not allowed, 503 when database or object store cannot be reached
     */
    Draft pin(Drafting.Checked checked) {
        Draft draft = checked.draft();
        Callback callback = draft.facts().callback();
        if (callback != null) {
            callbacks.require(callback, checked.inputPointer().isEmpty() ? CallbackRequest.HEADER : null);
        }
        List<ReferenceRule> rules = draft.type().descriptor().references();
        JobFacts facts = rules.isEmpty() ? draft.facts() : withReferences(checked, rules);
        if (draft.input().length <= claimCheckAbove) {
            return new Draft(draft.caller(), draft.type(), facts, draft.input(), null);
        }
        return new Draft(draft.caller(), draft.type(), facts, NOTHING, store(draft));
    }

    private DataRef store(Draft draft) {
        try {
            StoredObject stored = objects.put(draft.caller().tenant(), draft.input());
            return new DataRef(stored.digest(), stored.sizeBytes());
        } catch (IOException e) {
            LOG.errorf(e, "The object store took no input; the client is told to try again");
            throw Problems.reducedCapacity(
                    "The job was not accepted: its input could not be stored. Send the same request again.",
                    RETRY_AFTER_SECONDS);
        }
    }

    /** What is said when an input that was stored before cannot be read. */
    static Problem inputNotThere(IOException because) {
        LOG.errorf(because, "The object store has no input that it took; the job is not sent");
        return Problems.reducedCapacity("The stored input cannot be read.", RETRY_AFTER_SECONDS);
    }

    private JobFacts withReferences(Drafting.Checked checked, List<ReferenceRule> rules) {
        Map<String, PinnedReference> pins = new HashMap<>();
        Map<String, Long> counts = new HashMap<>();
        try (Connection connection = database.getConnection()) {
            for (ReferenceRule rule : rules) {
                Optional<PinnedReference> pin = find(connection, rule, checked);
                pin.ifPresent(found -> {
                    pins.put(rule.member(), found);
                    if (rule.countMember() != null) {
                        counts.put(rule.countMember(), found.count());
                    }
                });
            }
        } catch (SQLException e) {
            LOG.warnf("Reference data cannot be looked up (%s); the client is told to try again", e.getMessage());
            throw Problems.reducedCapacity(
                    "The job was not accepted: the reference data it names cannot be looked up now. Send the same"
                            + " request again.",
                    RETRY_AFTER_SECONDS);
        }
        JobFacts facts = checked.draft().facts();
        return new JobFacts(
                        facts.scheduledTime(),
                        facts.deadline(),
                        facts.clientReference(),
                        facts.tags(),
                        counts,
                        pins,
                        facts.replayOf())
                .inBatch(facts.batch())
                .withCallback(facts.callback());
    }

    private static Optional<PinnedReference> find(Connection connection, ReferenceRule rule, Drafting.Checked checked)
            throws SQLException {
        JsonNode value = checked.input().get(rule.member());
        if (value == null || !(value.isTextual() || value.isNumber())) {
            return Optional.empty();
        }
        String name = value.asText();
        String tenant = checked.draft().caller().tenant();
        Optional<PinnedReference> found = ReferenceTable.find(connection, tenant, rule.collection(), name)
                .map(current -> new PinnedReference(rule.collection(), name, current.digest(), current.entries()));
        if (found.isEmpty() && rule.required()) {
            throw Refused.unknownReference(checked.inputPointer() + "/" + rule.member(), rule.collection(), name);
        }
        return found;
    }
}
