package dev.accepted.gateway.replay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.contract.id.UuidV7;
import dev.accepted.contract.job.Status;
import dev.accepted.contract.log.Topics;
import dev.accepted.gateway.catalog.InputError;
import dev.accepted.gateway.submission.JsonReader;
import dev.accepted.gateway.submission.Refused;
import dev.accepted.store.replay.Mode;
import dev.accepted.store.replay.Replay.Plan;
import dev.accepted.store.replay.Selection;
import dev.accepted.store.replay.Selection.TopicRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an operator asks for when a replay shall begin, or be tried dry.
 *
 * @param id what the replay is to be called, so that asking again begins no other; null if any will do
 */
record ReplayBody(@Nullable UUID id, Mode mode, Selection selection, Plan plan, String reason, boolean dryRun) {

    private static final int MOST_PER_JOB = 10;
    private static final int MOST_WORDS = 100;
    private static final int MOST_IDS = 10_000;
    private static final int MOST_TAGS = 20;
    private static final int LONGEST_ERROR = 1_000;
    private static final double HIGHEST_RATE = 100_000;
    private static final String SELECT = "select";
    private static final String TOPIC = "topic";

    /**
     * Reads it.
     *
     * @throws dev.accepted.gateway.problem.Problem 400 or 422 for a body that is anything else
     */
    static ReplayBody read(byte[] body) {
        JsonNode said = JsonReader.OF_INPUTS.tree(body);
        if (!said.isObject()) {
            throw Refused.invalid(List.of(new InputError("", "must be an object", "type")));
        }
        List<InputError> errors = new ArrayList<>();
        ReplayBody read = read(new Members(said, "", errors));
        if (!errors.isEmpty()) {
            throw Refused.invalid(errors);
        }
        return read;
    }

    private static ReplayBody read(Members said) {
        Mode mode = Mode.ofWord(said.requiredText("mode")).orElse(null);
        if (mode == null) {
            said.wrong(
                    "mode",
                    "must be one of "
                            + Arrays.stream(Mode.values()).map(Mode::word).collect(Collectors.joining(", ")),
                    "enum");
        }
        UUID id = id(said);
        boolean dryRun = said.flag("dry_run");
        String reason = dryRun ? said.text("reason", 255) : said.requiredText("reason");
        Members select = said.object(SELECT);
        Selection selection = select == null ? Selection.ALL : selection(select, mode);
        if (mode == Mode.FORCE && selection.saysNothing()) {
            said.wrong(SELECT, "must say which jobs: to run each job there is once more is hardly meant", "required");
        }
        if (mode == Mode.PROJECT && !isByLog(selection)) {
            said.wrong(
                    SELECT,
                    "must say ids or topic, and nothing else: what else the rows say may be what is wrong",
                    "required");
        }
        Plan plan = plan(said);
        if (mode != null && mode.isCountedLater() && plan.canary() != null) {
            said.wrong("canary", "is known of the modes failed and force only", "additionalProperties");
        }
        said.nothingElse();
        return new ReplayBody(
                id, mode == null ? Mode.FAILED : mode, selection, plan, reason == null ? "" : reason, dryRun);
    }

    private static boolean isByLog(Selection selection) {
        Selection byLog = new Selection(
                null, null, null, null, null, null, selection.ids(), null, null, null, null, selection.topic());
        return !selection.saysNothing() && byLog.toJson().equals(selection.toJson());
    }

    private static @Nullable UUID id(Members said) {
        String text = said.text("replay_id", 36);
        UUID id = text == null ? null : UuidV7.parse(text).orElse(null);
        if (text != null && id == null) {
            said.wrong("replay_id", "must be a UUID in lower case", "format");
        }
        return id;
    }

    private static Plan plan(Members said) {
        Long canary = said.integer("canary", 1, 1_000_000);
        Double rate = said.positive("rate_per_second", HIGHEST_RATE);
        Double stopAt = said.positive("stop_at_failure_rate", 1);
        Long mostPerJob = said.integer("most_per_job", 1, 1_000);
        return new Plan(
                canary == null ? null : canary.intValue(),
                rate,
                stopAt,
                mostPerJob == null ? MOST_PER_JOB : mostPerJob.intValue());
    }

    private static Selection selection(Members select, @Nullable Mode mode) {
        Set<String> words = statuses(mode);
        Selection selection = new Selection(
                select.words("tenant", MOST_WORDS, ReplayBody::any, ""),
                select.words("type", MOST_WORDS, ReplayBody::any, ""),
                select.words("queue", MOST_WORDS, ReplayBody::any, ""),
                select.words("status", MOST_WORDS, words::contains, "must be of " + String.join(", ", words)),
                select.text("error", LONGEST_ERROR),
                select.texts("tags", MOST_TAGS),
                select.words("ids", MOST_IDS, ReplayBody::any, ""),
                select.time("created_after"),
                select.time("created_before"),
                select.time("finished_after"),
                select.time("finished_before"),
                topic(select));
        select.nothingElse();
        return selection;
    }

    /** The states in which jobs are that such a replay takes. */
    private static Set<String> statuses(@Nullable Mode mode) {
        return Arrays.stream(Status.values())
                .filter(status -> mode == Mode.FAILED
                        ? status == Status.FAILED || status == Status.EXPIRED
                        : (mode == Mode.MISSING) != status.done())
                .map(Status::word)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static @Nullable TopicRange topic(Members select) {
        Members range = select.object(TOPIC);
        if (range == null) {
            return null;
        }
        String name = range.requiredText("name");
        if (!name.isEmpty() && !name.matches(Topics.PROJECTED)) {
            range.wrong("name", "must be jobs.events, jobs.later, or jobs.commands. with a queue", "pattern");
        }
        Long partition = range.integer("partition", 0, 1_000_000);
        TopicRange read = new TopicRange(
                name,
                partition == null ? null : partition.intValue(),
                range.integer("from_offset", 0, Long.MAX_VALUE - 1),
                range.integer("to_offset", 0, Long.MAX_VALUE - 1),
                range.time("from_time"),
                range.time("to_time"),
                null);
        if ((read.fromOffset() != null || read.toOffset() != null) && partition == null) {
            range.wrong("partition", "is required with offsets: each partition has its own", "required");
        }
        range.nothingElse();
        return read;
    }

    private static boolean any(String word) {
        return !word.isEmpty();
    }
}
