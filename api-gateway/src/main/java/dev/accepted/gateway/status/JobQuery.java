package dev.accepted.gateway.status;

import dev.accepted.contract.job.Status;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a client asks of the list of its jobs.
 *
 * @param statuses words; empty: any
 * @param types empty: any
 * @param batch the id of the batch that they were sent in
 * @param tags values by name, all of which a job must have
 * @param limit the longest page
 */
record JobQuery(
        List<String> statuses,
        List<String> types,
        Optional<Instant> createdAfter,
        Optional<Instant> createdBefore,
        Optional<String> clientReference,
        Optional<String> batch,
        SortedMap<String, String> tags,
        int limit,
        Optional<String> cursor) {

    private static final int DEFAULT_LIMIT = 50;
    private static final int LONGEST = 200;
    private static final String TAG = "tag.";
    private static final Set<String> NAMES = Set.of(
            "status", "type", "created_after", "created_before", "client_reference", "batch_id", "limit", "cursor");

    /** Reads a query; a {@link dev.accepted.gateway.problem.Problem} 400 names the parameter that does not read. */
    static JobQuery read(Map<String, List<String>> query) {
        SortedMap<String, String> tags = new TreeMap<>();
        query.forEach((name, values) -> {
            if (name.startsWith(TAG) && name.length() > TAG.length()) {
                tags.put(name.substring(TAG.length()), single(query, name).orElseThrow());
            } else if (!NAMES.contains(name)) {
                throw Refusals.invalidParameter(name, "is not known here");
            }
        });
        return new JobQuery(
                statuses(query),
                several(query, "type"),
                time(query, "created_after"),
                time(query, "created_before"),
                single(query, "client_reference"),
                single(query, "batch_id"),
                tags,
                limit(query),
                single(query, "cursor"));
    }

    /** The filters in one spelling: what a cursor is bound to. */
    String filters() {
        return String.join(
                "\n",
                List.of(
                        statuses.toString(),
                        types.toString(),
                        createdAfter.toString(),
                        createdBefore.toString(),
                        clientReference.toString(),
                        batch.toString(),
                        tags.toString()));
    }

    private static List<String> statuses(Map<String, List<String>> query) {
        List<String> words = several(query, "status");
        for (String word : words) {
            if (Status.ofWord(word).isEmpty()) {
                throw Refusals.invalidParameter("status", "knows no word '" + word + "'");
            }
        }
        return words;
    }

    private static int limit(Map<String, List<String>> query) {
        Optional<String> text = single(query, "limit");
        if (text.isEmpty()) {
            return DEFAULT_LIMIT;
        }
        // Any number of digits is an integer; what is longer than an int is as good as the longest page.
        if (!text.get().matches("\\+?0*[1-9][0-9]*")) {
            throw Refusals.invalidParameter("limit", "must be an integer of at least 1");
        }
        return text.get().length() > 9 ? LONGEST : Math.min(LONGEST, Integer.parseInt(text.get()));
    }

    private static Optional<Instant> time(Map<String, List<String>> query, String name) {
        try {
            return single(query, name).map(text -> OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw Refusals.invalidParameter(name, "must be a time of RFC 3339 with its offset");
        }
    }

    /** The one value of a parameter; empty if it is not there. */
    static Optional<String> single(Map<String, List<String>> query, String name) {
        List<String> values = query.getOrDefault(name, List.of());
        if (values.size() > 1 || values.contains("")) {
            throw Refusals.invalidParameter(name, "must have one value");
        }
        values.forEach(value -> requireNoNul(name, value));
        return values.stream().findFirst();
    }

    /** The values of a parameter that may have many, each once. */
    static List<String> several(Map<String, List<String>> query, String name) {
        List<String> values = new ArrayList<>();
        for (String value : query.getOrDefault(name, List.of())) {
            values.addAll(List.of(value.split(",", -1)));
        }
        if (values.contains("")) {
            throw Refusals.invalidParameter(name, "must not be empty");
        }
        values.forEach(value -> requireNoNul(name, value));
        return values.stream().distinct().sorted().toList();
    }

    /** No text of the table has one, and PostgreSQL takes none. */
    private static void requireNoNul(String name, String value) {
        if (value.indexOf('\0') >= 0) {
            throw Refusals.invalidParameter(name, "must not have a NUL");
        }
    }
}
