package dev.accepted.cli.replay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.cli.terminal.When;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which jobs a replay means: those for which all of it holds. */
final class SelectOptions {

    private static final Pattern RANGE = Pattern.compile(
            "(?<topic>[A-Za-z0-9._-]+)(?:/(?<partition>\\d{1,6})(?::(?<from>\\d{1,18})?-(?<to>\\d{1,18})?)?)?");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    @Option(names = "--id", paramLabel = "ID", split = ",", description = "These jobs. Can be given often.")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--tenant", paramLabel = "TENANT", split = ",", description = "Jobs of these tenants.")
    private List<String> tenants = new ArrayList<>();

    @Option(names = "--type", paramLabel = "TYPE", split = ",", description = "Jobs of these types.")
    private List<String> types = new ArrayList<>();

    @Option(names = "--queue", paramLabel = "QUEUE", split = ",", description = "Jobs in these queues.")
    private List<String> queues = new ArrayList<>();

    @Option(names = "--status", paramLabel = "STATUS", split = ",", description = "Jobs in these states.")
    private List<String> statuses = new ArrayList<>();

    @Option(names = "--error", paramLabel = "TEXT", description = "Jobs whose error says that, whatever its case.")
    private @Nullable String error;

    @Option(names = "--tag", paramLabel = "NAME=VALUE", description = "Jobs with that tag. Can be given often.")
    private Map<String, String> tags = new LinkedHashMap<>();

    @Option(
            names = "--created-after",
            paramLabel = "TIME",
            converter = When.Reader.class,
            description = "Accepted then or later: " + When.FORMS + ".")
    private @Nullable When createdAfter;

    @Option(
            names = "--created-before",
            paramLabel = "TIME",
            converter = When.Reader.class,
            description = "Accepted before that.")
    private @Nullable When createdBefore;

    @Option(
            names = "--finished-after",
            paramLabel = "TIME",
            converter = When.Reader.class,
            description = "Ended then or later.")
    private @Nullable When finishedAfter;

    @Option(
            names = "--finished-before",
            paramLabel = "TIME",
            converter = When.Reader.class,
            description = "Ended before that.")
    private @Nullable When finishedBefore;

    @Option(
            names = "--topic",
            paramLabel = "TOPIC[/PARTITION[:FROM-TO]]",
            description = "Jobs whose last command lies there, or, with jobs.events, whose last event does; offsets are"
                    + " inclusive.")
    private @Nullable String topic;

    /** As the gateway reads it. */
    ObjectNode json(Instant now) {
        ObjectNode select = JsonNodeFactory.instance.objectNode();
        words(select, "ids", ids);
        words(select, "tenant", tenants);
        words(select, "type", types);
        words(select, "queue", queues);
        words(select, "status", statuses);
        if (error != null) {
            select.put("error", error);
        }
        if (!tags.isEmpty()) {
            ObjectNode named = select.putObject("tags");
            tags.forEach(named::put);
        }
        time(select, "created_after", createdAfter, now);
        time(select, "created_before", createdBefore, now);
        time(select, "finished_after", finishedAfter, now);
        time(select, "finished_before", finishedBefore, now);
        if (topic != null) {
            range(select.putObject("topic"), topic);
        }
        return select;
    }

    private static void words(ObjectNode select, String member, List<String> words) {
        if (!words.isEmpty()) {
            words.forEach(select.withArray(member)::add);
        }
    }

    private static void time(ObjectNode select, String member, @Nullable When time, Instant now) {
        if (time != null) {
            select.put(member, time.ago(now).toString());
        }
    }

    private void range(ObjectNode range, String text) {
        Matcher parts = RANGE.matcher(text);
        if (!parts.matches()) {
            throw new ParameterException(
                    command.commandLine(),
                    "'" + text + "' is no part of a topic, such as jobs.commands.email/3:1000-2000");
        }
        range.put("name", parts.group("topic"));
        number(range, "partition", parts.group("partition"));
        number(range, "from_offset", parts.group("from"));
        number(range, "to_offset", parts.group("to"));
    }

    private static void number(ObjectNode range, String member, @Nullable String digits) {
        if (digits != null) {
            range.put(member, Long.parseLong(digits));
        }
    }
}
