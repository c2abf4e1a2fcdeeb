package dev.accepted.gateway.problem;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/** Answers what never came to a route: the same document, with a name given here. */
public final class UnroutedAnswer {

    private final RandomGenerator random;

    public UnroutedAnswer(RandomGenerator random) {
        this.random = random;
    }

    /** Answers a request that cannot be routed; closing its connection is left to the caller. */
    public void to(HttpServerRequest request, Problem problem) {
        String id = RequestId.sane(request.getHeader(RequestId.HEADER), random);
        var unused = request.response()
                .setStatusCode(problem.status())
                .putHeader("Content-Type", ProblemDocument.MEDIA_TYPE)
                .putHeader("Connection", "close")
                .putHeader(RequestId.HEADER, id)
                .end(Buffer.buffer(document(problem, id)));
    }

    /** An answer of HTTP/1.1 with all that belongs to it, as bytes: for where there is not even a request. */
    public byte[] inFull(Problem problem) {
        String id = RequestId.sane(null, random);
        byte[] body = document(problem, id);
        String head = "HTTP/1.1 " + problem.status() + " " + problem.title() + "\r\nContent-Type: "
                + ProblemDocument.MEDIA_TYPE + "\r\nConnection: close\r\n" + RequestId.HEADER + ": " + id
                + "\r\nContent-Length: " + body.length + "\r\n\r\n";
        return Buffer.buffer(head.getBytes(StandardCharsets.US_ASCII))
                .appendBytes(body)
                .getBytes();
    }

    private static byte[] document(Problem problem, String id) {
        return ProblemDocument.of(problem, problem.slug(), null, id);
    }
}
