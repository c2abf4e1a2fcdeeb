package dev.accepted.e2e.guarantee;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.contract.job.Happening.CancelRequested;
import dev.accepted.contract.job.Happening.Cancelled;
import dev.accepted.contract.job.Happening.Failed;
import dev.accepted.contract.job.JobError;
import dev.accepted.contract.log.Position;
import dev.accepted.e2e.history.Audited;
import dev.accepted.e2e.history.BadInput;
import dev.accepted.e2e.history.Hurt;
import dev.accepted.e2e.history.Look.Shown;
import dev.accepted.e2e.history.Owned;
import dev.accepted.e2e.history.Poison;
import dev.accepted.e2e.history.Row;
import dev.accepted.e2e.history.Trespass;
import dev.accepted.e2e.load.Kind;
import dev.accepted.e2e.load.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every guarantee can say no: each is shown a history that breaks it, and one that does not. */
class GuaranteesTest {

    private static final Order NOOP = Order.of(new Kind.Noop());
    private static final Position ODD = new Position("jobs.events", 0, 99);

    static java.util.List<Guarantee> all() {
        return Guarantees.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void aRunInWhichAllWentWellIsKept(Guarantee guarantee) {
        Forged story = calm();
        Findings findings = guarantee.of(story.saw(story.row()).history());
        assertTrue(findings.kept(), findings.breaches().toString());
    }

    @Test
    void anAcceptedJobThatIsNotInTheLogBreaksDurability() {
        breaks(new AcceptedMeansDurable(), new Forged(NOOP).accepted(), "is not in the log");
    }

    @Test
    void aJobThatIsNotFoundBreaksTheReceipt() {
        breaks(new NoNotFoundAfterAccepted(), calm().looked("gateway-2", 404, null), "was 404 on gateway-2");
    }

    @Test
    void anAuditThatIsNotCleanBreaksTheSweep() {
        Forged stranded = calm();
        stranded.history().saw(new Audited(1, "stranded 1"));
        breaks(new NothingIsStranded(), stranded, "stranded 1");
        Forged clean = calm();
        clean.history().saw(new Audited(0, "stranded 0"));
        holds(new NothingIsStranded(), clean);
    }

    @Test
    void aJobThatNeverEndsBreaksTheEnd() {
        breaks(new EveryAcceptedJobEnds(), new Forged(NOOP).accepted().sent(1).executed(1), "ended 0 times");
    }

    @Test
    void aJobWithoutARecordBreaksTheEnd() {
        breaks(new EveryAcceptedJobEnds(), new Forged(NOOP).accepted(), "no record");
    }

    @Test
    void anEndThatItsKindCannotHaveBreaksTheEnd() {
        Failed failed = new Failed("probe-1", Forged.START, JobError.failed("so"), Map.of());
        breaks(new EveryAcceptedJobEnds(), new Forged(NOOP).accepted().sent(1).happened(1, failed), "ended as failed");
        Order failsOnce = Order.of(new Kind.Fail(1, false));
        // Two failures are allowed to it, and its second attempt would succeed.
        breaks(new EveryAcceptedJobEnds(), new Forged(failsOnce).sent(1).happened(1, failed), "ended as failed");
        breaks(new EveryAcceptedJobEnds(), new Forged(failsOnce).sent(1).succeeded(1), "ended as succeeded");
        holds(
                new EveryAcceptedJobEnds(),
                new Forged(failsOnce).sent(1).failedOnce(1).sent(2).succeeded(2));
    }

    @Test
    void anExecutionAfterTheEndBreaksTheFinish() {
        breaks(new FinishedStaysFinished(), calm().executed(2), "was executed at");
        breaks(new FinishedStaysFinished(), new Forged(NOOP).sent(1).executed(1).executed(1), "executed twice");
    }

    @Test
    void aSecondResultBreaksTheFirst() {
        breaks(
                new OneVisibleResult(),
                calm().looked("gateway-2", 200, new Shown("failed", true, 1, "2026-03-01T12:00:09Z")),
                "on gateway-2");
        breaks(
                new OneVisibleResult(),
                calm().looked("gateway-2", 200, new Shown("processing", false, 1, null)),
                "processing");
        breaks(
                new OneVisibleResult(),
                new Forged(NOOP).sent(1).looked("gateway-1", 200, new Shown("succeeded", true, 1, "x")),
                "not what the log says");
    }

    @Test
    void aRowThatTheLogDoesNotMakeBreaksTheTable() {
        Forged story = calm();
        Row row = story.row();
        breaks(new TableEqualsLog(), story, "the table null");
        Row late = new Row(
                row.jobId(),
                row.tenant(),
                row.type(),
                row.queue(),
                "processing",
                row.attempt(),
                row.version(),
                null,
                row.dispatched(),
                row.command(),
                row.eventOffset(),
                row.applied(),
                row.fenced());
        breaks(new TableEqualsLog(), calm().saw(late), "processing");
        breaks(new TableEqualsLog(), new Forged(NOOP).saw(row), "knows nothing of");
    }

    @Test
    void anAttemptThatNothingAccountsForBreaksTheCrashPromise() {
        Guarantee guarantee = new ACrashRerunsOnlyWhatWasRunning();
        Hurt before = hurt("worker-probe-1", 0, 0);
        Hurt during = hurt("worker-probe-1", 2, 2);
        breaks(guarantee, rerun(), "which nothing that was done accounts for");
        breaks(guarantee, rerun().saw(before), "which nothing");
        breaks(guarantee, rerun().saw(hurt("worker-probe-2", 2, 2)), "which nothing");
        breaks(guarantee, rerun().saw(hurt("postgres", 2, 4)), "which nothing");
        breaks(guarantee, new Forged(NOOP).sent(1).sent(2), "because of nothing");
        breaks(guarantee, new Forged(NOOP).sent(1).failedOnce(1).sent(2), "AttemptFailed");
        holds(guarantee, rerun().saw(during));
        holds(guarantee, rerun().saw(hurt("postgres", 0, 20)));
        holds(
                guarantee,
                new Forged(Order.of(new Kind.Fail(1, false)))
                        .sent(1)
                        .failedOnce(1)
                        .sent(2));
    }

    @Test
    void aCancelledJobThatSucceedsBreaksTheCancel() {
        Guarantee guarantee = new CancelHolds();
        CancelRequested waiting = new CancelRequested(false, null);
        CancelRequested held = new CancelRequested(true, null);
        breaks(guarantee, calm().cancelled(200, "cancelled"), "SUCCEEDED");
        breaks(guarantee, new Forged(NOOP).cancelled(202, "cancelling"), "not in the log");
        breaks(guarantee, new Forged(NOOP).sent(1).happened(1, waiting).executed(1), "attempt 1");
        breaks(
                guarantee,
                new Forged(NOOP).sent(1).happened(1, held).lost(1).sent(2).executed(2),
                "attempt 2");
        breaks(guarantee, new Forged(NOOP).sent(1).happened(1, held), "is cancelling");
        holds(
                guarantee,
                new Forged(NOOP).sent(1).happened(1, held).executed(1).happened(1, new Cancelled("probe-1", null)));
        Forged unknown = calm().cancelled(404, "");
        holds(guarantee, unknown);
        unknown.history().canBeCancelled();
        breaks(guarantee, unknown, "404");
    }

    @Test
    void aJobThatAnotherTenantGetsAtBreaksTheWall() {
        Guarantee guarantee = new TenantsAreApart();
        String id = calm().jobId();
        breaks(guarantee, calm().saw(new Trespass(id, "GET /jobs/{id}", 200, true)), "answered with 200");
        breaks(guarantee, calm().saw(new Trespass(id, "GET /jobs/{id}", 403, false)), "answered with 403");
        breaks(guarantee, calm().saw(new Trespass(id, "GET /jobs/{id}", 503, false)), "answered with 503");
        breaks(guarantee, calm().saw(new Trespass(id, "POST /jobs/{id}/cancel", 404, true)), "showed");
        breaks(guarantee, calm().saw(new Trespass(id, "GET /jobs?", 200, true)), "showed");
        breaks(guarantee, calm().saw(new Owned(id, "neighbour")), "log and table say [local]");
        breaks(guarantee, new Forged(NOOP).saw(new Owned(id, "local")), "log and table say []");
        holds(
                guarantee,
                calm().saw(new Trespass(id, "GET /jobs/{id}", 404, false))
                        .saw(new Trespass(id, "GET /jobs?", 503, false))
                        .saw(new Owned(id, "local")));
    }

    @Test
    void badInputInTheLogAndPoisonThatIsNotBuriedBreakTheGate() {
        Guarantee guarantee = new BadInputNeverReachesATopic();
        breaks(guarantee, calm().saw(new BadInput("word", "nonsense", 202)), "answered with 202");
        breaks(guarantee, calm().saw(new BadInput("load-1", "nonsense", 400)), "is in the log");
        Forged poisoned = calm().saw(new Poison(ODD, "an odd record", ""));
        breaks(guarantee, poisoned, "not in jobs.dead");
        poisoned.history().buried(ODD);
        holds(guarantee, poisoned);
        poisoned.history().misses("gateway-1");
        breaks(guarantee, poisoned, "gateway-1 ended");
    }

    /** Accepted, run, seen. */
    private static Forged calm() {
        Forged story = new Forged(NOOP).accepted().looked("gateway-2", 200, new Shown("queued", false, 1, null));
        story.sent(1).executed(1).succeeded(1);
        Shown end = new Shown("succeeded", true, 1, story.now().toString());
        return story.looked("gateway-1", 200, end).looked("gateway-2", 200, end);
    }

    /** Its worker is gone at second 3, and it runs again. */
    private static Forged rerun() {
        return new Forged(NOOP).sent(1).executed(1).lost(1).sent(2).executed(2).succeeded(2);
    }

    private static Hurt hurt(String process, int from, int until) {
        Instant start = Forged.START;
        return new Hurt(process, Hurt.How.FROZEN, start.plus(Duration.ofSeconds(from)), start.plusSeconds(until));
    }

    private static void holds(Guarantee guarantee, Forged story) {
        assertEquals(java.util.List.of(), guarantee.of(story.history()).breaches());
    }

    private static void breaks(Guarantee guarantee, Forged story, String because) {
        String breaches = guarantee.of(story.history()).breaches().toString();
        assertTrue(breaches.contains(because), breaches);
    }
}
