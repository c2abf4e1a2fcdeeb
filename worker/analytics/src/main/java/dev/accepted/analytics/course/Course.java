package dev.accepted.analytics.course;

import dev.accepted.engine.JobContext;
import java.util.concurrent.CancellationException;

/** The course of one run, or of a part of it. For the one thread that does the work. */
public final class Course {

    /** Some 20 ms of arithmetic: often enough to end soon, too seldom to be felt. */
    private static final long OPERATIONS_BETWEEN_LOOKS = 20_000_000;

    private final JobContext job;
    private final double from;
    private final double to;
    private long operationsSinceLook;

    public Course(JobContext job) {
        this(job, 0, 1);
    }

    private Course(JobContext job, double from, double to) {
        this.job = job;
        this.from = from;
        this.to = to;
    }

    /** The part between two fractions of this course; the fractions of the part are its own, from 0 to 1. */
    public Course part(double start, double end) {
        return new Course(job, at(start), at(end));
    }

    /**
     * Shows how far the work is.
     *
     * @param fraction from 0 to 1
     * @throws CancellationException nobody wants the work any more
     */
    public void reached(double fraction, String message) {
        look();
        job.progress(100 * at(fraction), message);
    }

    /**
     * Counts arithmetic that was done, and now and then looks whether to go on. Cheap, but not for every point.
     *
     * @param operations multiplications, or what takes as long
     * @throws CancellationException nobody wants the work any more
     */
    public void spend(long operations) {
        operationsSinceLook += operations;
        if (operationsSinceLook >= OPERATIONS_BETWEEN_LOOKS) {
            operationsSinceLook = 0;
            look();
        }
    }

    private void look() {
        if (job.cancelled() || Thread.currentThread().isInterrupted()) {
            throw new CancellationException("The run was told to stop; what it found so far is dropped");
        }
    }

    private double at(double fraction) {
        return from + (to - from) * fraction;
    }
}
