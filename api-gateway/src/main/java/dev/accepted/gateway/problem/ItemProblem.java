package dev.accepted.gateway.problem;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.accepted.contract.Wire;

/** A problem of one item among many, inside of an answer: without what the request as a whole says. */
public final class ItemProblem {

    private ItemProblem() {}

    /** With what is wrong and how to mend it. */
    public static ObjectNode whole(Problem problem, String origin) {
        ObjectNode document = brief(problem, origin).put("detail", problem.detail());
        problem.members().forEach((member, value) -> document.set(member, Wire.JSON.valueToTree(value)));
        return document;
    }

    /** What kind it is: the same for all of its kind. */
    public static ObjectNode brief(Problem problem, String origin) {
        String type = problem.slug().equals(Problem.ABOUT_BLANK)
                ? Problem.ABOUT_BLANK
                : origin + "/problems/" + problem.slug();
        return Wire.JSON
                .createObjectNode()
                .put("type", type)
                .put("title", problem.title())
                .put("status", problem.status());
    }
}
