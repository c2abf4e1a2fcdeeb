package dev.accepted.gateway.security;

import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.gateway.problem.Problem;
import java.util.Set;

/**
 * Who sends a request.
 *
 * @param tenant whose data it may see, from a verified claim
 * @param subject for the log
 * @param scopes what it may do
 * @param anonymous whether it came without a token
 */
public record Caller(String tenant, String subject, Set<String> scopes, boolean anonymous) {

    /** The tenant of anonymous clients, and of tokens of the local stack that name none. */
    public static final String LOCAL_TENANT = "local";

    /** The scope of the fleet's operators. */
    public static final String OPERATIONS = "operations";

    public boolean may(String scope) {
        return scopes.contains(scope);
    }

    /**
     * This caller, who has the scope.
     *
     * @throws Problem 403 for a token without the scope, 401 for an anonymous client
     */
    public Caller require(String scope) {
        if (!may(scope)) {
            throw anonymous ? Refusals.authenticationRequired() : Refusals.insufficientScope(scope);
        }
        return this;
    }

    /**
     * This caller, who may submit and read jobs of a type.
     *
     * @throws Problem what {@link #require} throws; 401 for an anonymous client where the type takes none
     */
    public Caller requireFor(JobTypeDescriptor type) {
        if (anonymous && !type.anonymous()) {
            throw Refusals.authenticationRequired();
        }
        return require(type.scope());
    }
}
