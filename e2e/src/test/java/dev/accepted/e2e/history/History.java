package dev.accepted.e2e.history;

import dev.accepted.contract.log.Position;
import dev.accepted.e2e.load.Order;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All that was seen of one run. Many threads write while it lasts; it is read when it is over. */
public final class History {

    private final Queue<Object> seen = new ConcurrentLinkedQueue<>();
    private final ConcurrentMap<String, Order> orders = new ConcurrentHashMap<>();
    private final Set<String> unanswered = ConcurrentHashMap.newKeySet();
    private final ConcurrentMap<String, Integer> mostAttempts = new ConcurrentHashMap<>();
    private final Set<Position> buried = ConcurrentHashMap.newKeySet();
    private final Set<String> missing = ConcurrentHashMap.newKeySet();
    private volatile boolean canBeCancelled;

    /** Notes one of the records of this package. */
    public History saw(Object what) {
        seen.add(what);
        return this;
    }

    /** A request is about to be sent. */
    public History ordered(String reference, Order order) {
        orders.put(reference, order);
        return this;
    }

    /** The connection broke before there was an answer: the job may have been accepted or not. */
    public History unanswered(String reference) {
        unanswered.add(reference);
        return this;
    }

    /** What the type's announcement says. */
    public History mayFail(String type, int attempts) {
        mostAttempts.put(type, attempts);
        return this;
    }

    /** A record lies in {@code jobs.dead}. */
    public History buried(Position at) {
        buried.add(at);
        return this;
    }

    /** A process that nobody has hurt is not there any more. */
    public History misses(String process) {
        missing.add(process);
        return this;
    }

    /** The gateways serve the route that cancels. */
    public History canBeCancelled() {
        canBeCancelled = true;
        return this;
    }

    /** All records of one kind, in the order in which they were noted. */
    public <T> List<T> all(Class<T> kind) {
        return seen.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The stories of all jobs of the log but those that poison speaks of, by id. */
    public Map<String, Story> stories() {
        Set<String> forged = all(Poison.class).stream().map(Poison::jobId).collect(Collectors.toSet());
        Map<String, List<LoggedCommand>> commands = new LinkedHashMap<>();
        for (LoggedCommand logged : all(LoggedCommand.class)) {
            commands.computeIfAbsent(logged.command().id().text(), id -> new ArrayList<>())
                    .add(logged);
        }
        Map<String, List<LoggedEvent>> events = new HashMap<>();
        for (LoggedEvent logged : all(LoggedEvent.class)) {
            events.computeIfAbsent(logged.event().jobId(), id -> new ArrayList<>())
                    .add(logged);
        }
        return Stream.concat(commands.keySet().stream(), events.keySet().stream())
                .distinct()
                .filter(id -> !forged.contains(id))
                .collect(Collectors.toMap(
                        id -> id,
                        id -> Story.of(commands.getOrDefault(id, List.of()), events.getOrDefault(id, List.of())),
                        (a, b) -> a,
                        LinkedHashMap::new));
    }

    /** Records of one kind by job. */
    public static <T> Map<String, List<T>> byJob(Collection<T> records, java.util.function.Function<T, String> jobId) {
        return records.stream().collect(Collectors.groupingBy(jobId));
    }

    /** What was asked for, by the client's own name for the job. */
    public Map<String, Order> orders() {
        return orders;
    }

    public Set<String> unanswered() {
        return unanswered;
    }

    /** Failures after which a job of that type has failed. */
    public int mostAttempts(String type) {
        return mostAttempts.getOrDefault(type, 1);
    }

    /** Where the records lay that are in {@code jobs.dead} now. */
    public Set<Position> buried() {
        return buried;
    }

    public Set<String> missing() {
        return missing;
    }

    public boolean cancels() {
        return canBeCancelled;
    }
}
