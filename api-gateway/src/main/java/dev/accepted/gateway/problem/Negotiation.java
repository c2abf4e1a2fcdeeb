package dev.accepted.gateway.problem;

import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether the client takes what we have. */
public final class Negotiation {

    private Negotiation() {}

    /**
     * Makes sure that the client takes JSON.
     *
     * @throws Problem 406 if its Accept excludes JSON
     */
    public static void requireJson(RoutingContext context) {
        if (!accepts(context.parsedHeaders().accept(), "application", "json")) {
            throw Problems.notAcceptable(List.of("application/json"));
        }
    }

    /** The most specific range decides, whatever its weight; without any range everything is taken. */
    private static boolean accepts(List<MIMEHeader> ranges, String component, String subComponent) {
        int closest = -1;
        boolean taken = ranges.isEmpty();
        for (MIMEHeader range : ranges) {
            int closeness = closeness(range, component, subComponent);
            if (closeness > closest) {
                closest = closeness;
                taken = range.weight() > 0;
            }
        }
        return taken;
    }

    private static int closeness(MIMEHeader range, String component, String subComponent) {
        if (isAny(range.component())) {
            return 0;
        }
        if (!range.component().equalsIgnoreCase(component)) {
            return -1;
        }
        if (isAny(range.subComponent())) {
            return 1;
        }
        return range.subComponent().equalsIgnoreCase(subComponent) ? 2 : -1;
    }

    /** Vert.x reads an asterisk as null. */
    private static boolean isAny(@Nullable String part) {
        return part == null || part.equals("*");
    }
}
