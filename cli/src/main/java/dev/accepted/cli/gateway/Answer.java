package dev.accepted.cli.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.cli.files.Json;
import dev.accepted.cli.terminal.ExitCode;
import dev.accepted.cli.terminal.Refusal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Optional;

/**
 * What a gateway said, all of it.
 *
 * @param address that was asked
 */
public record Answer(String method, URI address, int status, HttpHeaders headers, byte[] body) {

    /** The JSON that it is. */
    public JsonNode json() {
        try {
            return Json.read(body);
        } catch (IOException e) {
            throw new Refusal(
                    method + " " + address + " answered " + status
                            + ", and not with JSON. Is this address that of a gateway?",
                    e,
                    ExitCode.NO_ANSWER);
        }
    }

    /** A header's value. */
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** How long it asks to wait, where it says so in seconds. */
    public Optional<Duration> retryAfter() {
        return header("Retry-After")
                .map(String::strip)
                .filter(text -> text.matches("\\d{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }

    boolean isRefusal() {
        return status >= 400 || (status >= 300 && status != 303 && status != 304);
    }
}
