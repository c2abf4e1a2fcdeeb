package dev.accepted.gateway.connection;

import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.problem.Problems;
import dev.accepted.gateway.problem.UnroutedAnswer;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/** Answers a request that does not read; the server closes the connection behind the answer. */
final class InvalidRequest implements Handler<HttpServerRequest> {

    private final UnroutedAnswer answers;

    InvalidRequest(UnroutedAnswer answers) {
        this.answers = answers;
    }

    @Override
    public void handle(HttpServerRequest request) {
        answers.to(request, problemOf(request.decoderResult().cause()));
    }

    private static Problem problemOf(@Nullable Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return HeadLimits.uriTooLong();
        }
        if (cause instanceof TooLongHttpHeaderException) {
            return HeadLimits.headersTooLarge();
        }
        String what = cause instanceof BrokenFraming ? " " + cause.getMessage() : "";
        return Problems.plain(400, "This is no request of HTTP/1.1 whose end can be told for sure." + what);
    }
}
