package dev.accepted.cli.jobs;

import dev.accepted.cli.gateway.Call;
import dev.accepted.cli.terminal.When;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which jobs are meant: the filters of {@code GET /jobs}. */
final class JobFilter {

    @Option(
            names = "--status",
            paramLabel = "WORD",
            split = ",",
            description = "queued, processing, cancelling, succeeded, failed, cancelled, rejected or expired; several"
                    + " with commas.")
    private List<String> statuses = List.of();

    @Option(names = "--type", paramLabel = "TYPE", split = ",", description = "Job types; several with commas.")
    private List<String> types = List.of();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = When.Reader.class,
            description = "Created after: " + When.FORMS + ".")
    private @Nullable When since;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = When.Reader.class,
            description = "Created before, said the same way.")
    private @Nullable When until;

    @Option(names = "--reference", paramLabel = "TEXT", description = "The client_reference that they were sent with.")
    private @Nullable String reference;

    @Option(names = "--batch", paramLabel = "ID", description = "The batch that they were sent in.")
    private @Nullable String batch;

    @Option(names = "--tag", paramLabel = "NAME=VALUE", description = "A tag that they have; may be repeated.")
    private Map<String, String> tags = new TreeMap<>();

    /** As the query of the list's address, without the question mark. */
    String query(Instant now) {
        List<String> parts = new ArrayList<>();
        add(parts, "status", String.join(",", statuses));
        add(parts, "type", String.join(",", types));
        add(parts, "created_after", since == null ? "" : since.ago(now).toString());
        add(parts, "created_before", until == null ? "" : until.ago(now).toString());
        add(parts, "client_reference", reference);
        add(parts, "batch_id", batch);
        tags.forEach((name, value) -> parts.add(Call.value("tag." + name) + "=" + Call.value(value)));
        return String.join("&", parts);
    }

    private static void add(List<String> parts, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            parts.add(name + "=" + Call.value(value));
        }
    }
}
