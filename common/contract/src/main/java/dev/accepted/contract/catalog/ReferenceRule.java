package dev.accepted.contract.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An input member that names reference data, so that the gateway can pin its version in the command.
 *
 * @param member the input's top-level member, for example {@code recipient_list_id}
 * @param collection the collection it is looked up in, for example {@code recipient-lists}
 * @param required whether a name that is not found refuses the submission (422) or leaves it to the handler
 * @param countMember the member of the job's body that shows the number of entries, if any
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReferenceRule(
        String member,
        String collection,
        boolean required,
        @Nullable String countMember) {}
