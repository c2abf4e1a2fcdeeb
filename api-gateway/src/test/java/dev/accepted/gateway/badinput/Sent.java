package dev.accepted.gateway.badinput;

import dev.accepted.gateway.http.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A request as bytes. In its head and body {@code {name}} stands for something that the test has prepared, {@code MARKER}
 * for a word by which the request would be found in a topic.
 */
record Sent(String name, String line, List<String> headers, byte[] body, boolean whole) {

    /** Where the gateway is told it is. */
    static final String HOST = "gateway.example:8443";

    static Sent get(String path) {
        return request("GET", path);
    }

    static Sent request(String method, String path) {
        return new Sent(method + " " + path, method + " " + path + " HTTP/1.1", List.of(), new byte[0], true);
    }

    /** JSON, as most clients send it. */
    static Sent post(String path, String json) {
        return request("POST", path).with("Content-Type: application/json").carrying(json);
    }

    /** No more and no less than these lines, each with its end. */
    static Sent lines(String... lines) {
        byte[] all = (String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8);
        return new Sent(lines[0], "", List.of(), all, false);
    }

    Sent called(String what) {
        return new Sent(what, line, headers, body, whole);
    }

    Sent with(String header) {
        List<String> more = new ArrayList<>(headers);
        more.add(header);
        return new Sent(name, line, List.copyOf(more), body, whole);
    }

    /** With a token that is good. */
    Sent as(String tenant, String scope) {
        return with("Authorization: " + Tokens.bearer(tenant, scope));
    }

    Sent carrying(String text) {
        return carrying(text.getBytes(StandardCharsets.UTF_8));
    }

    Sent carrying(byte[] bytes) {
        return new Sent(name, line, headers, bytes, whole);
    }

    Refused is(int status, String slug) {
        return new Refused(this, status, slug, Map.of(), Map.of());
    }

    /** What goes over the wire. */
    byte[] bytes(Map<String, String> prepared, String marker) {
        byte[] content = filled(body, prepared, marker);
        if (!whole) {
            return content;
        }
        StringBuilder head =
                new StringBuilder(line).append("\r\nHost: ").append(HOST).append("\r\n");
        head.append("X-Request-Id: ").append(marker).append("\r\n");
        headers.forEach(header -> head.append(header).append("\r\n"));
        boolean framed = headers.stream().anyMatch(header -> header.startsWith("Content-Length"));
        if (!framed && !line.startsWith("GET")) {
            head.append("Content-Length: ").append(content.length).append("\r\n");
        }
        byte[] start = filled(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1), prepared, marker);
        byte[] all = Arrays.copyOf(start, start.length + content.length);
        System.arraycopy(content, 0, all, start.length, content.length);
        return all;
    }

    /** Latin-1 takes any bytes through. */
    private static byte[] filled(byte[] bytes, Map<String, String> prepared, String marker) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1).replace("MARKER", marker);
        for (Map.Entry<String, String> value : prepared.entrySet()) {
            text = text.replace("{" + value.getKey() + "}", value.getValue());
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return name.length() > 100 ? name.substring(0, 100) + "…" : name;
    }
}
