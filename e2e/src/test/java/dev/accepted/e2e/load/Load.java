package dev.accepted.e2e.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.e2e.Client;
import dev.accepted.e2e.history.Accepted;
import dev.accepted.e2e.history.Cancel;
import dev.accepted.e2e.history.History;
import dev.accepted.e2e.history.Look;
import dev.accepted.e2e.history.Look.Shown;
import dev.accepted.e2e.scenario.Fleet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Clients at work. {@link #offer} says how much more they shall submit, and over what time; what is refused or cannot
 * be sent they send again, to any gateway, until somebody takes it.
 */
public final class Load implements AutoCloseable {

    /** Both gateways by name, also while one is away. */
    private static final List<String> GATEWAYS = List.of("gateway-1", "gateway-2");

    private static final int CLIENTS = 16;
    private static final int ONE_BAD_AMONG = 40;
    private static final int ONE_TRESPASS_AMONG = 20;
    private static final int CANCEL_TRIES = 40;
    private static final Duration AGAIN = Duration.ofMillis(300);
    private static final Duration GLANCE = Duration.ofMillis(100);
    private static final long LATER_MILLIS = 8_000;

    private final ScheduledExecutorService clients = Executors.newScheduledThreadPool(CLIENTS);
    private final AtomicInteger references = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();
    private final Tally tally = new Tally();
    private final History history;
    private final Http http;
    private final BadRequests badRequests;
    private final Neighbour neighbour;
    private final Mix mix;
    private final RandomGenerator chance;

    public Load(Fleet fleet, Mix mix, RandomGenerator chance) {
        this.history = fleet.history();
        this.http = new Http(fleet);
        this.badRequests = new BadRequests(http, history);
        this.neighbour = new Neighbour(fleet, http);
        this.mix = mix;
        this.chance = chance;
    }

    /** So many more jobs, spread over that time from now. */
    public void offer(int jobs, Duration within) {
        for (int i = 0; i < jobs; i++) {
            Order order = mix.next();
            boolean bad = chance.nextInt(ONE_BAD_AMONG) == 0;
            String first = GATEWAYS.get(chance.nextInt(2));
            later(chance.nextLong(within.toMillis()), () -> {
                submit(order, first);
                if (bad) {
                    badRequests.send(first);
                }
            });
        }
    }

    /** Waits until all of it is submitted and looked at, and every cancel is sent. */
    public void awaitDone(Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (open.get() > 0) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        open.get() + " requests are still open after " + patience + ": " + tally.counts());
            }
            Client.pause(GLANCE);
        }
    }

    /** Looks at every job that was accepted, on every gateway. */
    public void lookAtAll() throws InterruptedException {
        for (Accepted accepted : history.all(Accepted.class)) {
            for (String gateway : GATEWAYS) {
                later(0, () -> look(accepted.jobId(), gateway));
            }
        }
        awaitDone(Duration.ofMinutes(10));
    }

    /** Finds out whether the gateways serve the route that cancels. */
    public void findOut() throws InterruptedException {
        if (!(http.get(GATEWAYS.get(0), "/openapi") instanceof Answer.Told told)) {
            throw new IllegalStateException("Nobody says what the gateways serve");
        }
        if (told.body().path("paths").has("/jobs/{id}/cancel")) {
            history.canBeCancelled();
        }
    }

    /** What came of all requests. */
    public Tally tally() {
        return tally;
    }

    /** What a client does, which may be interrupted. */
    private interface Deed {
        void act() throws InterruptedException;
    }

    private void later(long millis, Deed deed) {
        open.incrementAndGet();
        var unused = clients.schedule(
                () -> {
                    try {
                        deed.act();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (RuntimeException e) {
                        tally.count("client broke: " + e);
                    } finally {
                        open.decrementAndGet();
                    }
                },
                millis,
                TimeUnit.MILLISECONDS);
    }

    private void submit(Order order, String first) throws InterruptedException {
        String gateway = first;
        while (true) {
            // A name of its own for each request: one that was not answered is not sent again under the same.
            String reference = "load-" + references.incrementAndGet();
            history.ordered(reference, order);
            Answer answer = http.post(gateway, "/jobs", "application/json", order.body(reference, Instant.now()));
            if (answer instanceof Answer.Told told && told.code() == 202) {
                tally.count("submissions answered 202");
                accepted(order, reference, gateway, told.body());
                return;
            }
            String what = answer instanceof Answer.Told told ? "answered " + told.code() : "not answered";
            tally.count("submissions " + (answer instanceof Answer.NotSent ? "not sent" : what));
            if (answer instanceof Answer.Lost) {
                history.unanswered(reference);
                return;
            }
            gateway = other(gateway);
            Client.pause(AGAIN);
        }
    }

    private void accepted(Order order, String reference, String gateway, JsonNode body) throws InterruptedException {
        String id = body.get("job_id").asText();
        history.saw(new Accepted(id, reference, gateway, Instant.now()));
        look(id, other(gateway));
        long[] delays = {randomMillis(), randomMillis()};
        later(delays[0], () -> look(id, gateway));
        later(delays[1], () -> look(id, other(gateway)));
        if (references.get() % ONE_TRESPASS_AMONG == 0) {
            later(delays[0], () -> neighbour.meddle(id, reference, gateway));
        }
        if (order.cancelAfter() != null) {
            later(order.cancelAfter().toMillis(), () -> cancel(id, gateway));
        }
    }

    private long randomMillis() {
        synchronized (chance) {
            return chance.nextLong(LATER_MILLIS);
        }
    }

    private void look(String id, String gateway) throws InterruptedException {
        Instant sentAt = Instant.now();
        Answer answer = http.get(gateway, "/jobs/" + id);
        if (answer instanceof Answer.Told told) {
            tally.count("looks answered " + told.code());
            history.saw(new Look(id, gateway, sentAt, Instant.now(), told.code(), shown(told)));
        } else {
            tally.count(answer instanceof Answer.Lost ? "looks not answered" : "looks not sent");
        }
    }

    private static @Nullable Shown shown(Answer.Told told) {
        JsonNode job = told.body();
        return told.code() == 200
                ? new Shown(
                        job.path("status").asText(),
                        job.path("done").asBoolean(),
                        job.path("attempt").asInt(),
                        job.path("finished_at").textValue())
                : null;
    }

    private void cancel(String id, String first) throws InterruptedException {
        String gateway = first;
        for (int tries = 0; tries < CANCEL_TRIES; tries++) {
            Answer answer = http.post(gateway, "/jobs/" + id + "/cancel", "application/json", "{}");
            if (answer instanceof Answer.Told told) {
                tally.count("cancels answered " + told.code());
                history.saw(new Cancel(
                        id, gateway, told.code(), told.body().path("status").asText()));
                if (told.code() != 503) {
                    return;
                }
            } else {
                tally.count(answer instanceof Answer.Lost ? "cancels not answered" : "cancels not sent");
            }
            gateway = other(gateway);
            Client.pause(AGAIN);
        }
    }

    private static String other(String gateway) {
        return GATEWAYS.get(1 - GATEWAYS.indexOf(gateway));
    }

    @Override
    public void close() {
        clients.shutdownNow();
    }
}
