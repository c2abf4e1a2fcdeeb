package dev.accepted.gateway.preference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.catalog.ReferenceRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A job's body with no more than a client needs to go on: what its type says belongs on a receipt. */
public final class Minimal {

    private Minimal() {}

    /** How {@code Preference-Applied} names it. */
    public static final String APPLIED = "return=minimal";

    /** The same body without what is not needed. */
    public static ObjectNode of(ObjectNode body, JobTypeDescriptor type) {
        List<String> kept = new ArrayList<>(List.of(type.idMember(), "status", "status_url"));
        kept.addAll(type.receipt());
        type.references().stream()
                .map(ReferenceRule::countMember)
                .filter(Objects::nonNull)
                .forEach(kept::add);
        return body.retain(kept);
    }
}
