package dev.accepted.contract.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.accepted.contract.Undecodable;
import dev.accepted.contract.Wire;
import dev.accepted.contract.command.DataRef;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A record of {@code jobs.schedules}: a job that is sent whenever a cron expression says so.
 *
 * @param name the client's name for it, without a slash; {@code tenant/name} is the record's key
 * @param cron five fields: minute, hour, day of the month, month, day of the week
 * @param zone the IANA time zone that the expression is meant in
 * @param type of the jobs
 * @param input of the jobs: the JSON as it was sent, character by character
 * @param dataRef where the input lies instead if it is too large for a record
 * @param clientReference of the jobs
 * @param tags of the jobs
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Schedule(
        String tenant,
        String name,
        String cron,
        String zone,
        String type,
        @Nullable String input,
        @Nullable DataRef dataRef,
        @Nullable String clientReference,
        Map<String, String> tags) {

    @SuppressWarnings("NullAway") // what Jackson read may lack any member
    public Schedule {
        tags = tags == null ? Map.of() : Map.copyOf(tags);
    }

    /** Whose schedule it is, of which name. */
    public record Key(String tenant, String name) {

        /** Reads a record's key. */
        public static Key read(@Nullable String key) throws Undecodable {
            int slash = key == null ? -1 : key.lastIndexOf('/');
            if (key == null || slash < 1 || slash == key.length() - 1) {
                throw new Undecodable("key of no schedule: " + key);
            }
            return new Key(key.substring(0, slash), key.substring(slash + 1));
        }

        /** As it stands in the log. */
        public String text() {
            return tenant + "/" + name;
        }
    }

    public Key key() {
        return new Key(tenant, name);
    }

    /** The record's value. */
    public byte[] toJson() {
        try {
            return Wire.JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A schedule that cannot be written: " + e.getOriginalMessage(), e);
        }
    }

    /** Reads a record that has a value. */
    public static Schedule read(Key key, byte[] value) throws Undecodable {
        Schedule read;
        try {
            read = Wire.JSON.readValue(value, Schedule.class);
        } catch (IOException e) {
            throw new Undecodable("schedule " + key.text() + " does not read", e);
        }
        read.check(key);
        return read;
    }

    @SuppressWarnings("NullAway") // what Jackson read may lack any member
    private void check(Key key) throws Undecodable {
        if (cron == null || zone == null || type == null || (input == null) == (dataRef == null)) {
            throw new Undecodable("schedule " + key.text() + " lacks cron, zone, type or input");
        }
        if (!key.tenant.equals(tenant) || !key.name.equals(name)) {
            throw new Undecodable("schedule under the key of another: " + key.text());
        }
    }
}
