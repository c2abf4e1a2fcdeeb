package dev.accepted.gateway.watching;

import dev.accepted.contract.id.JobId;
import dev.accepted.contract.job.JobEvent;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.log.Position;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One job that is watched: what its followers know, and what the log has said since. Safe for use by many threads;
 * followers are called while its lock is held, in the order of the states.
 */
final class Watched {

    /** More events than that are not kept until the row is read: then the row has to be past them. */
    private static final int MOST_EARLY = 200;

    private static final long NOWHERE = Long.MAX_VALUE;

    private record Logged(JobEvent event, Position at, Instant appendedAt) {}

    private final JobId id;
    private final int partition;
    private final Seat seat;
    private final List<Consumer<JobState>> followers = new CopyOnWriteArrayList<>();
    private final AtomicBoolean begun = new AtomicBoolean();
    private final List<Logged> early = new ArrayList<>();

    /** The table must have folded everything below this before its row says all that was not heard here. */
    private long from = NOWHERE;

    private JobState told;
    private @Nullable JobState folded;
    private @Nullable JobState held;

    Watched(JobState known, int partition, Seat seat) {
        this.id = known.id();
        this.told = known;
        this.partition = partition;
        this.seat = seat;
    }

    JobId id() {
        return id;
    }

    int partition() {
        return partition;
    }

    Seat seat() {
        return seat;
    }

    void add(Consumer<JobState> follower) {
        followers.add(follower);
    }

    /** False if it has gone before. */
    boolean remove(Consumer<JobState> follower) {
        return followers.remove(follower);
    }

    boolean isFollowed() {
        return !followers.isEmpty();
    }

    /** True once: whoever gets that has to have it heard and covered. */
    boolean begin() {
        return !begun.getAndSet(true);
    }

    /** Tells a follower that has just come what the others know already, or all of them what it knows. */
    synchronized void greet(JobState known, Consumer<JobState> follower) {
        tell(known);
        follower.accept(told);
    }

    /** From that offset on it hears everything. What came before must be in its row. */
    synchronized void hearsFrom(long offset) {
        from = from == NOWHERE ? offset : Math.max(from, offset);
        folded = null;
        early.removeIf(logged -> logged.at.offset() < offset);
    }

    /** Takes an event. True if it is news that are held until the table has them. */
    synchronized boolean hear(JobEvent event, Position at, Instant appendedAt) {
        if (!event.tenant().equals(told.tenant())) {
            return false;
        }
        if (folded != null) {
            folded = JobState.fold(folded, event, id(), at, appendedAt);
            return holdNews();
        }
        if (early.size() >= MOST_EARLY) {
            early.clear();
            from = at.offset() + 1;
        } else {
            early.add(new Logged(event, at, appendedAt));
        }
        return false;
    }

    /**
     * Takes its row.
     *
     * @param next up to where its partition was folded before the row was read
     * @return whether it is covered now: the row together with what was heard says all
     */
    synchronized boolean cover(JobState row, long next) {
        tell(row);
        if (folded == null && row.facts() != null && next >= from) {
            JobState state = row;
            for (Logged logged : early) {
                state = JobState.fold(state, logged.event, id(), logged.at, logged.appendedAt);
            }
            early.clear();
            folded = state;
            holdNews();
        }
        return folded != null;
    }

    synchronized boolean holdsNews() {
        return held != null;
    }

    /** Takes its row as it was just committed. */
    synchronized void committed(JobState row) {
        if (isNews(row, told)) {
            tell(row);
        }
        if (folded != null && row.eventOffset() >= folded.eventOffset()) {
            folded = row;
        }
        if (held != null && !isNews(held, told)) {
            held = null;
        }
    }

    /**
     * Tells what is held if the table has it: what a follower asks for next, it asks of the table, by any gateway.
     *
     * @param next up to where the table has folded its partition
     * @return whether nothing is held any more
     */
    synchronized boolean release(long next) {
        JobState news = held;
        if (news != null && news.eventOffset() < next) {
            held = null;
            tell(news);
            holdNews();
        }
        return held == null;
    }

    private boolean holdNews() {
        if (held == null && folded != null && isNews(folded, told)) {
            held = folded;
        }
        return held != null;
    }

    private void tell(JobState state) {
        if (isNews(state, told)) {
            told = state;
            followers.forEach(follower -> follower.accept(state));
        }
    }

    private static boolean isNews(JobState state, JobState known) {
        if (state.facts() == null && known.facts() != null) {
            // Its events were folded before its command: the row is not whole yet.
            return false;
        }
        return state.eventOffset() > known.eventOffset() || state.version() > known.version();
    }
}
