package dev.accepted.reports.rendering;

/** Told where the work stands, between its steps. */
@FunctionalInterface
public interface Milestones {

    /**
     * A step begins.
     *
     * @param share how much of the work is done, from 0 to 1
     * @param step what is done now, for people
     * @throws java.util.concurrent.CancellationException nobody wants the work any more
     */
    void reach(double share, String step);

    /** The same for a part of the work, which is from 0 to 1 for whoever does it. */
    default Milestones within(double from, double to) {
        return (share, step) -> reach(from + share * (to - from), step);
    }
}
