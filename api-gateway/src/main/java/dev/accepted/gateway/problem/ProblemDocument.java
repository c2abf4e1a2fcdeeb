package dev.accepted.gateway.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.Wire;
import io.vertx.ext.web.RoutingContext;

/** A problem as bytes: RFC 9457, the standard members first. */
final class ProblemDocument {

    static final String MEDIA_TYPE = "application/problem+json";

    private ProblemDocument() {}

    static byte[] of(Problem problem, RoutingContext context) {
        ObjectNode document = Wire.JSON.createObjectNode();
        document.put("type", type(problem, context));
        document.put("title", problem.title());
        document.put("status", problem.status());
        document.put("detail", problem.detail());
        document.put("instance", context.request().path());
        document.put("request_id", RequestId.of(context));
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
