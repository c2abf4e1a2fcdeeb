package dev.accepted.gateway.replay;

import dev.accepted.gateway.log.LogAway;
import dev.accepted.store.replay.Replay;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;

/** How replays of some mode go. Blocks; for one thread at a time. */
interface Course {

    /** Takes a replay some way further; it is called again as long as the replay runs. */
    void step(Replay replay) throws SQLException, LogAway, ExecutionException, InterruptedException;
}
