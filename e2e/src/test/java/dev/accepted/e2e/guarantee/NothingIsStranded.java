package dev.accepted.e2e.guarantee;

import dev.accepted.e2e.history.Audited;
import dev.accepted.e2e.history.History;

/** The system's own audit finds no job that nothing would move. */
final class NothingIsStranded implements Guarantee {

    @Override
    public String promise() {
        return "When all has ended the audit is clean.";
    }

    @Override
    public void judge(History history, Findings findings) {
        for (Audited audited : history.all(Audited.class)) {
            findings.expect(
                    audited.exit() == 0, () -> "the audit ended with " + audited.exit() + ": " + audited.told());
        }
    }
}
