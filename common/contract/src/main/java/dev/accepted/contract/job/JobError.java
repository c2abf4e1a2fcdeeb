package dev.accepted.contract.job;

import org.jspecify.annotations.Nullable;

/**
 * Why a job, or one attempt of it, did not succeed. About the job, never about the request that reads it.
 *
 * @param slug last part of its {@code /problems/…} address, for example {@code job-failed}
 * @param detail one sentence for the client
 * @param pointer JSON Pointer into the input, if it is to blame
 */
public record JobError(String slug, String detail, @Nullable String pointer) {

    public static JobError failed(String detail) {
        return new JobError("job-failed", detail, null);
    }

    public static JobError lost(String detail) {
        return new JobError("attempt-lost", detail, null);
    }

    public static JobError deadlineExceeded(String detail) {
        return new JobError("deadline-exceeded", detail, null);
    }

    public static JobError rejected(String pointer, String detail) {
        return new JobError("job-rejected", detail, pointer);
    }
}
