package dev.accepted.gateway.problem;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names each request, by the client's own {@code X-Request-Id} if that is sane, and says the name on every answer. */
@ApplicationScoped
public class RequestId {

    static final String HEADER = "X-Request-Id";
    private static final String KEY = RequestId.class.getName();
    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._~+/=:-]{1,128}");
    private static final int BEFORE_EVERYTHING = 1_000;

    private final RandomGenerator random;

    RequestId(RandomGenerator random) {
        this.random = random;
    }

    void register(@Observes Filters filters) {
        filters.register(this::name, BEFORE_EVERYTHING);
    }

    private void name(RoutingContext context) {
        String id = sane(context.request().getHeader(HEADER), random);
        context.put(KEY, id);
        context.response().putHeader(HEADER, id);
        context.next();
    }

    /** The name that the client gave, or a fresh one. */
    static String sane(@Nullable String given, RandomGenerator random) {
        if (given != null && SANE.matcher(given).matches()) {
            return given;
        }
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }

    /** The name of a request. */
    public static String of(RoutingContext context) {
        String id = context.get(KEY);
        return id == null ? "unnamed" : id;
    }
}
