package dev.accepted.gateway.submission;

import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.contract.job.JobState;
import dev.accepted.gateway.preference.Preferences;
import dev.accepted.gateway.watching.Waits;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;

/** Answers a submission when its client prefers to be answered: at once, or when the job has ended. */
@ApplicationScoped
class PreferredAnswer {

    private final Acceptance acceptance;
    private final Waits waits;

    PreferredAnswer(Acceptance acceptance, Waits waits) {
        this.acceptance = acceptance;
        this.waits = waits;
    }

    /** 202, or 200 with the finished job if that is there within the time that the client waits. */
    Uni<Response> of(JobState state, JobTypeDescriptor type, RoutingContext context) {
        Preferences preferred = Preferences.of(context);
        if (!preferred.waits()) {
            return Uni.createFrom().item(acceptance.of(state, type, context));
        }
        BodyReader.letGo(context);
        return waits.until(state, now -> now.status().done(), preferred.patience())
                .map(now ->
                        now.status().done() ? acceptance.ended(now, type, context) : acceptance.of(now, type, context));
    }
}
