package dev.accepted.store.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.job.Limit;
import dev.accepted.contract.schedule.Schedule;
import dev.accepted.store.barred.Bar;
import dev.accepted.store.barred.BarTable;
import dev.accepted.store.concurrency.LimitTable;
import dev.accepted.store.dead.SettledDeadTable;
import dev.accepted.store.fixture.Jobs;
import dev.accepted.store.fixture.StoreDatabase;
import dev.accepted.store.job.JobTable;
import dev.accepted.store.lease.LeaseTable;
import dev.accepted.store.reference.ReferenceTable;
import dev.accepted.store.schedule.ScheduleTable;
import dev.accepted.store.timer.TimerTable;
import dev.accepted.store.upkeep.Upkeep;
import dev.accepted.store.upkeep.UpkeepTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Wrong states cannot be written, whoever writes them. */
class ConstraintsTest {

    private static StoreDatabase database;

    /** A right row, and what would make it wrong in exactly the way that the constraint names. */
    record Wrong(String constraint, String table, String change) {}

    @BeforeAll
    static void migrate() throws Exception {
        database = StoreDatabase.fresh();
        try (Connection connection = database.connect()) {
            JobTable.insert(connection, Jobs.queued(0, 1));
            TimerTable.settle(connection, List.of(Jobs.scheduled(Jobs.id(1), Jobs.START)));
            LimitTable.put(connection, new Limit(Limit.Kind.TENANT, Jobs.TENANT), 1, null);
            BarTable.put(connection, Bar.Kind.TENANT, Jobs.TENANT, null);
            SettledDeadTable.drop(connection, 1, null, "ops");
            LeaseTable.renew(
                    connection,
                    new LeaseTable.Holder(new UUID(1, 1), "probe-1", Jobs.QUEUE, 1),
                    Duration.ofMinutes(1),
                    List.of());
            ReferenceTable.put(connection, Jobs.TENANT, "ledgers", "2026", "ab", 3, List.of("amount"));
            StoreDatabase.run(connection, """
                    INSERT INTO idempotency_key (tenant, route, key, fingerprint, job_id, state, command)
                    VALUES ('acme', '/jobs', 'k', sha256('k'), 'job-1', 'reserved', '{}')""");
            StoreDatabase.run(connection, """
                    INSERT INTO batch (id, tenant, accepted, rejected, replayed)
                    VALUES ('00000000-0000-0000-0000-000000000001', 'acme', 2, 0, 1)""");
            Schedule schedule =
                    new Schedule(Jobs.TENANT, "s", "* * * * *", "UTC", Jobs.TYPE, "{}", null, null, Map.of());
            ScheduleTable.put(connection, schedule, 0, Jobs.START, null, null);
            StoreDatabase.run(
                    connection,
                    "INSERT INTO webhook (job, event, place, tenant, job_id, occurred_at)"
                            + " VALUES (gen_random_uuid(), 'succeeded', 1, 'acme', 'job-1', now())");
            StoreDatabase.run(connection, """
                    INSERT INTO replay (id, mode, selection, most_per_job, actor, reason, matched)
                    VALUES ('00000000-0000-0000-0000-000000000001', 'failed', '{}', 1, 'ops', 'mended', 1)""");
            UpkeepTable.begin(connection, new UUID(2, 2), Upkeep.Kind.REBUILD, "preparing", "ops", null, "1@host");
            connection.commit();
        }
    }

