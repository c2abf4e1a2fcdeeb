package dev.accepted.cli.jobs;

import dev.accepted.cli.gateway.Call;
import dev.accepted.cli.terminal.When;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which jobs are meant: the filters of {@code GET /jobs}, and those of {@code GET /operations/jobs}. */
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

    @Mixin
    private final WhoseOption whose = new WhoseOption();

    @Option(
            names = "--tenant",
            paramLabel = "NAME",
            split = ",",
            description = "Of these tenants; needs the scope operations, as do --queue and --error.")
    private List<String> tenants = List.of();

    @Option(names = "--queue", paramLabel = "NAME", split = ",", description = "In these queues, of all tenants.")
    private List<String> queues = List.of();

    @Option(
            names = "--error",
            paramLabel = "TEXT",
            description = "With that in the title or the detail of their error, of all tenants.")
    private @Nullable String error;

    /** Whose jobs are meant: what only an operator can ask for is asked for as one. */
    Whose whose() {
        return tenants.isEmpty() && queues.isEmpty() && error == null ? whose.whose() : Whose.EVERYBODYS;
    }

    /** As the query of the list's address, without the question mark. */
    String query(Instant now) {
        List<String> parts = new ArrayList<>();
        add(parts, "status", String.join(",", statuses));
        add(parts, "type", String.join(",", types));
        add(parts, "created_after", since == null ? "" : since.ago(now).toString());
        add(parts, "created_before", until == null ? "" : until.ago(now).toString());
        add(parts, "client_reference", reference);
        add(parts, "batch_id", batch);
        add(parts, "tenant", String.join(",", tenants));
        add(parts, "queue", String.join(",", queues));
        add(parts, "error", error);
        tags.forEach((name, value) -> parts.add(Call.value("tag." + name) + "=" + Call.value(value)));
        return String.join("&", parts);
    }

    private static void add(List<String> parts, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            parts.add(name + "=" + Call.value(value));
        }
    }
}
