package dev.accepted.gateway.problem;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Makes an answer of whatever was thrown: the only place that does. */
@ApplicationScoped
public class ProblemMapper {

    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);

    private final AllowedMethods allowed;

    ProblemMapper(AllowedMethods allowed) {
        this.allowed = allowed;
    }

    @ServerExceptionMapper
    Response refusal(Problem problem, RoutingContext context) {
        return answer(problem, context);
    }

    @ServerExceptionMapper
    Response framework(WebApplicationException thrown, RoutingContext context) {
        return answer(problemOf(thrown, context.request()), context);
    }

    @ServerExceptionMapper
    Response anythingElse(Throwable thrown, RoutingContext context) {
        return answer(problemOf(thrown, context), context);
    }

    /** What fails before JAX-RS has it. */
    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(this::fail);
    }

    private void fail(RoutingContext context) {
        if (context.response().headWritten()) {
            context.next();
            return;
        }
        Problem problem = context.failure() == null
                ? Problems.plain(context.statusCode(), "The request was refused before it reached its route.")
                : problemOf(context.failure(), context);
        context.response().setStatusCode(problem.status()).putHeader("Content-Type", ProblemDocument.MEDIA_TYPE);
        problem.headers().forEach(context.response()::putHeader);
        var unused = context.response().end(io.vertx.core.buffer.Buffer.buffer(ProblemDocument.of(problem, context)));
    }

    private static Response answer(Problem problem, RoutingContext context) {
        Response.ResponseBuilder response = Response.status(problem.status())
                .header("Content-Type", ProblemDocument.MEDIA_TYPE)
                .entity(ProblemDocument.of(problem, context));
        problem.headers().forEach(response::header);
        return response.build();
    }

    private Problem problemOf(Throwable thrown, RoutingContext context) {
        Throwable cause =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (cause instanceof Problem problem) {
            return problem;
        }
        if (cause instanceof WebApplicationException known) {
            return problemOf(known, context.request());
        }
        if (cause instanceof RejectedExecutionException) {
            return Problems.reducedCapacity("Every worker thread is busy; nothing was done.", 1);
        }
        if (cause instanceof IOException && context.response().closed()) {
            return Problems.plain(400, "The connection went away.");
        }
        if (cause instanceof ContextNotActiveException) {
            // Seen once in 200,000 requests: the framework lost the request's scope on its way to writing the answer.
            LOG.errorf(
                    cause,
                    "%s %s: its answer was lost",
                    context.request().method(),
                    context.request().path());
            return Problems.reducedCapacity(
                            "The request was dealt with, but its answer was lost within the gateway. Ask how things stand,"
                                    + " or send it again.",
                            1)
                    .with("maybe_accepted", true);
        }
        LOG.errorf(
                cause,
                "%s %s failed; request_id=%s was answered 500",
                context.request().method(),
                context.request().path(),
                RequestId.of(context));
        return Problems.internalError();
    }

    private Problem problemOf(WebApplicationException thrown, HttpServerRequest request) {
        int status = thrown.getResponse().getStatus();
        if (status == 404 || status == 405) {
            Set<String> methods = allowed.at(request.path());
            return methods.isEmpty()
                    ? Problems.noSuchPath()
                    : Problems.methodNotAllowed(request.method().name(), methods);
        }
        if (status == 406) {
            return Problems.notAcceptable(List.of("application/json"));
        }
        if (status == 415) {
            return Problems.unsupportedMediaType("The Content-Type is none that is taken here.", "application/json");
        }
        return Problems.plain(status, "The request was refused: " + thrown.getMessage() + ".");
    }
}
