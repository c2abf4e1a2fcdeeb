package dev.accepted.gateway.placement;

import dev.accepted.contract.command.JobCommand;
import java.util.OptionalInt;

/** Says where in its topic a command goes. */
@FunctionalInterface
public interface Placement {

    /** Leaves it to the record's key. */
    Placement BY_KEY = command -> OptionalInt.empty();

    /** The partition to send it to; empty if its key shall decide. Never blocks; safe for use by many threads. */
    OptionalInt partition(JobCommand command);
}
