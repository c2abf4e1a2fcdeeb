package dev.accepted.gateway.security;

import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.system.GatewayConfig;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who sends this request. Its credentials are looked at when first asked for, so a route that needs no caller refuses
 * no token; never blocks.
 */
@RequestScoped
public class CurrentCaller {

    private static final Caller ANONYMOUS =
            new Caller(Caller.LOCAL_TENANT, "anonymous", Set.of("jobs:read", "jobs:write"), true);

    private final RoutingContext request;
    private final TokenVerifier tokens;
    private final Barred barred;
    private final GatewayConfig.Mode mode;
    private @Nullable Caller caller;

    CurrentCaller(RoutingContext request, TokenVerifier tokens, Barred barred, GatewayConfig config) {
        this.request = request;
        this.tokens = tokens;
        this.barred = barred;
        this.mode = config.mode();
    }

    /**
     * The caller.
     *
     * @throws Problem 401 without credentials where anonymous clients are not allowed, or with a token that is not
     *     valid; 400 when the Authorization header does not read; 403 if its tenant is suspended
     */
    public Caller get() {
        if (caller == null) {
            Caller said = BearerToken.in(request.request().headers().getAll("Authorization"))
                    .map(tokens::verify)
                    .orElseGet(this::anonymous);
            barred.requireServed(said);
            caller = said;
        }
        return caller;
    }

    private Caller anonymous() {
        if (mode != GatewayConfig.Mode.LOCAL) {
            throw Refusals.authenticationRequired();
        }
        return ANONYMOUS;
    }

    /**
     * The caller, who has the scope.
     *
     * @throws Problem what {@link #get} throws; 403 for a token without the scope, 401 for an anonymous client
     */
    public Caller require(String scope) {
        return get().require(scope);
    }

    /**
     * The caller, who may submit and read jobs of a type.
     *
     * @throws Problem what {@link #require} throws; 401 for an anonymous client where the type takes none
     */
    public Caller requireFor(JobTypeDescriptor type) {
        return get().requireFor(type);
    }
}
