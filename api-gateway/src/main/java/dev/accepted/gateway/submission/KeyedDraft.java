package dev.accepted.gateway.submission;

import dev.accepted.gateway.idempotency.Fingerprint;
import dev.accepted.gateway.problem.Problem;
import dev.accepted.store.idempotency.ScopedKey;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A body that came with a key, checked.
 *
 * @param checked null if it was refused
 * @param refusal why; a request that was accepted before may be refused today, since its deadline has passed
 */
record KeyedDraft(
        ScopedKey key,
        Fingerprint fingerprint,
        Drafting.@Nullable Checked checked,
        @Nullable Problem refusal) {

    private static final int UNPROCESSABLE = 422;

    /**
     * Checks a body.
     *
     * @throws Problem for what is no JSON
     */
    static KeyedDraft of(ScopedKey key, byte[] body, Function<byte[], Drafting.Checked> draft) {
        try {
            Drafting.Checked checked = draft.apply(body);
            return new KeyedDraft(key, Fingerprint.of(body), checked, null);
        } catch (Problem refusal) {
            if (refusal.status() != UNPROCESSABLE) {
                throw refusal;
            }
            return new KeyedDraft(key, Fingerprint.of(body), null, refusal);
        }
    }
}
