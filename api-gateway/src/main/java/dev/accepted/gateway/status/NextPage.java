package dev.accepted.gateway.status;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Where the page lies that follows a page, with the same parameters. */
record NextPage(String address) {

    private static final String CURSOR = "cursor";

    /** @param parameters of the page before */
    static NextPage of(String path, Map<String, List<String>> parameters, String cursor) {
        StringBuilder next = new StringBuilder(path).append('?');
        parameters.forEach((name, values) -> {
            if (!name.equals(CURSOR)) {
                values.forEach(value -> next.append(encode(name))
                        .append('=')
                        .append(encode(value))
                        .append('&'));
            }
        });
        return new NextPage(next.append(CURSOR).append('=').append(cursor).toString());
    }

    /** Names it in the page and in a {@code Link}. */
    void tell(ObjectNode page, Response.ResponseBuilder answer) {
        page.put("next", address);
        answer.header("Link", "<" + address + ">; rel=\"next\"");
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
