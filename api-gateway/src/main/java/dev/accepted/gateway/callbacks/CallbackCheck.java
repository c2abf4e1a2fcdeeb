package dev.accepted.gateway.callbacks;

import dev.accepted.contract.callback.Callback;
import dev.accepted.contract.callback.NotAllowed;
import dev.accepted.contract.callback.Target;
import dev.accepted.contract.callback.TargetRules;
import dev.accepted.contract.callback.WebhookDelivery;
import dev.accepted.gateway.catalog.Catalog;
import dev.accepted.gateway.problem.Problem;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Refuses callbacks that would never be called. Blocks for as long as a name takes to resolve, up to a bound. */
@Singleton
public class CallbackCheck {

    private static final int UNPROCESSABLE = 422;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final TargetRules rules;
    private final boolean signed;
    private final Catalog catalog;
    private final Names names;

    @Inject
    CallbackCheck(CallbackConfig config, Catalog catalog) {
        this(config, catalog, new Names(Names.SYSTEM, PATIENCE));
    }

    CallbackCheck(CallbackConfig config, Catalog catalog, Names names) {
        this.rules = new TargetRules(config.trustedNetworks().orElse(List.of()), config.ports());
        this.signed = config.key().isPresent();
        this.catalog = catalog;
        this.names = names;
    }

    /**
     * Returns if a callback may go where it wants to go, as far as can be told now. A name whose servers do not answer in
     * time is taken for good: the worker that calls it judges it again.
     *
     * @param header where it was found, if not in the body
     * @throws Problem 422
     */
    public void require(Callback callback, @Nullable String header) {
        try {
            if (!signed || catalog.byType(WebhookDelivery.TYPE).isEmpty()) {
                throw new NotAllowed(
                        "Nobody is called back by this deployment: it has no key to sign with, or no worker"
                                + " that delivers webhooks.");
            }
            Target target = Target.parse(callback.url());
            rules.check(target);
            Optional<List<byte[]>> addresses = names.resolve(target.host());
            if (addresses.isPresent()) {
                rules.check(target, addresses.get());
            }
        } catch (NotAllowed e) {
            Problem problem = Problem.of(UNPROCESSABLE, "callback-not-allowed", "Callback not allowed", e.why());
            throw header == null ? problem.with("pointer", "#/callback/url") : problem.with("header", header);
        }
    }
}
