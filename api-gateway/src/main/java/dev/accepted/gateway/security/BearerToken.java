package dev.accepted.gateway.security;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the Authorization header says, by the grammar of RFC 6750. */
final class BearerToken {

    private static final Pattern CREDENTIALS = Pattern.compile("(?i:Bearer) +([A-Za-z0-9._~+/-]+=*) *");
    private static final Pattern OTHER_SCHEME = Pattern.compile("(?!(?i:Bearer)\\b)[!#$%&'*+.^_`|~0-9A-Za-z-]+( +.*)?");

    private BearerToken() {}

    /**
     * The token; empty if no credentials came.
     *
     * @param headers every Authorization header of the request
     * @throws dev.accepted.gateway.problem.Problem 400 for more than one and for what the grammar does not allow, 401
     *     for credentials of another scheme
     */
    static Optional<String> in(List<String> headers) {
        if (headers.isEmpty()) {
            return Optional.empty();
        }
        if (headers.size() > 1) {
            throw Refusals.malformedAuthorization("The Authorization header came " + headers.size()
                    + " times; send it once, or the token of another could be taken for yours.");
        }
        String value = headers.get(0).strip();
        var credentials = CREDENTIALS.matcher(value);
        if (credentials.matches()) {
            return Optional.of(credentials.group(1));
        }
        if (OTHER_SCHEME.matcher(value).matches()) {
            throw Refusals.authenticationRequired();
        }
        throw Refusals.malformedAuthorization("The Authorization header does not read as \"Bearer <token>\".");
    }
}
