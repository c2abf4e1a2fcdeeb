package dev.accepted.gateway.idempotency;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.accepted.contract.Wire;
import dev.accepted.contract.command.CommandHeaders;
import dev.accepted.contract.command.JobCommand;
import dev.accepted.store.idempotency.Reservation;
import dev.accepted.store.idempotency.ScopedKey;

/**
 * What a request wants its key to stand for.
 *
 * @param fingerprint of what the client sent
 */
public record KeyedCommand(ScopedKey key, Fingerprint fingerprint, JobCommand command) {

    Reservation reservation() {
        try {
            String text = Wire.JSON.writeValueAsString(CommandHeaders.write(command));
            return new Reservation(key, fingerprint.hex(), command.id().text(), text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Headers that cannot be written", e);
        }
    }
}
