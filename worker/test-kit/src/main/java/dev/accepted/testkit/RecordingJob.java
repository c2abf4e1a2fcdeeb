package dev.accepted.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.accepted.engine.Attachment;
import dev.accepted.engine.JobContext;
import dev.accepted.engine.Reference;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A job's context that keeps what the handler did. Attachments are held in memory. */
public final class RecordingJob implements JobContext {

    private static final ObjectMapper JSON = new ObjectMapper().findAndRegisterModules();

    private final String type;
    private final int attempt;
    private final @Nullable JsonNode resumeFrom;
    private final Map<String, Reference> references = new HashMap<>();
    private final Map<String, byte[]> contents = new HashMap<>();
    private final List<Double> percents = new ArrayList<>();
    private final List<JsonNode> checkpoints = new ArrayList<>();
    private final Map<String, Long> counts = new HashMap<>();
    private volatile boolean cancelled;

    private RecordingJob(String type, int attempt, @Nullable JsonNode resumeFrom) {
        this.type = type;
        this.attempt = attempt;
        this.resumeFrom = resumeFrom;
    }

    /** The first attempt of a job. */
    public static RecordingJob of(String type) {
        return new RecordingJob(type, 1, null);
    }

    /** The attempt after this one: it goes on from the last checkpoint, with the same reference data. */
    public RecordingJob nextAttempt() {
        RecordingJob next = new RecordingJob(
                type, attempt + 1, checkpoints.isEmpty() ? resumeFrom : checkpoints.get(checkpoints.size() - 1));
        next.references.putAll(references);
        return next;
    }

    /** Gives the job reference data under the input's member. */
    public RecordingJob with(String member, String name, long count, byte[] content) {
        references.put(member, new InMemoryReference(name, count, content));
        return this;
    }

    /** From now on {@link #cancelled()} is true. */
    public void cancel() {
        cancelled = true;
    }

    public synchronized List<Double> percents() {
        return List.copyOf(percents);
    }

    public synchronized List<JsonNode> checkpoints() {
        return List.copyOf(checkpoints);
    }

    public synchronized Map<String, Long> counts() {
        return Map.copyOf(counts);
    }

    /** The bytes of a stored attachment. */
    public synchronized byte[] content(Attachment attachment) {
        byte[] content = contents.get(attachment.digest());
        if (content == null) {
            throw new IllegalArgumentException("No attachment " + attachment + " was stored by this job");
        }
        return content.clone();
    }

    @Override
    public String id() {
        return "job-00000000000000000000000000test0000";
    }

    @Override
    public String tenant() {
        return "local";
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public Optional<Instant> deadline() {
        return Optional.empty();
    }

    @Override
    public synchronized void progress(double percent, String message) {
        percents.add(percent);
    }

    @Override
    public synchronized void count(String name, long value) {
        counts.put(name, value);
    }

    @Override
    public synchronized void checkpoint(Object value) {
        checkpoints.add(JSON.valueToTree(value));
    }

    @Override
    public <T> Optional<T> lastCheckpoint(Class<T> as) {
        if (resumeFrom == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.treeToValue(resumeFrom, as));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The checkpoint does not read as " + as.getName(), e);
        }
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }

    @Override
    public boolean isReplay() {
        return false;
    }

    @Override
    public String effectKey() {
        return id();
    }

    @Override
    public synchronized Attachment attach(String name, String contentType, InputStream content) throws IOException {
        byte[] bytes = content.readAllBytes();
        String digest = "%064x".formatted(contents.size() + 1);
        contents.put(digest, bytes);
        return new Attachment(digest, name, contentType, bytes.length);
    }

    @Override
    public Optional<Reference> reference(String member) {
        return Optional.ofNullable(references.get(member));
    }

    private record InMemoryReference(String name, long count, byte[] content) implements Reference {
        @Override
        public InputStream open() {
            return new ByteArrayInputStream(content);
        }
    }
}
