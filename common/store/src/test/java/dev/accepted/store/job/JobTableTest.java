package dev.accepted.store.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.accepted.contract.command.JobCommand;
import dev.accepted.contract.command.JobFacts;
import dev.accepted.contract.job.Attempt;
import dev.accepted.contract.job.Happening;
import dev.accepted.contract.job.JobError;
import dev.accepted.contract.job.JobState;
import dev.accepted.contract.job.Progress;
import dev.accepted.contract.job.Status;
import dev.accepted.store.fixture.Jobs;
import dev.accepted.store.fixture.RandomLog;
import dev.accepted.store.fixture.StoreDatabase;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is written comes back as it was folded. */
class JobTableTest {

    private static StoreDatabase database;

    private Connection connection;

    @BeforeAll
    static void migrate() {
        database = StoreDatabase.fresh();
    }

    @BeforeEach
    void connect() throws Exception {
        connection = database.connect();
    }

    @AfterEach
    void forget() throws Exception {
        connection.rollback();
        connection.close();
    }

    @Test
    void whateverTheLogSaysComesBackAsItWasFolded() throws Exception {
        long seed = new Random().nextLong();
        RandomLog log = new RandomLog(new Random(seed));
        Map<UUID, JobState> inserted = new HashMap<>();
        Map<UUID, JobState> updated = new HashMap<>();
        for (int n = 0; n < 3_000; n++) {
            JobState first = log.job(Jobs.id(n));
            inserted.put(first.id().uuid(), first);
            updated.put(first.id().uuid(), withItsCreation(first, log.job(first.id())));
        }
        assertEquals(inserted.keySet(), JobTable.insert(connection, List.copyOf(inserted.values())), "seed " + seed);
        assertSame(inserted, JobTable.lock(connection, inserted.keySet()), seed);
        JobTable.update(connection, List.copyOf(updated.values()));
        assertSame(updated, JobTable.lock(connection, updated.keySet()), seed);
        assertEquals(EnumSet.allOf(Status.class), statuses(inserted.values()), "seed " + seed);
        assertEquals(EnumSet.allOf(Status.class), statuses(updated.values()), "seed " + seed);
        assertEquals(11, outcomes(updated.values()).size(), "seed " + seed);
    }

    private static void assertSame(Map<UUID, JobState> expected, Map<UUID, JobState> found, long seed) {
        expected.forEach((id, state) -> assertEquals(state, found.get(id), "seed " + seed));
        assertEquals(expected.size(), found.size(), "seed " + seed);
    }

    /** An update leaves alone what never changes: whose the job is. */
    private static JobState withItsCreation(JobState first, JobState other) {
        assertEquals(first.createdAt(), other.createdAt());
        return other;
    }

    private static Set<Status> statuses(Collection<JobState> states) {
        Set<Status> statuses = EnumSet.noneOf(Status.class);
        states.forEach(state -> statuses.add(state.status()));
        return statuses;
    }

    private static Set<String> outcomes(Collection<JobState> states) {
        Set<String> outcomes = new HashSet<>();
        for (JobState state : states) {
            state.work().history().stream().map(Attempt::outcome).forEach(outcomes::add);
        }
        return outcomes;
    }

    @Test
    void timesFinerThanMicrosecondsAreCutNotRounded() throws Exception {
        Instant fine = Jobs.START.plusNanos(999_999_999);
        JobState state = Jobs.after(Jobs.queued(Jobs.id(1)), 1, new Happening.Started("probe-1", fine));
        JobTable.insert(connection, List.of(state));
        assertEquals(
                Jobs.START.plusNanos(999_999_000), read(state).work().startedAt(), "rounded, it would begin later");
    }

    @Test
    void aNulCharacterDoesNotKeepAJobOutOfTheTable() throws Exception {
        JobFacts facts = new JobFacts(null, null, "a\u0000b", Map.of("k\u0000", "\u0000v"), Map.of(), Map.of(), null);
        JobState queued = JobState.fold(
                null, new JobCommand(Jobs.id(2), Jobs.TENANT, Jobs.TYPE, Jobs.QUEUE, 1, facts, null, null), Jobs.at(1));
        JobState progressed = Jobs.after(
                queued,
                1,
                new Happening.Progressed(
                        "p\u0000", Jobs.START, new Progress(1, "\u0000"), Map.of(), TextNode.valueOf("\u0000\\u0000")));
        JobState failed =
                Jobs.after(progressed, 1, new Happening.Failed(null, null, JobError.failed("at \u0000"), Map.of()));
        JobTable.insert(connection, List.of(failed));
        JobState found = read(failed);
        assertEquals(new Progress(1, "\uFFFD"), found.work().progress());
        assertEquals(TextNode.valueOf("\uFFFD\\u0000"), found.work().checkpoint());
        assertEquals(
                Map.of("k\uFFFD", "\uFFFDv"),
                found.facts() == null ? null : found.facts().tags());
        assertEquals(
                1, StoreDatabase.number(connection, "SELECT count(*) FROM job WHERE client_reference = 'a\uFFFDb'"));
    }

    @Test
    void anEmptyClientReferenceIsNone() throws Exception {
        JobFacts facts = new JobFacts(null, null, "", Map.of(), Map.of(), Map.of(), null);
        JobState state = JobState.fold(
                null, new JobCommand(Jobs.id(4), Jobs.TENANT, Jobs.TYPE, Jobs.QUEUE, 1, facts, null, null), Jobs.at(1));
        JobTable.insert(connection, List.of(state));
        assertEquals(JobFacts.NONE, read(state).facts());
        assertEquals(1, StoreDatabase.number(connection, "SELECT count(*) FROM job WHERE client_reference IS NULL"));
    }

    @Test
    void halfASurrogatePairDoesNotKeepAJobOutOfTheTable() throws Exception {
        JobState failed = Jobs.after(
                Jobs.queued(Jobs.id(3)),
                1,
                new Happening.Failed(null, null, JobError.failed("cut in a \uD83D"), Map.of()));
        JobTable.insert(connection, List.of(failed));
        assertEquals(Status.FAILED, read(failed).status());
    }

    @Test
    void jobsWithoutARowAreNotInTheAnswer() throws Exception {
        JobTable.insert(connection, Jobs.queued(0, 2));
        Set<UUID> asked = Set.of(Jobs.id(0).uuid(), Jobs.id(7).uuid());
        assertEquals(Set.of(Jobs.id(0).uuid()), JobTable.lock(connection, asked).keySet());
    }

    @Test
    void anEmptyBatchIsNothing() throws Exception {
        assertTrue(JobTable.lock(connection, List.of()).isEmpty());
        assertTrue(JobTable.insert(connection, List.of()).isEmpty());
        JobTable.update(connection, List.of());
        assertEquals(0, StoreDatabase.number(connection, "SELECT count(*) FROM job"));
    }

    @Test
    void anUpdateTouchesOnlyTheRowsOfItsBatch() throws Exception {
        List<JobState> jobs = Jobs.queued(0, 10);
        JobTable.insert(connection, jobs);
        List<JobState> some = new ArrayList<>();
        jobs.subList(0, 5).forEach(job -> some.add(Jobs.succeeded(job, 1)));
        JobTable.update(connection, some);
        for (JobState job : jobs.subList(5, 10)) {
            assertFalse(read(job).status().done());
        }
    }

    private JobState read(JobState state) throws Exception {
        UUID id = state.id().uuid();
        JobState found = JobTable.lock(connection, List.of(id)).get(id);
        if (found == null) {
            throw new AssertionError("no row of " + state);
        }
        return found;
    }
}
