package dev.accepted.store.concurrency;

import dev.accepted.contract.callback.WebhookDelivery;
import dev.accepted.contract.job.Limit;
import dev.accepted.contract.job.Limit.Kind;
import dev.accepted.store.lease.LeasedCommand;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Jobs that are under the same limits. */
public record Group(String tenant, String queue, String type) {

    /** The name of the limit that holds for each tenant without one of its own. */
    public static final String EACH = "*";

    static Group of(LeasedCommand command) {
        return new Group(command.tenant(), command.queue(), command.type());
    }

    /** Reads the columns {@code tenant}, {@code queue} and {@code type}. */
    public static Group read(ResultSet row) throws SQLException {
        return new Group(row.getString("tenant"), row.getString("queue"), row.getString("type"));
    }

    /**
     * The limits it is under, as far as there are such. What a tenant is told of its jobs is none of them: it does not
     * wait until they have ended.
     */
    public List<Limit> possible() {
        Limit ofQueue = new Limit(Kind.QUEUE, queue);
        Limit ofType = new Limit(Kind.TYPE, type);
        return queue.equals(WebhookDelivery.QUEUE)
                ? List.of(ofQueue, ofType)
                : List.of(new Limit(Kind.TENANT, tenant), new Limit(Kind.TENANT, EACH), ofQueue, ofType);
    }
}
