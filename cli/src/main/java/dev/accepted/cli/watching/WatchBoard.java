package dev.accepted.cli.watching;

import dev.accepted.cli.jobs.Job;
import dev.accepted.cli.terminal.Plain;
import dev.accepted.cli.terminal.Progress;
import dev.accepted.cli.terminal.ProgressBoard;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Shows jobs while they are followed: bars on a terminal, elsewhere a line now and then. */
public final class WatchBoard implements Consumer<List<Job>> {

    /** What is left of a line of 80 beside label, bar and status: a line that wraps could not be drawn over. */
    private static final int LONGEST_REMARK = 16;

    private static final int LONGEST_LABEL = 10;
    private static final int LONGEST_STATUS = 10;

    private final PrintWriter out;
    private final ProgressBoard board;
    private final boolean seen;
    private boolean begun;

    /** @param seen whether {@code out} is shown on a terminal */
    public WatchBoard(PrintWriter out, boolean seen) {
        this.out = out;
        this.board = new ProgressBoard(out, seen);
        this.seen = seen;
    }

    @Override
    public void accept(List<Job> jobs) {
        if (seen && !begun) {
            for (int i = 0; i < jobs.size(); i++) {
                out.println(label(i, jobs.size()) + jobs.get(i).id() + " "
                        + Plain.text(jobs.get(i).type()));
            }
        }
        begun = true;
        List<Progress> progress = new ArrayList<>();
        for (int i = 0; i < jobs.size(); i++) {
            progress.add(seen ? narrow(jobs.get(i), label(i, jobs.size())) : whole(jobs.get(i)));
        }
        board.show(progress);
    }

    private static String label(int index, int of) {
        return of == 1 ? "" : "#" + (index + 1) + " ";
    }

    private static Progress narrow(Job job, String label) {
        return new Progress(
                Plain.text(label, LONGEST_LABEL),
                Plain.text(job.status(), LONGEST_STATUS),
                job.percent(),
                Plain.text(job.remark(), LONGEST_REMARK));
    }

    private static Progress whole(Job job) {
        return new Progress(job.id(), Plain.text(job.status()), job.percent(), job.remark());
    }
}
