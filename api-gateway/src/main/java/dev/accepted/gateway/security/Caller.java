package dev.accepted.gateway.security;

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

    public boolean may(String scope) {
        return scopes.contains(scope);
    }
}
