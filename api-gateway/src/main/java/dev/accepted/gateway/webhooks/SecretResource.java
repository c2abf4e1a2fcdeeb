package dev.accepted.gateway.webhooks;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.callback.SigningKeys;
import dev.accepted.gateway.callbacks.CallbackConfig;
import dev.accepted.gateway.problem.Negotiation;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.security.CurrentCaller;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;

/** {@code GET /webhooks/secret}: what a tenant verifies its messages with. */
@Path("/webhooks/secret")
public class SecretResource {

    private static final String SCOPE = "jobs:write";

    private final CurrentCaller current;
    private final Optional<SigningKeys> keys;

    SecretResource(CurrentCaller current, CallbackConfig config) {
        this.current = current;
        this.keys = config.key().map(SigningKeys::new);
    }

    /** The caller's own secret, and those that still sign beside it. */
    @GET
    @NonBlocking
    public Response read(@Context RoutingContext context) {
        Negotiation.requireJson(context);
        String tenant = current.require(SCOPE).tenant();
        List<String> secrets = keys.orElseThrow(SecretResource::notSetUp).secrets(tenant);
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("secret", secrets.get(0));
        if (secrets.size() > 1) {
            ArrayNode previous = body.putArray("previous");
            secrets.stream().skip(1).forEach(previous::add);
        }
        return Response.ok(body, MediaType.APPLICATION_JSON_TYPE)
                .header("Cache-Control", "no-store")
                .header("Vary", "Authorization")
                .build();
    }

    private static Problem notSetUp() {
        return Problem.of(
                        404,
                        "webhooks-not-set-up",
                        "Webhooks are not set up",
                        "This deployment has no key to sign webhooks with, and sends none.")
                .withHeader("Cache-Control", "no-store");
    }
}
