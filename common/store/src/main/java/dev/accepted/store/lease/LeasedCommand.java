package dev.accepted.store.lease;

import dev.accepted.contract.job.Limit;
import dev.accepted.contract.log.Position;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The command of one attempt, as its lease remembers it: enough to write its events without reading the log.
 *
 * @param worker who holds it; null before it is claimed
 * @param heldBy the limit because of which it does not run
 */
public record LeasedCommand(
        UUID job,
        String jobId,
        String tenant,
        String type,
        String queue,
        int attempt,
        @Nullable String worker,
        Position command,
        @Nullable Limit heldBy) {

    /** One that runs, or will be claimed. */
    public LeasedCommand(
            UUID job,
            String jobId,
            String tenant,
            String type,
            String queue,
            int attempt,
            @Nullable String worker,
            Position command) {
        this(job, jobId, tenant, type, queue, attempt, worker, command, null);
    }

    static LeasedCommand read(ResultSet row) throws SQLException {
        String heldBy = row.getString("held_by");
        return new LeasedCommand(
                row.getObject("job", UUID.class),
                row.getString("job_id"),
                row.getString("tenant"),
                row.getString("type"),
                row.getString("queue"),
                row.getInt("attempt"),
                row.getString("worker"),
                new Position(
                        row.getString("command_topic"), row.getInt("command_partition"), row.getLong("command_offset")),
                heldBy == null ? null : Limit.ofText(heldBy));
    }
}
