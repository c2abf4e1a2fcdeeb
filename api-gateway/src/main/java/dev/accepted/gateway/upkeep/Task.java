package dev.accepted.gateway.upkeep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.store.upkeep.Upkeep.Status;
import java.sql.Connection;
import java.sql.SQLException;

/** What is done with the shadow. */
interface Task {

    /**
     * How it ended.
     *
     * @param result what came of it, for operators
     */
    record Ended(Status as, ObjectNode result) {}

    /**
     * Does it; blocks for as long as that takes.
     *
     * @param session to which the shadow belongs, without a transaction
     * @throws Halted if it is to end before it is done
     */
    Ended perform(Run run, Connection session, WholeLog log) throws SQLException, InterruptedException;
}
