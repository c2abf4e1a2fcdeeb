package dev.accepted.gateway.problem;

import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;

/** Whether the client takes what we have. */
public final class Negotiation {

    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream";

    private Negotiation() {}

    /**
     * Makes sure that the client takes JSON.
     *
     * @throws Problem 406 if its Accept excludes JSON
     */
    public static void requireJson(RoutingContext context) {
        require(JSON, List.of("*/*", "application/*", JSON), context);
    }

    /**
     * Makes sure that the client takes server-sent events.
     *
     * @throws Problem 406 if its Accept excludes them
     */
    public static void requireEventStream(RoutingContext context) {
        require(EVENTS, List.of("*/*", "text/*", EVENTS), context);
    }

    private static void require(String type, List<String> closeness, RoutingContext context) {
        if (!accepts(context.parsedHeaders().accept(), closeness)) {
            throw Problems.notAcceptable(List.of(type));
        }
    }

    /**
     * Whether the client asks for lines of JSON by name. It need not take one document then.
     *
     * @throws Problem 406 if its Accept excludes both
     */
    public static boolean asksForLines(RoutingContext context) {
        boolean lines = context.parsedHeaders().accept().stream()
                .anyMatch(range -> range.value().equalsIgnoreCase("application/x-ndjson") && range.weight() > 0);
        if (!lines) {
            requireJson(context);
        }
        return lines;
    }

    /** The most specific range decides, whatever its weight; without any range everything is taken. */
    private static boolean accepts(List<MIMEHeader> ranges, List<String> types) {
        int closest = -1;
        boolean taken = ranges.isEmpty();
        for (MIMEHeader range : ranges) {
            int closeness = types.indexOf(range.value().toLowerCase(Locale.ROOT));
            if (closeness > closest) {
                closest = closeness;
                taken = range.weight() > 0;
            }
        }
        return taken;
    }
}
