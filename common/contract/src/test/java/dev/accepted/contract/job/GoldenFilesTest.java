package dev.accepted.contract.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.Wire;
import dev.accepted.contract.callback.Callback;
import dev.accepted.contract.callback.CallbackEvent;
import dev.accepted.contract.callback.WebhookDelivery;
import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.catalog.ReferenceRule;
import dev.accepted.contract.catalog.RetryPolicy;
import dev.accepted.contract.command.CommandHeaders;
import dev.accepted.contract.command.DataRef;
import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.command.JobFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every message as it stands on the wire, kept as a file: what was written once must be read for ever. A file that is
 * missing is written by {@code -Dgolden.write=true}, never changed.
 */
class GoldenFilesTest {

    private static final Path FILES = Path.of("src/test/resources/golden");
    private static final ObjectWriter PRETTY = Wire.JSON.writerWithDefaultPrettyPrinter();

    @TestFactory
    Stream<DynamicTest> everyEventReadsAndWritesAsItsFile() {
        return Records.everyKind().stream()
                .map(happening -> DynamicTest.dynamicTest(happening.eventName(), () -> {
                    JobEvent event = Records.event(1, happening);
                    String file = golden("event-" + happening.eventName() + ".json", Wire.JSON.valueToTree(event));
                    assertEquals(event, JobEvent.read(file.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
                    assertEquals(Wire.JSON.readTree(file), Wire.JSON.readTree(event.toJson()));
                }));
    }

    @Test
    void aCancelByAnOperator() throws Exception {
        Happening cancel = new Happening.CancelRequested(false, "it floods the queue", "ops@example.com");
        JobEvent event = Records.event(1, cancel);
        String file = golden("event-cancel-requested-by-an-operator.json", Wire.JSON.valueToTree(event));
        assertEquals(event, JobEvent.read(file.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertEquals(Wire.JSON.readTree(file), Wire.JSON.readTree(event.toJson()));
    }

    @Test
    void theHeadersOfAnEvent() throws IOException {
        JobEvent event = Records.event(1, Records.everyKind().get(0));
        Map<String, String> headers = event.headers("0192-1", "/accepted/worker/probe-1", Records.START);
        assertEquals(
                Wire.JSON.readTree(golden("event-headers.json", new TreeMap<>(headers))),
                Wire.JSON.valueToTree(headers));
    }

    @Test
    void theHeadersOfACommand() throws Exception {
        JobFacts facts = new JobFacts(
                Records.START.plusSeconds(60),
                Records.START.plusSeconds(600),
                "Bestellung 7 – grün",
                Map.of("team", "blue"),
                Map.of("recipient_count", 25_000L),
                Map.of(
                        "recipient_list_id",
                        new JobFacts.PinnedReference("recipient-lists", "list-789", "cd".repeat(32), 25_000)),
                Records.ID.text());
        JobCommand command = new JobCommand(
                Records.ID,
                "acme",
                "email.campaign",
                "email",
                2,
                facts,
                new DataRef("ef".repeat(32), 1_048_576),
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        Map<String, String> headers = CommandHeaders.write(command);
        String file = golden("command-headers.json", new TreeMap<>(headers));
        assertEquals(Wire.JSON.readTree(file), Wire.JSON.valueToTree(headers));
        assertEquals(command, CommandHeaders.read(headers));
    }

    @Test
    void theSmallestCommandIsReadBack() throws Exception {
        JobCommand command = new JobCommand(Records.ID, "acme", "probe.noop", "probe", 1, JobFacts.NONE, null, null);
        assertEquals(command, CommandHeaders.read(CommandHeaders.write(command)));
    }

    @Test
    void theHeadersOfACommandWithAKey() throws Exception {
        JobCommand command = new JobCommand(Records.ID, "acme", "probe.noop", "probe", 1, JobFacts.NONE, null, null)
                .withIdempotencyKey("8e03978e-40d5 \"7\"");
        Map<String, String> headers = CommandHeaders.write(command);
        String file = golden("command-headers-with-key.json", new TreeMap<>(headers));
        assertEquals(Wire.JSON.readTree(file), Wire.JSON.valueToTree(headers));
        assertEquals(command, CommandHeaders.read(headers));
        assertEquals(command.withAttempt(2), CommandHeaders.read(CommandHeaders.write(command.withAttempt(2))));
    }

    @Test
    void theHeadersOfACommandThatWasSentInABatch() throws Exception {
        JobCommand command = new JobCommand(
                Records.ID,
                "acme",
                "probe.noop",
                "probe",
                1,
                JobFacts.NONE.inBatch("batch-" + Records.ID.text().substring(4)),
                null,
                null);
        Map<String, String> headers = CommandHeaders.write(command);
        String file = golden("command-headers-in-a-batch.json", new TreeMap<>(headers));
        assertEquals(Wire.JSON.readTree(file), Wire.JSON.valueToTree(headers));
        assertEquals(command, CommandHeaders.read(headers));
    }

    @Test
    void theHeadersOfACommandWithACallback() throws Exception {
        JobFacts facts = JobFacts.NONE.withCallback(new Callback(
                "https://hooks.example.com/jobs?token=a%20b", Set.of(CallbackEvent.FAILED, CallbackEvent.STARTED)));
        JobCommand command = new JobCommand(Records.ID, "acme", "probe.noop", "probe", 1, facts, null, null);
        Map<String, String> headers = CommandHeaders.write(command);
        String file = golden("command-headers-callback.json", new TreeMap<>(headers));
        assertEquals(Wire.JSON.readTree(file), Wire.JSON.valueToTree(headers));
        assertEquals(command, CommandHeaders.read(headers));
        assertFalse(command.toString().contains("token"), "an address may carry a secret, and commands are logged");
    }

    @Test
    void theInputOfADelivery() throws Exception {
        WebhookDelivery delivery = new WebhookDelivery(
                "msg-01m84zwwg0fay8000000000001ekwvgn0v",
                "https://hooks.example.com/jobs",
                "{\"type\":\"job.succeeded\",\"timestamp\":\"2026-11-23T20:00:00Z\",\"data\":{}}");
        String file = golden("webhook-delivery.json", delivery);
        assertEquals(Wire.JSON.readTree(file), Wire.JSON.readTree(delivery.toJson()));
        assertEquals(delivery, WebhookDelivery.read(file.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    @Test
    void aTypeIsForClientsAndItsJobsCanBeCancelledUnlessItSaysOtherwise() throws IOException {
        JobTypeDescriptor read = Wire.JSON.readValue(golden("descriptor.json", Map.of()), JobTypeDescriptor.class);
        assertFalse(read.internal());
        assertFalse(read.notCancellable());
        JsonNode written = Wire.JSON.valueToTree(read);
        assertTrue(Wire.JSON
                .treeToValue(((ObjectNode) written.deepCopy()).put("not_cancellable", true), JobTypeDescriptor.class)
                .notCancellable());
        assertTrue(Wire.JSON
                .treeToValue(((ObjectNode) written).put("internal", true), JobTypeDescriptor.class)
                .internal());
    }

    @Test
    void theDescriptorOfAType() throws IOException {
        JobTypeDescriptor descriptor = new JobTypeDescriptor(
                "email.campaign",
                "email",
                "Send an e-mail campaign",
                "/email/campaigns",
                "camp",
                "campaign_id",
                "/campaigns/{id}/status",
                "campaigns:write",
                false,
                10_485_760,
                "scheduled_time",
                List.of("sent_count", "failed_count"),
                List.of(new ReferenceRule("recipient_list_id", "recipient-lists", true, "recipient_count")),
                Duration.ofSeconds(30),
                Duration.ofHours(6),
                new RetryPolicy(5, Duration.ofSeconds(1), 2, Duration.ofMinutes(10)),
                Wire.JSON.readTree("{\"type\":\"object\"}"),
                Wire.JSON.readTree("{\"campaign_name\":\"Summer Sale 2023\"}"),
                List.of("estimated_start_time"),
                false,
                false);
        String file = golden("descriptor.json", descriptor);
        assertEquals(Wire.JSON.readTree(file), Wire.JSON.readTree(Wire.JSON.writeValueAsBytes(descriptor)));
        assertEquals(descriptor, Wire.JSON.readValue(file, JobTypeDescriptor.class));
    }

    @Test
    void aDescriptorFromBeforeThereWereReceiptsHasTheUsualOne() throws IOException {
        ObjectNode old = (ObjectNode) Wire.JSON.readTree(Files.readString(FILES.resolve("descriptor.json")));
        old.remove("receipt");
        assertEquals(
                List.of("estimated_completion_time"),
                Wire.JSON.treeToValue(old, JobTypeDescriptor.class).receipt());
    }

    private static String golden(String name, Object written) throws IOException {
        Path file = FILES.resolve(name);
        if (Boolean.getBoolean("golden.write") && !Files.exists(file)) {
            Files.createDirectories(FILES);
            Files.writeString(file, PRETTY.writeValueAsString(written) + "\n");
        }
        return Files.readString(file);
    }
}
