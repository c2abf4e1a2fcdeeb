package dev.accepted.engine.execution;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.contract.Wire;
import dev.accepted.contract.command.JobFacts.PinnedReference;
import dev.accepted.contract.job.Happening;
import dev.accepted.engine.Attachment;
import dev.accepted.engine.JobContext;
import dev.accepted.engine.Reference;
import dev.accepted.objects.ObjectStore;
import dev.accepted.objects.StoredObject;
import dev.accepted.store.lease.LeaseTable.Held;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An attempt while it runs: the handler's context on one side, what stops and watches it on the other. */
public final class RunningJob implements JobContext {

    private static final int CHECKPOINT_LIMIT = 64 * 1024;

    /** Why a running attempt is to stop. */
    public enum Stop {
        CANCELLED,
        LEASE_LOST,
        HANDED_BACK,
        TIMED_OUT,
        DEADLINE
    }

    private final Assignment assignment;
    private final TimeLimit limit;
    private final String worker;
    private final Instant startedAt;
    private final long startedNanos;
    private final ObjectStore objects;
    private final Consumer<Happening> durably;
    private final ProgressNote note = new ProgressNote();
    private final AtomicReference<@Nullable Stop> stop = new AtomicReference<>();
    private volatile long renewedNanos;
    private volatile boolean lost;
    private @Nullable Thread thread;
    private @Nullable Long limitPassedNanos;
    private boolean over;
    private volatile boolean shown;

    /** @param durably appends an event and returns when the log has it */
    RunningJob(
            Assignment assignment,
            TimeLimit limit,
            String worker,
            Instant startedAt,
            long nowNanos,
            ObjectStore objects,
            Consumer<Happening> durably) {
        this.assignment = assignment;
        this.limit = limit;
        this.worker = worker;
        this.startedAt = startedAt;
        this.startedNanos = nowNanos;
        this.renewedNanos = assignment.claimedNanos();
        this.objects = objects;
        this.durably = durably;
    }

    public Held held() {
        return assignment.held();
    }

    Assignment assignment() {
        return assignment;
    }

    TimeLimit limit() {
        return limit;
    }

    Instant startedAt() {
        return startedAt;
    }

    /** Remembers that the lease was alive then, on this process's own clock. */
    public void renewed(long nanos) {
        renewedNanos = nanos;
    }

    /** How long ago the lease was known to be alive. */
    public Duration sinceRenewal(long nowNanos) {
        return Duration.ofNanos(nowNanos - renewedNanos);
    }

    Duration age(long nowNanos) {
        return Duration.ofNanos(nowNanos - startedNanos);
    }

    ProgressNote note() {
        return note;
    }

    /** Tells the handler to stop and interrupts it; the first reason stays. */
    public synchronized void stop(Stop why) {
        stop.compareAndSet(null, why);
        lost |= why == Stop.LEASE_LOST;
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** Stops it when its time is over; true if it has not ended within the grace after that. */
    synchronized boolean outstays(Instant now, long nowNanos, Duration grace) {
        if (over) {
            return false;
        }
        if (limitPassedNanos != null) {
            return nowNanos - limitPassedNanos > grace.toNanos();
        }
        limit.passed(age(nowNanos), now).ifPresent(why -> {
            limitPassedNanos = nowNanos;
            stop(why);
        });
        return false;
    }

    /** Whether its lease is known to be gone, whatever it was stopped for first. */
    boolean lost() {
        return lost;
    }

    @Nullable
    Stop stopped() {
        return stop.get();
    }

    synchronized void runsOn(Thread handlerThread) {
        thread = handlerThread;
        if (stop.get() != null) {
            handlerThread.interrupt();
        }
    }

    /** From here on no interrupt reaches the thread, which belongs to a pool. */
    synchronized void leavesThread() {
        thread = null;
    }

    /** Takes the right to end the attempt; true for the first who asks. */
    synchronized boolean end() {
        boolean first = !over;
        over = true;
        return first;
    }

    synchronized boolean ended() {
        return over;
    }

    /** The event that shows what is new since the last, if anything is: at first, that the job has begun. */
    Optional<Happening> news() {
        Optional<Happening> progressed = note.take()
                .map(news -> new Happening.Progressed(worker, startedAt, news.progress(), news.counts(), null));
        boolean first = !shown;
        shown = true;
        return progressed.isEmpty() && first ? Optional.of(new Happening.Started(worker, startedAt)) : progressed;
    }

    @Override
    public String id() {
        return assignment.command().id().text();
    }

    @Override
    public String tenant() {
        return assignment.command().tenant();
    }

    @Override
    public String type() {
        return assignment.command().type();
    }

    @Override
    public int attempt() {
        return assignment.command().attempt();
    }

    @Override
    public Optional<Instant> deadline() {
        return Optional.ofNullable(assignment.command().facts().deadline());
    }

    @Override
    public void progress(double percent, String message) {
        note.progress(percent, message);
    }

    @Override
    public void count(String name, long value) {
        note.count(name, value);
    }

    @Override
    public void checkpoint(Object value) {
        if (ended()) {
            throw new CancellationException("This attempt is over; what its handler still does is not counted");
        }
        JsonNode json = Wire.JSON.valueToTree(value);
        int size = json.toString().length();
        if (size > CHECKPOINT_LIMIT) {
            throw new IllegalArgumentException("A checkpoint of " + size + " characters is too large: "
                    + CHECKPOINT_LIMIT + " at most; attach what is larger");
        }
        ProgressNote.News news = note.take().orElse(ProgressNote.News.NONE);
        durably.accept(new Happening.Progressed(worker, startedAt, news.progress(), news.counts(), json));
    }

    @Override
    public <T> Optional<T> lastCheckpoint(Class<T> as) {
        JsonNode json = assignment.checkpoint();
        try {
            return json == null ? Optional.empty() : Optional.of(Wire.JSON.treeToValue(json, as));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "The checkpoint of an earlier attempt does not read as " + as.getSimpleName(), e);
        }
    }

    @Override
    public boolean cancelled() {
        return stop.get() != null;
    }

    @Override
    public boolean isReplay() {
        return assignment.command().facts().replayOf() != null;
    }

    @Override
    public String effectKey() {
        String replayOf = assignment.command().facts().replayOf();
        return replayOf == null ? id() : replayOf;
    }

    @Override
    public Attachment attach(String name, String contentType, InputStream content) throws IOException {
        StoredObject stored = objects.put(tenant(), type(), name, contentType, content);
        return new Attachment(stored.digest(), name, contentType, stored.sizeBytes());
    }

    @Override
    public Optional<Reference> reference(String member) {
        PinnedReference pinned = assignment.command().facts().references().get(member);
        return pinned == null ? Optional.empty() : Optional.of(new StoredReference(tenant(), pinned, objects));
    }

    private record StoredReference(String tenant, PinnedReference pinned, ObjectStore objects) implements Reference {
        @Override
        public String name() {
            return pinned.name();
        }

        @Override
        public long count() {
            return pinned.count();
        }

        @Override
        public InputStream open() throws IOException {
            return objects.open(tenant, pinned.digest());
        }
    }
}
