package dev.accepted.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Announces a {@link JobHandler} as the one that runs a job type.
 *
 * <p>The input's JSON Schema is the resource {@code schemas/<type>.json}; an example input, if there is one, is
 * {@code examples/<type>.json}. Both travel to the gateway with the descriptor: deploy the worker, get the endpoint.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface JobType {

    /** The type's name, for example {@code report.generate}. */
    String value();

    /** The pool that runs it. */
    String queue();

    /** A few words for people. */
    String title();

    /** The type's own submission path; empty: only {@code POST /jobs}. */
    String path() default "";

    String idPrefix() default "job";

    String idMember() default "job_id";

    String statusPath() default "/jobs/{id}";

    /** The scope a token needs to submit it and to read it. */
    String scope() default "jobs:write";

    /** Whether clients without a token may submit it where the deployment allows such clients. */
    boolean anonymous() default true;

    /** The largest input accepted, in bytes, inclusive. */
    long maxInputBytes() default 10L * 1024 * 1024;

    /** The input's member that says when to start; empty: none. */
    String scheduledTimeMember() default "";

    /** Figures that the handler counts with {@link JobContext#count}. */
    String[] counters() default {};

    /** Input members that name reference data. */
    References[] references() default {};

    /**
     * What a client that asks for no more than it needs ({@code Prefer: return=minimal}) is told to expect, beside the
     * job's id, status, counts of references and address: members of its body. Empty: when it will have ended.
     */
    String[] receipt() default {};

    /** Whether the engine alone sends such jobs: no client submits them, and no list or document shows them. */
    boolean internal() default false;

    /** Whether its jobs can be cancelled. If not, one that was accepted comes to its end, or to its deadline. */
    boolean cancellable() default true;

    /** How long one run takes, ISO 8601, for estimates until rates are measured. */
    String typicalDuration();

    /** The longest one attempt may run, ISO 8601. Past it the handler is interrupted, and the attempt has failed. */
    String timeout();

    /**
     * Failed attempts after which the job is {@code failed}; 1: no failure is retried. {@link InputRejected} and
     * {@link PermanentFailure} end a job at once whatever it says.
     */
    int maxAttempts() default 5;

    /** Back-off after the first failure, ISO 8601; it doubles with each. The delay is drawn from 50 to 100 % of it. */
    String initialDelay() default "PT1S";

    /** Upper bound of every delay, ISO 8601. */
    String maxDelay() default "PT10M";

    /** An input member that names reference data, pinned in its version when the job is accepted. */
    @Retention(RetentionPolicy.RUNTIME)
    @Target({})
    @interface References {

        /** The input's top-level member. */
        String member();

        /** The collection that its value is looked up in. */
        String collection();

        /** Whether a name that is not found refuses the submission or leaves it to the handler. */
        boolean required() default true;

        /** The body's member that shows the number of entries; empty: none. */
        String countMember() default "";
    }
}
