package dev.accepted.gateway.streaming;

import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.problem.Problems;
import dev.accepted.gateway.system.GatewayConfig;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/** Watches a body while it is read: one that stops coming is given up. Used by the request's own thread alone. */
public final class StallWatch {

    private static final String PATIENCE = StallWatch.class.getName();

    /** Where nothing was set. */
    private static final Duration USUAL = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final Duration patience;
    private final Consumer<Problem> giveUp;
    private long timer;
    private boolean moved;
    private boolean over;

    private StallWatch(Vertx vertx, Duration patience, Consumer<Problem> giveUp) {
        this.vertx = vertx;
        this.patience = patience;
        this.giveUp = giveUp;
    }

    /**
     * Begins to watch.
     *
     * @param giveUp told once, when nothing {@linkplain #moved() moved} for too long
     */
    public static StallWatch begin(RoutingContext context, Consumer<Problem> giveUp) {
        StallWatch watch = new StallWatch(context.vertx(), context.get(PATIENCE, USUAL), giveUp);
        watch.arm();
        return watch;
    }

    /** What a reader of a body makes of the failure that its request reports. */
    public static Throwable meaningOf(Throwable failure) {
        boolean gone = failure instanceof VertxException || failure instanceof IOException;
        return gone ? new IOException("The client went away", failure) : Problems.bodyBroken();
    }

    /** Something came, or it is not the client that is waited for. */
    public void moved() {
        moved = true;
    }

    /** Nothing more is expected. */
    public void end() {
        over = true;
        vertx.cancelTimer(timer);
    }

    private void arm() {
        timer = vertx.setTimer(patience.toMillis(), late -> {
            if (over) {
                return;
            }
            if (moved) {
                moved = false;
                arm();
            } else {
                over = true;
                giveUp.accept(Problems.bodyStalled(patience));
            }
        });
    }

    /** Tells each request how long it may stand still. */
    @ApplicationScoped
    static class Setting {

        private static final int AFTER_NAMING = 940;

        private final Duration patience;

        Setting(GatewayConfig config) {
            patience = config.limits().stall();
        }

        void register(@Observes Filters filters) {
            filters.register(this::tell, AFTER_NAMING);
        }

        private void tell(RoutingContext context) {
            context.put(PATIENCE, patience);
            context.next();
        }
    }
}
