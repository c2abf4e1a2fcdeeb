package dev.accepted.gateway.bulk;

import dev.accepted.contract.id.IdSeal;
import dev.accepted.contract.id.JobId;
import dev.accepted.contract.id.UuidV7;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Ids of batches prove themselves as those of jobs do, and are none of those. */
@Singleton
class BatchIds {

    private static final String PREFIX = "batch";

    private final UuidV7 uuids;
    private final IdSeal seal;

    BatchIds(UuidV7 uuids, IdSeal seal) {
        this.uuids = uuids;
        this.seal = seal;
    }

    JobId next(String tenant) {
        return seal.seal(PREFIX, uuids.next(), owner(tenant));
    }

    /** The id of a batch of that tenant. */
    Optional<JobId> read(String text, String tenant) {
        return JobId.parse(text).filter(id -> id.prefix().equals(PREFIX) && seal.verifies(id, owner(tenant)));
    }

    /** Sealed for somebody who is no tenant, no batch's id is ever taken for a job's, nor the other way round. */
    private static String owner(String tenant) {
        return "batches of\n" + tenant;
    }
}
