package dev.accepted.gateway.replay;

import dev.accepted.contract.job.JobState;
import dev.accepted.gateway.log.LogAway;
import dev.accepted.store.replay.Replay;
import dev.accepted.store.replay.ReplayedTable.Taken;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Sends jobs that are written down as taken. Blocks; for one thread at a time. */
interface Sending {

    /**
     * What came of it, by the key of the job taken. Those that are in neither list are sent the next time.
     *
     * @param gone those of which there is nothing left to send
     */
    record Done(List<UUID> sent, List<UUID> gone) {}

    /**
     * Sends them; those that were sent already by somebody who could not write that down do no harm.
     *
     * @param states the jobs as they are by now; those without a row are not in it
     * @throws LogAway if the log does not take them all; some may be in it
     */
    Done send(Replay replay, List<Taken> taken, Map<UUID, JobState> states) throws LogAway;
}
