package dev.accepted.gateway.status;

import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.gateway.security.Caller;
import dev.accepted.gateway.security.CurrentCaller;
import jakarta.inject.Singleton;

/**
 * Who may read which jobs: those of a type submitted under {@code jobs:write} also with {@code jobs:read}, those of
 * another scope with that scope, an anonymous client those of types that take such clients.
 */
@Singleton
public class ReadRights {

    static final String SUBMIT_JOBS = "jobs:write";
    static final String READ_JOBS = "jobs:read";

    private final CurrentCaller current;
    private final KnownTypes types;

    ReadRights(CurrentCaller current, KnownTypes types) {
        this.current = current;
        this.types = types;
    }

    /** The caller, who may read jobs of the type of that name; else a problem, 401 or 403. */
    public Caller require(String type) {
        return require(types.named(type));
    }

    /** The caller, who may read jobs of that type; else a problem, 401 or 403. */
    public Caller require(JobTypeDescriptor type) {
        if (current.get().anonymous()) {
            return current.requireFor(type);
        }
        return mayRead(current.get(), type) ? current.get() : current.require(scopeOf(type));
    }

    /** The caller, who may read jobs of some type; else a problem. */
    public Caller requireAny(Iterable<JobTypeDescriptor> types) {
        Caller caller = current.get();
        if (readsJobs(caller)) {
            return caller;
        }
        for (JobTypeDescriptor type : types) {
            if (mayRead(caller, type)) {
                return caller;
            }
        }
        return current.require(READ_JOBS);
    }

    static boolean readsJobs(Caller caller) {
        return caller.may(READ_JOBS) || caller.may(SUBMIT_JOBS);
    }

    /** Whether a caller may read jobs of that type. */
    public static boolean mayRead(Caller caller, JobTypeDescriptor type) {
        if (caller.anonymous() && !type.anonymous()) {
            return false;
        }
        return type.scope().equals(SUBMIT_JOBS) ? readsJobs(caller) : caller.may(type.scope());
    }

    private static String scopeOf(JobTypeDescriptor type) {
        return type.scope().equals(SUBMIT_JOBS) ? READ_JOBS : type.scope();
    }
}
