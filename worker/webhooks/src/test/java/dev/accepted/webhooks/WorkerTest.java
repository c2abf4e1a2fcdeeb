package dev.accepted.webhooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.callback.SigningKeys;
import dev.accepted.contract.callback.WebhookDelivery;
import dev.accepted.engine.PermanentFailure;
import dev.accepted.testkit.RecordingJob;
import dev.accepted.testkit.WorkerStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The application as Quarkus builds it: its configuration, its class loaders, its one handler. */
@QuarkusTest
@QuarkusTestResource(WorkerStack.class)
@QuarkusTestResource(WorkerTest.Webhooks.class)
class WorkerTest {

    /** Its settings. */
    public static final class Webhooks implements QuarkusTestResourceLifecycleManager {
        @Override
        public Map<String, String> start() {
            return Map.of(
                    "accepted.webhooks.key", "YSBrZXkgZm9yIHRlc3RzIGFsb25l,YW5vdGhlciBrZXkgZm9yIHRlc3Rz",
                    "accepted.webhooks.trusted-networks", "127.0.0.0/8");
        }

        @Override
        public void stop() {
            // There is nothing to stop.
        }
    }

    private final DeliverWebhook handler;
    private final SigningKeys keys;

    @Inject
    WorkerTest(DeliverWebhook handler, SigningKeys keys) {
        this.handler = handler;
        this.keys = keys;
    }

    @Test
    void theApplicationDeliversAMessage() throws Exception {
        try (Receiver receiver = Receiver.plain(Receiver.answering(200))) {
            RecordingJob job = RecordingJob.of(WebhookDelivery.TYPE);
            String url = "http://localhost:" + receiver.port() + "/";
            handler.run(new WebhookDelivery("msg-1", url, "{}"), job);
            assertEquals("{}", receiver.received().get(0).body());
            assertEquals(2, keys.secrets("acme").size(), "both keys sign");
        }
    }

    @Test
    void whatIsNotTrustedIsNotCalled() {
        RecordingJob job = RecordingJob.of(WebhookDelivery.TYPE);
        Exception refused = assertThrows(
                PermanentFailure.class,
                () -> handler.run(new WebhookDelivery("msg-1", "https://10.0.0.1/", "{}"), job));
        assertTrue(String.valueOf(refused.getMessage()).startsWith("Nothing was sent"), refused.getMessage());
    }
}
