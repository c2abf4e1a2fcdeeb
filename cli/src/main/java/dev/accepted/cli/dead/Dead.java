package dev.accepted.cli.dead;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.cli.gateway.Call;
import dev.accepted.cli.terminal.Moments;

/** Dead records, as a gateway has them. */
final class Dead {

    static final String PATH = "/operations/dead";

    private Dead() {}

    /** Where one of them is. */
    static String path(long offset) {
        return PATH + "/" + offset;
    }

    /** {@code ?reason=…}. */
    static String because(String reason) {
        return "?reason=" + Call.value(reason);
    }

    /** What was done with it, by whom, when and why; empty if nothing was. */
    static String settled(JsonNode record) {
        JsonNode settled = record.path("settled");
        if (settled.isMissingNode()) {
            return "";
        }
        String to = settled.path("sent_to").asText();
        String reason = settled.path("reason").asText();
        return settled.path("outcome").asText() + (to.isEmpty() ? "" : " to " + to) + " by "
                + settled.path("by").asText() + " "
                + Moments.local(settled.path("at").asText()) + (reason.isEmpty() ? "" : ": " + reason);
    }
}
