package dev.accepted.e2e.history;

/**
 * A request to cancel, and its answer.
 *
 * @param code of the answer; 0 when there was none
 * @param status the job's status in the answer, empty when it had none
 */
public record Cancel(String jobId, String gateway, int code, String status) {

    /** Whether the gateway took it on. */
    public boolean promised() {
        return code == 200 || code == 202;
    }
}
