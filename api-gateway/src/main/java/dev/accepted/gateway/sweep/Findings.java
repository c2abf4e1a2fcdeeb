package dev.accepted.gateway.sweep;

import dev.accepted.store.job.JobCensus.Census;
import dev.accepted.store.job.JobCensus.Stranded;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Where the unfinished jobs were when somebody looked.
 *
 * @param stranded the oldest of those in no place
 */
record Findings(Census census, List<Stranded> stranded) {

    /** Those that another look had found as well: with the same attempt, in the same state. */
    Findings confirming(Findings earlier) {
        Set<Stranded> before = new HashSet<>(earlier.stranded);
        return new Findings(census, stranded.stream().filter(before::contains).toList());
    }
}
