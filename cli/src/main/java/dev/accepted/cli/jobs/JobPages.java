package dev.accepted.cli.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.cli.gateway.Call;
import dev.accepted.cli.gateway.Gateway;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A list of jobs, page by page, so that a long one is never held whole. For one thread. */
final class JobPages {

    private static final int PAGE = 200;

    private final Gateway gateway;
    private final Whose whose;
    private final String filters;
    private long left;
    private Optional<String> next;

    /** @param most how many jobs are wanted */
    JobPages(Gateway gateway, Whose whose, String filters, long most) {
        this.gateway = gateway;
        this.whose = whose;
        this.filters = filters;
        this.left = most;
        this.next = Optional.of(address());
    }

    Whose whose() {
        return whose;
    }

    boolean hasNext() {
        return next.isPresent() && left > 0;
    }

    /** Whether there are more than were wanted. */
    boolean isCut() {
        return next.isPresent();
    }

    List<JsonNode> next() throws InterruptedException {
        JsonNode page = gateway.ask(Call.get(next.orElseThrow())).json();
        List<JsonNode> items = new ArrayList<>();
        page.path("items").forEach(items::add);
        left -= items.size();
        next = Optional.of(page.path("next").asText())
                .filter(cursor -> !cursor.isEmpty())
                .map(this::following);
        return items;
    }

    /** {@code next} is the address of the next page. */
    private String following(String address) {
        return left <= 0 ? address : address.replaceAll("([?&]limit=)\\d+", "$1" + Math.min(PAGE, left));
    }

    private String address() {
        return whose.path() + "?limit=" + Math.min(PAGE, left) + (filters.isEmpty() ? "" : "&" + filters);
    }
}
