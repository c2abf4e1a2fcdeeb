package dev.accepted.gateway.status;

import dev.accepted.contract.job.Phase;
import dev.accepted.contract.job.Status;
import dev.accepted.gateway.estimates.Estimates;
import dev.accepted.gateway.estimates.RetryAfter;
import dev.accepted.gateway.problem.Origin;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.gateway.security.CurrentCaller;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Answers where a job's result lies, or why there is none. */
@Singleton
public class ResultAnswer {

    private final CurrentCaller current;
    private final JobFinder finder;
    private final ReadRights rights;
    private final Estimates estimates;
    private final RetryAfter retryAfter;
    private final RoutingContext request;

    ResultAnswer(
            CurrentCaller current,
            JobFinder finder,
            ReadRights rights,
            Estimates estimates,
            RetryAfter retryAfter,
            RoutingContext request) {
        this.current = current;
        this.finder = finder;
        this.rights = rights;
        this.estimates = estimates;
        this.retryAfter = retryAfter;
        this.request = request;
    }

    Uni<Response> result(String id) {
        String origin = Origin.of(request);
        return finder.find(id, current.get().tenant())
                .onFailure(ResultAnswer::isGone)
                .transform(gone -> expired())
                .map(found -> {
                    rights.require(found.type());
                    return answer(found, origin + "/results/");
                });
    }

    /** The same of a job whosever it is, for operators: its result lies under an address of theirs. */
    public Uni<Response> resultOfAnyTenant(String id) {
        String origin = Origin.of(request);
        return finder.findOfAnyTenant(id)
                .onFailure(ResultAnswer::isGone)
                .transform(gone -> expired())
                .map(found -> {
                    String tenant = URLEncoder.encode(found.state().tenant(), StandardCharsets.UTF_8)
                            .replace("+", "%20");
                    return answer(found, origin + "/operations/results/" + tenant + "/");
                });
    }

    private static boolean isGone(Throwable failure) {
        return failure instanceof Problem problem && problem.status() == 410;
    }

    private static Problem expired() {
        return Problem.of(
                        410,
                        "result-expired",
                        "Result expired",
                        "The job is older than jobs and their results are kept.")
                .withHeader("Cache-Control", "no-store");
    }

    /** @param results the address that a result's digest completes */
    private Response answer(Sighting found, String results) {
        if (!(found.state().phase() instanceof Phase.Ended ended)) {
            throw notReady(found);
        }
        if (ended.result() == null) {
            throw none(ended.status());
        }
        return Response.seeOther(URI.create(results + ended.result().digest()))
                .header("Cache-Control", "private, no-cache")
                .header("Vary", "Authorization")
                .build();
    }

    private Problem notReady(Sighting found) {
        long seconds = estimates
                .of(found.state(), found.type())
                .map(expected -> retryAfter.secondsUntil(expected.completion()))
                .orElse(1L);
        return Problem.of(
                        404,
                        "result-not-ready",
                        "Result not ready",
                        "The job has not ended yet. Ask again after the seconds that Retry-After names.")
                .with("job_status", found.state().status().word())
                .withHeader("Retry-After", Long.toString(seconds))
                .withHeader("Cache-Control", "no-store");
    }

    private static Problem none(Status status) {
        String why = status == Status.SUCCEEDED
                ? "The job succeeded; jobs of its type have no result."
                : "The job ended as " + status.word() + " and has no result; its status says why.";
        return Problem.of(404, "no-result", "No result", why)
                .with("job_status", status.word())
                .withHeader("Cache-Control", "no-store");
    }
}
