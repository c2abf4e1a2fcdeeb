package dev.accepted.contract.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.Wire;
import dev.accepted.contract.job.Happening;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The document says what the contract does: no more, no less. */
class AsyncApiTest {

    private static final Path FILES = Path.of("src/test/resources/golden");
    private static final String EVENT = "event-";

    /** The input of a job type: what is in a command belongs to its type. */
    private static final Set<String> NO_RECORDS = Set.of("webhook-delivery");

    private final AsyncApiDocument document = AsyncApiDocument.read();

    @Test
    void itsTopicsAreThoseThatThereAre() {
        assertEquals(
                Set.of(
                        Topics.commands("{queue}"),
                        Topics.LATER,
                        Topics.EVENTS,
                        Topics.CATALOG,
                        Topics.SCHEDULES,
                        Topics.DEAD),
                document.addresses());
    }

    @Test
    void itsEventsAreThoseThatThereAre() {
        Set<String> happenings = Arrays.stream(
                        Happening.class.getAnnotation(JsonSubTypes.class).value())
                .map(kind -> document.messageOf("dev.accepted.event." + kind.name()))
                .collect(Collectors.toCollection(TreeSet::new));
        assertFalse(happenings.contains(""), "An event is missing among " + happenings);
        assertEquals(happenings, document.messagesOn(Topics.EVENTS));
        assertEquals(
                Happening.class.getPermittedSubclasses().length, happenings.size(), "One message for each happening");
    }

    @Test
    void everyMessageIsOnATopic() {
        Set<String> used = new TreeSet<>();
        document.addresses().forEach(topic -> used.addAll(document.messagesOn(topic)));
        assertEquals(new TreeSet<>(document.messages()), used);
    }

    @TestFactory
    Stream<DynamicTest> everyGoldenFileIsAsItSays() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            return files.filter(file -> !NO_RECORDS.contains(name(file))).sorted().toList().stream()
                    .map(file -> dynamicTest(name(file), () -> {
                        JsonNode golden = Wire.JSON.readTree(Files.readAllBytes(file));
                        assertEquals(Set.of(), faults(file, golden));
                    }));
        }
    }

    @TestFactory
    Stream<DynamicTest> andWhatIsNotAsItSaysIsFoundOut() throws IOException {
        try (Stream<Path> files = Files.list(FILES)) {
            return files.filter(file -> !NO_RECORDS.contains(name(file))).sorted().toList().stream()
                    .map(file -> dynamicTest(name(file), () -> {
                        JsonNode golden = Wire.JSON.readTree(Files.readAllBytes(file));
                        for (JsonNode spoiled : spoiled(golden)) {
                            assertFalse(faults(file, spoiled).isEmpty(), spoiled.toString());
                        }
                    }));
        }
    }

    @TestFactory
    Stream<DynamicTest> everyExampleIsOne() {
        return document.messages().stream()
                .map(message -> dynamicTest(message, () -> {
                    List<JsonNode> examples = document.examples(message);
                    assertTrue(!examples.isEmpty(), "There is none");
                    for (JsonNode example : examples) {
                        assertEquals(Set.of(), document.faultsOfPayload(message, example.path("payload")));
                        if (example.has("headers")) {
                            assertEquals(Set.of(), document.faultsOfHeaders(message, example.path("headers")));
                        }
                    }
                }));
    }

    private Set<String> faults(Path file, JsonNode golden) {
        String name = name(file);
        if (golden.has("ce_type")) {
            return document.faultsOfHeaders(
                    document.messageOf(golden.path("ce_type").asText()), golden);
        }
        String message = name.startsWith(EVENT)
                ? document.messageOf(
                        "dev.accepted.event." + name.substring(EVENT.length()).replaceFirst("-by-an-operator$", ""))
                : name;
        return document.faultsOfPayload(message, golden);
    }

    /** What it must not be: with a member more, at the top or further down, and with one less. */
    private static List<JsonNode> spoiled(JsonNode golden) {
        List<JsonNode> spoiled = new ArrayList<>();
        ObjectNode more = golden.deepCopy();
        spoiled.add(more.put("surprise", 1));
        for (String part : List.of("event", "command", "retry")) {
            if (golden.path(part).isObject()) {
                ObjectNode deeper = golden.deepCopy();
                deeper.withObjectProperty(part).put("surprise", 1);
                spoiled.add(deeper);
            }
        }
        ObjectNode less = golden.deepCopy();
        spoiled.add(less.remove(List.of("job_id", "type", "ce_id")));
        return spoiled;
    }

    private static String name(Path file) {
        return file.getFileName().toString().replaceFirst("\\.json$", "");
    }
}
