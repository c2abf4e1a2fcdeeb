package dev.accepted.e2e.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobError;
import dev.accepted.contract.job.JobEvent;
import dev.accepted.contract.log.Topics;
import dev.accepted.e2e.Client;
import dev.accepted.e2e.LocalSystem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A system, an operator's token and a browser: what every click path needs. */
final class Stage implements AutoCloseable {

    /** What would be run if anything made markup of a text. */
    static final String HOSTILE =
            "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";

    private static final Duration SOON = Duration.ofMinutes(2);

    private final LocalSystem system;
    private final Browser browser;
    private final String token;
    private final Client operator;

    Stage(Path directory) throws Exception {
        // The browser first: where there is none, no system need be started.
        browser = Browser.start(directory.resolve("browser"));
        system = LocalSystem.up(directory.resolve("data"), Map.of(), "--workers", "probe=2,analytics=1");
        token = system.token();
        operator = new Client(system.url(), token);
    }

    LocalSystem system() {
        return system;
    }

    String token() {
        return token;
    }

    Client operator() {
        return operator;
    }

    /** A tab at the console's door. */
    Tab atTheDoor() throws Exception {
        return browser.open(system.url() + "/console");
    }

    /** A tab that has signed in and looks at a view. */
    Tab at(String view) throws Exception {
        Tab tab = browser.open(system.url() + "/console#token=" + token);
        tab.awaitText("Sign out");
        tab.evaluate("location.hash = " + Tab.quoted("#/" + view));
        return tab;
    }

    String submitted(String type, String input, String more) {
        return operator.submit("/jobs", "{\"type\":\"%s\",\"input\":%s%s}".formatted(type, input, more))
                .path("job_id")
                .asText();
    }

    JsonNode awaitStatus(String job, String status) throws InterruptedException {
        return operator.await(
                "/jobs/" + job, SOON, shown -> shown.path("status").asText().equals(status));
    }

    /** A job that fails with a text of the test's own. */
    String failed(String detail) throws Exception {
        String job = submitted("probe.hold", "{}", "");
        awaitStatus(job, "processing");
        JobError error = JobError.failed(detail);
        JobEvent event = new JobEvent(
                job,
                "local",
                "probe.hold",
                "probe",
                1,
                null,
                new Happening.Failed("w", Instant.now(), error, Map.of()));
        append(
                Topics.EVENTS,
                job,
                event.headers(UUID.randomUUID().toString(), "/workers/probe", Instant.now()),
                event.toJson());
        awaitStatus(job, "failed");
        return job;
    }

    void append(String topic, String key, Map<String, String> headers, byte[] value) throws Exception {
        RecordHeaders raw = new RecordHeaders();
        headers.forEach((name, text) -> raw.add(name, text.getBytes(StandardCharsets.UTF_8)));
        Map<String, Object> settings = Map.of("bootstrap.servers", system.url("kafka-1"), "acks", "all");
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, null, key, value, raw)).get();
        }
    }

    /** Takes the pictures of a view, and looks for what would hinder somebody: in both schemes, on a desk and on a phone. */
    static void review(Tab tab, String name) throws Exception {
        for (String scheme : List.of("light", "dark")) {
            tab.scheme(scheme);
            tab.desktop();
            tab.picture(name + "-desktop-" + scheme);
            assertEquals(List.of(), tab.hindrances(), name + " on a desk, " + scheme);
            tab.phone();
            tab.picture(name + "-phone-" + scheme);
            assertEquals(List.of(), tab.hindrances(), name + " on a phone, " + scheme);
            int width = tab.evaluate("document.documentElement.scrollWidth").asInt();
            assertTrue(width <= 360, name + " is " + width + " wide on a phone of 360");
        }
        tab.scheme("light");
        tab.desktop();
        assertEquals(List.of(), tab.complaints(), name);
        assertEquals(-1, tab.evaluate("document.title.indexOf('owned')").asInt(), name);
    }

    @Override
    public void close() throws InterruptedException {
        try {
            browser.close();
        } finally {
            system.close();
        }
    }
}
