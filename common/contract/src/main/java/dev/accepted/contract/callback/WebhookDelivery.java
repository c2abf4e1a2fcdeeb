package dev.accepted.contract.callback;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.accepted.contract.Undecodable;
import dev.accepted.contract.Wire;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The input of a job that delivers one message.
 *
 * @param id the message's: the same over all attempts, and over all jobs that deliver it
 * @param url where to
 * @param payload the body, character for character as it is signed and sent
 */
public record WebhookDelivery(String id, String url, String payload) {

    /** The job type. */
    public static final String TYPE = "webhook.deliver";

    public static final String QUEUE = "webhooks";

    /** What ids of such jobs begin with. */
    public static final String ID_PREFIX = "msg";

    /** The tag with what is told, for example {@code job.succeeded}. */
    public static final String EVENT_TAG = "event";

    /** The tag with the message's id. */
    public static final String MESSAGE_TAG = "webhook_id";

    /** The figure of a delivery job with what the receiver answered to one of its attempts. */
    public static String statusCodeOf(int attempt) {
        return "status_code_" + attempt;
    }

    /** The figure of a delivery job with how long the receiver took for one of its attempts. */
    public static String millisOf(int attempt) {
        return "millis_" + attempt;
    }

    /** Without address and body: they may carry what only the receiver is to know. */
    @Override
    public String toString() {
        return "WebhookDelivery[" + id + "]";
    }

    public byte[] toJson() {
        try {
            return Wire.JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A delivery that cannot be written: " + e.getOriginalMessage(), e);
        }
    }

    /** Reads what {@link #toJson} wrote. */
    @SuppressWarnings("NullAway") // what Jackson read may lack any member
    public static WebhookDelivery read(byte @Nullable [] value) throws Undecodable {
        if (value == null) {
            throw new Undecodable("delivery without a value");
        }
        try {
            WebhookDelivery read = Wire.JSON.readValue(value, WebhookDelivery.class);
            if (read.id == null || read.url == null || read.payload == null) {
                throw new Undecodable("delivery lacks id, url or payload");
            }
            return read;
        } catch (IOException e) {
            throw new Undecodable("delivery does not read", e);
        }
    }
}
