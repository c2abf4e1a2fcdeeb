package dev.accepted.cli.jobs;

import dev.accepted.cli.gateway.Call;
import dev.accepted.cli.terminal.Moments;
import dev.accepted.cli.terminal.Plain;
import java.util.ArrayList;
import java.util.List;

/** Whose jobs are listed. */
enum Whose {
    /** The caller's tenant's. */
    CALLERS("/jobs"),
    /** All tenants', for operators. */
    EVERYBODYS("/operations/jobs");

    private static final int LONGEST_REMARK = 60;

    private final String path;

    Whose(String path) {
        this.path = path;
    }

    /** Where their list is. */
    String path() {
        return path;
    }

    /** Where one of them is. */
    String path(String id) {
        return path + "/" + Call.segment(id);
    }

    String[] heads() {
        List<String> heads = new ArrayList<>(List.of("JOB", "TYPE", "STATUS", "CREATED", "FINISHED", "REMARK"));
        if (this == EVERYBODYS) {
            heads.add(1, "TENANT");
        }
        return heads.toArray(String[]::new);
    }

    List<String> row(Job job) {
        List<String> row = new ArrayList<>(List.of(
                job.id(),
                job.type(),
                job.status(),
                Moments.local(job.text("created_at")),
                Moments.local(job.text("finished_at")),
                Plain.text(remark(job), LONGEST_REMARK)));
        if (this == EVERYBODYS) {
            row.add(1, job.text("tenant"));
        }
        return row;
    }

    private static String remark(Job job) {
        String percent = job.isDone() || !job.body().has("progress") ? "" : job.percent() + " %";
        return (percent + " " + job.remark()).strip();
    }
}
