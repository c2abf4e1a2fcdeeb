package dev.accepted.gateway.submission;

import dev.accepted.contract.catalog.JobTypeDescriptor;
import dev.accepted.gateway.catalog.AnnouncedType;
import dev.accepted.gateway.catalog.CatalogFollower;
import dev.accepted.gateway.preference.Preferences;
import dev.accepted.gateway.watching.Waits;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** Answers a submission when its client prefers to be answered: at once, or when the job has ended. */
@ApplicationScoped
class PreferredAnswer {

    private final Acceptance acceptance;
    private final CatalogFollower catalog;
    private final Waits waits;

    PreferredAnswer(Acceptance acceptance, CatalogFollower catalog, Waits waits) {
        this.acceptance = acceptance;
        this.catalog = catalog;
        this.waits = waits;
    }

    /**
     * 202, or 200 with the finished job if that is there within the time that the client waits. What an earlier request
     * made is told at once, as it was told then.
     */
    Uni<Response> of(Accepted accepted, RoutingContext context) {
        Preferences preferred = Preferences.of(context);
        if (accepted.fresh().isEmpty() || !preferred.waits()) {
            return Uni.createFrom().item(acceptance.of(accepted, typeOf(accepted), context));
        }
        BodyReader.letGo(context);
        Accepted.Fresh job = accepted.fresh().get();
        return waits.until(job.state(), now -> now.status().done(), preferred.patience())
                .map(now -> now.status().done()
                        ? acceptance.ended(now, job.type(), context)
                        : acceptance.of(acceptance.now(now, job.type()), Optional.of(job.type()), context));
    }

    private Optional<JobTypeDescriptor> typeOf(Accepted accepted) {
        return accepted.fresh()
                .map(Accepted.Fresh::type)
                .or(() -> catalog.current()
                        .byType(accepted.document().path("type").asText())
                        .map(AnnouncedType::descriptor));
    }
}
