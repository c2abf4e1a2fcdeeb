package dev.accepted.gateway.http;

import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.contract.Wire;
import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.catalog.ReferenceRule;
import dev.accepted.contract.catalog.RetryPolicy;
import dev.accepted.contract.log.Topics;
import dev.accepted.localstack.LocalStack;
import io.restassured.RestAssured;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/** Announces job types as workers do: the queue's topic first, then the descriptor. */
public final class Workers {

    public static final JobTypeDescriptor REPORT = type("report.generate", "reports", "/reports/generate", """
        {"type":"object","additionalProperties":false,"required":["report_type","year","format"],
         "properties":{
           "report_type":{"type":"string","minLength":1},
           "year":{"type":"integer","minimum":1900,"maximum":2200},
           "departments":{"type":"array","items":{"type":"string"},"minItems":1},
           "include_charts":{"type":"boolean"},
           "format":{"enum":["pdf","csv"]}}}\
        """);

    public static final JobTypeDescriptor DATA = withReceipt(
            type("data.process", "analytics", "/data/process", """
                {"type":"object","required":["dataset_name","data"],
                 "properties":{
                   "dataset_name":{"type":"string","minLength":1},
                   "contact":{"type":"string","format":"email"},
                   "parameters":{"type":"object","properties":{"clusters":{"type":"integer","minimum":1}}},
                   "data":{"type":"array","items":{"type":"array","items":{"type":"number"}}}}}\
                """), "position_in_queue", "estimated_start_time");

    public static final JobTypeDescriptor CAMPAIGN = new JobTypeDescriptor(
            "email.campaign",
            "email",
            "Send an e-mail campaign",
            "/email/campaigns",
            "camp",
            "campaign_id",
            "/campaigns/{id}/status",
            "campaigns:write",
            false,
            10L << 20,
            "scheduled_time",
            List.of("sent_count", "failed_count"),
            List.of(new ReferenceRule("recipient_list_id", "recipient-lists", true, "recipient_count")),
            Duration.ofSeconds(30),
            Duration.ofHours(6),
            new RetryPolicy(5, Duration.ofSeconds(1), 2, Duration.ofMinutes(10)),
            json("""
                {"type":"object","additionalProperties":false,
                 "required":["campaign_name","subject","content","recipient_list_id"],
                 "properties":{
                   "campaign_name":{"type":"string","minLength":1},
                   "subject":{"type":"string","minLength":1},
                   "content":{"type":"string"},
                   "recipient_list_id":{"type":"string","minLength":1},
                   "scheduled_time":{"type":"string","format":"date-time"}}}\
                """),
            null,
            List.of("estimated_start_time"),
            false,
            false);

    private Workers() {}

    /** A type with a schema, else as plain as they come. */
    public static JobTypeDescriptor type(String type, String queue, @Nullable String path, String schema) {
        return new JobTypeDescriptor(
                type,
                queue,
                "A job of a test",
                path,
                "job",
                "job_id",
                "/jobs/{id}",
                "jobs:write",
                true,
                10L << 20,
                null,
                List.of(),
                List.of(),
                Duration.ofSeconds(5),
                Duration.ofMinutes(10),
                new RetryPolicy(5, Duration.ofSeconds(1), 2, Duration.ofMinutes(10)),
                json(schema),
                null);
    }

    /** The same type whose minimal answers show these. */
    private static JobTypeDescriptor withReceipt(JobTypeDescriptor type, String... receipt) {
        return with(type, List.of(receipt), false);
    }

    /** The same type whose jobs, once accepted, cannot be cancelled. */
    public static JobTypeDescriptor notCancellable(JobTypeDescriptor type) {
        return with(type, type.receipt(), true);
    }

    private static JobTypeDescriptor with(JobTypeDescriptor type, List<String> receipt, boolean notCancellable) {
        return new JobTypeDescriptor(
                type.type(),
                type.queue(),
                type.title(),
                type.path(),
                type.idPrefix(),
                type.idMember(),
                type.statusPath(),
                type.scope(),
                type.anonymous(),
                type.maxInputBytes(),
                type.scheduledTimeMember(),
                type.counters(),
                type.references(),
                type.typicalDuration(),
                type.timeout(),
                type.retry(),
                type.inputSchema(),
                type.example(),
                receipt,
                false,
                notCancellable);
    }

    public static JsonNode json(String text) {
        try {
            return Wire.JSON.readTree(text);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The three types of the house, and any others, announced and known to the gateway. */
    public static void announceAll(JobTypeDescriptor... others) {
        for (JobTypeDescriptor type : List.of(REPORT, DATA, CAMPAIGN)) {
            announce(type);
        }
        for (JobTypeDescriptor type : others) {
            announce(type);
        }
    }

    /** Announces a type and waits until the gateway serves it. */
    public static void announce(JobTypeDescriptor type) {
        makeTopic(Topics.commands(type.queue()));
        send(type.type(), Wire.JSON.valueToTree(type).toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        // JUnit's before-all comes before Quarkus tells REST Assured the port.
        String ready = ConfigProvider.getConfig().getValue("test.url", String.class) + "/q/health/ready";
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> RestAssured.get(ready)
                        .then()
                        .body("checks.find { it.name == 'catalog' }.data.types", containsString(type.type())));
    }

    /** Puts a record into the catalog, whatever it is. */
    public static void send(String key, byte @Nullable [] value) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", LocalStack.shared().bootstrapServers());
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.CATALOG, key, value)).get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public static void makeTopic(String name) {
        makeTopic(LocalStack.shared().bootstrapServers(), name);
    }

    public static void makeTopic(String bootstrapServers, String name) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", (Object) bootstrapServers))) {
            NewTopic topic =
                    new NewTopic(name, 3, (short) 1).configs(Map.of("message.timestamp.type", "LogAppendTime"));
            admin.createTopics(List.of(topic)).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
