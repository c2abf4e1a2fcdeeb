package dev.accepted.gateway.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.Wire;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** A problem as bytes: RFC 9457, the standard members first. */
final class ProblemDocument {

    static final String MEDIA_TYPE = "application/problem+json";

    private ProblemDocument() {}

    static byte[] of(Problem problem, RoutingContext context) {
        return of(problem, type(problem, context), context.request().path(), RequestId.of(context));
    }

    /** @param instance null where there is no request that could be named */
    static byte[] of(Problem problem, String type, @Nullable String instance, String requestId) {
        ObjectNode document = Wire.JSON.createObjectNode();
        document.put("type", type);
        document.put("title", problem.title());
        document.put("status", problem.status());
        document.put("detail", problem.detail());
        if (instance != null) {
            document.put("instance", instance);
        }
        document.put("request_id", requestId);
        problem.members().forEach((member, value) -> document.set(member, Wire.JSON.valueToTree(value)));
        try {
            return Wire.JSON.writeValueAsBytes(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree that cannot be written", e);
        }
    }

    private static String type(Problem problem, RoutingContext context) {
        return problem.slug().equals(Problem.ABOUT_BLANK)
                ? Problem.ABOUT_BLANK
                : Origin.of(context) + "/problems/" + problem.slug();
    }
}
