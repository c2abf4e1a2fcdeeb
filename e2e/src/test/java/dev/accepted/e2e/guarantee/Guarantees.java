package dev.accepted.e2e.guarantee;

import java.util.List;

/** The promises, in the order in which the design lists them. */
public final class Guarantees {

    private Guarantees() {}

    public static List<Guarantee> all() {
        return List.of(
                new AcceptedMeansDurable(),
                new NoNotFoundAfterAccepted(),
                new EveryAcceptedJobEnds(),
                new FinishedStaysFinished(),
                new OneVisibleResult(),
                new TableEqualsLog(),
                new ACrashRerunsOnlyWhatWasRunning(),
                new CancelHolds(),
                new NothingIsStranded(),
                new TenantsAreApart(),
                new BadInputNeverReachesATopic());
    }
}