    static List<Wrong> wrongs() {
        return List.of(
                new Wrong("status_is_known", "job", "status = 'lost'"),
                new Wrong("final_states_and_only_they_have_an_end", "job", "status = 'succeeded'"),
                new Wrong("final_states_and_only_they_have_an_end", "job", "status = 'cancelled'"),
                new Wrong("final_states_and_only_they_have_an_end", "job", "finished_at = now()"),
                new Wrong("final_states_and_only_they_have_an_end", "job", "status = 'failed', error = '{}'"),
                new Wrong("final_states_and_only_they_have_an_end", "job", "status = 'rejected', error = '{}'"),
                new Wrong("final_states_and_only_they_have_an_end", "job", "status = 'expired', error = '{}'"),
                new Wrong(
                        "final_states_and_only_they_have_an_end", "job", "status = 'cancelling', finished_at = now()"),
                new Wrong("what_is_processed_has_begun", "job", "status = 'processing'"),
                new Wrong(
                        "only_what_waits_has_a_next_attempt", "job", "status = 'cancelling', next_attempt_at = now()"),
                new Wrong(
                        "only_what_waits_has_a_next_attempt",
                        "job",
                        "status = 'processing', started_at = now(), next_attempt_at = now()"),
                new Wrong("only_success_has_a_result", "job", "result = '{}'"),
                new Wrong(
                        "only_success_has_a_result", "job", "result = '{}', status = 'cancelled', finished_at = now()"),
                new Wrong("failure_says_why", "job", "error = '{}'"),
                new Wrong("failure_says_why", "job", "status = 'failed', finished_at = now()"),
                new Wrong("failure_says_why", "job", "status = 'rejected', finished_at = now()"),
                new Wrong("failure_says_why", "job", "status = 'expired', finished_at = now()"),
                new Wrong("failure_says_why", "job", "status = 'succeeded', finished_at = now(), error = '{}'"),
                new Wrong("attempts_are_counted_from_one", "job", "attempt = 0"),
                new Wrong("attempts_are_counted_from_one", "job", "dispatched = -1"),
                new Wrong("a_command_lies_somewhere", "job", "command_offset = NULL"),
                new Wrong("a_command_lies_somewhere", "job", "command_topic = NULL, command_partition = NULL"),
                new Wrong("the_version_counts_what_was_folded", "job", "version = version + 1"),
                new Wrong("the_version_counts_what_was_folded", "job", "facts = NULL"),
                new Wrong(
                        "only_the_unfinished_have_a_deadline",
                        "job",
                        "status = 'cancelled', finished_at = now(), deadline = now()"),
                new Wrong("timer_attempt_check", "timer", "attempt = 0"),
                new Wrong("what_is_held_says_whose_it_is", "timer", "held_tenant = 'acme'"),
                new Wrong("concurrency_limit_kind_check", "concurrency_limit", "kind = 'planet'"),
                new Wrong("concurrency_limit_name_check", "concurrency_limit", "name = ''"),
                new Wrong("concurrency_limit_most_check", "concurrency_limit", "most = -1"),
                new Wrong("an_input_is_here_or_in_the_object_store", "schedule", "input = NULL"),
                new Wrong("an_input_is_here_or_in_the_object_store", "schedule", "input_digest = 'ab', input_size = 1"),
                new Wrong("an_input_is_here_or_in_the_object_store", "schedule", "input = NULL, input_digest = 'ab'"),
                new Wrong("batch_accepted_check", "batch", "accepted = -1, replayed = -2"),
                new Wrong("batch_rejected_check", "batch", "rejected = -1"),
                new Wrong("no_more_items_were_jobs_before_than_are_jobs", "batch", "replayed = accepted + 1"),
                new Wrong("webhook_event_check", "webhook", "event = 'forgotten'"),
                new Wrong("webhook_place_check", "webhook", "place = -1"),
                new Wrong("what_was_sent_is_not_sent_again", "webhook", "sent_at = now(), retry_at = now()"),
                new Wrong("upkeep_kind_check", "upkeep", "kind = 'siesta'"),
                new Wrong("upkeep_status_check", "upkeep", "status = 'asleep', finished_at = now()"),
                new Wrong("what_has_ended_says_when", "upkeep", "status = 'failed'"),
                new Wrong("what_has_ended_says_when", "upkeep", "finished_at = now()"),
                new Wrong("only_a_verification_finds_differences", "upkeep", "status = 'differs', finished_at = now()"),
                new Wrong("worker_slots_check", "worker", "slots = 0"),
                new Wrong("who_drains_a_worker_is_known", "worker", "draining_since = now()"),
                new Wrong("who_drains_a_worker_is_known", "worker", "drained_by = 'ops'"),
                new Wrong("only_a_drain_has_a_reason", "worker", "drain_reason = 'why'"),
                new Wrong("barred_kind_check", "barred", "kind = 'planet'"),
                new Wrong("barred_name_check", "barred", "name = ''"),
                new Wrong("settled_dead_record_outcome_check", "settled_dead_record", "outcome = 'eaten'"),
                new Wrong("what_was_sent_lies_somewhere", "settled_dead_record", "outcome = 'sent'"),
                new Wrong("what_was_sent_lies_somewhere", "settled_dead_record", "sent_to = 'jobs.events/0/1'"),
                new Wrong("replay_mode_check", "replay", "mode = 'all'"),
                new Wrong("replay_canary_check", "replay", "canary = 0"),
                new Wrong("replay_rate_check", "replay", "rate = 0"),
                new Wrong("replay_stop_at_check", "replay", "stop_at = 1.1"),
                new Wrong("replay_most_per_job_check", "replay", "most_per_job = 0"),
                new Wrong("replay_matched_check", "replay", "matched = -1"),
                new Wrong("replay_left_out_check", "replay", "left_out = -1"),
                new Wrong("replay_status_check", "replay", "status = 'lost'"),
                new Wrong("what_ended_has_an_end", "replay", "status = 'succeeded'"),
                new Wrong("what_ended_has_an_end", "replay", "finished_at = now()"),
                new Wrong("what_is_stopped_says_why", "replay", "status = 'stopped', finished_at = now()"),
                new Wrong("what_is_stopped_says_why", "replay", "stopped_because = 'nothing'"),
                new Wrong("reference_version_check", "reference", "version = 0"),
                new Wrong("reference_entries_check", "reference", "entries = -1"),
                new Wrong("idempotency_key_fingerprint_check", "idempotency_key", "fingerprint = 'short'"),
                new Wrong("idempotency_key_state_check", "idempotency_key", "state = 'lost'"),
                new Wrong("idempotency_key_check", "idempotency_key", "state = 'acked'"),
                new Wrong("idempotency_key_check", "idempotency_key", "acked_at = now()"),
                new Wrong("idempotency_key_turn_check", "idempotency_key", "turn = 0"),
                new Wrong("what_is_reserved_can_be_sent_again", "idempotency_key", "command = NULL"),
                new Wrong("what_is_acked_can_be_answered_again", "idempotency_key", "answer = '{}'"));
    }

    @ParameterizedTest
    @MethodSource("wrongs")
    void theConstraintRefusesTheWrongStateItNames(Wrong wrong) throws Exception {
        try (Connection connection = database.connect()) {
            SQLException refused = assertThrows(
                    SQLException.class,
                    () -> StoreDatabase.run(connection, "UPDATE %s SET %s".formatted(wrong.table, wrong.change)));
            String message = String.valueOf(refused.getMessage());
            assertTrue(message.contains("violates check constraint \"" + wrong.constraint + "\""), message);
            connection.rollback();
        }
    }

    @Test
    void noConstraintIsWithoutAWrongStateHere() throws Exception {
        Set<String> there = new TreeSet<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("""
                        SELECT conname FROM pg_constraint
                        WHERE contype = 'c' AND connamespace = 'public'::regnamespace""")) {
            while (rows.next()) {
                there.add(rows.getString(1));
            }
        }
        assertEquals(there, wrongs().stream().map(Wrong::constraint).collect(Collectors.toCollection(TreeSet::new)));
    }
}
