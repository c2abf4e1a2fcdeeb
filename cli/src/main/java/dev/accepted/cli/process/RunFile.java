package dev.accepted.cli.process;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What {@code run/NAME.json} says about a process.
 *
 * @param name {@code worker-probe-1}
 * @param identity flattened to {@code pid} and {@code started_at_millis}
 * @param url where it is reached, as its usual client takes it: {@code psql}, a Kafka client, a browser
 * @param api the mail server's second address, over HTTP
 * @param log its log file
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunFile(
        @JsonProperty("name") String name,

        @JsonUnwrapped @JsonProperty(access = JsonProperty.Access.READ_ONLY)
        ProcessIdentity identity,

        @JsonProperty("url") String url,
        @JsonProperty("api") @Nullable String api,
        @JsonProperty("log") String log) {

    static RunFile from(JsonNode json) {
        return new RunFile(
                json.path("name").asText(),
                new ProcessIdentity(
                        json.path("pid").asLong(),
                        json.path("started_at_millis").asLong()),
                json.path("url").asText(),
                json.path("api").textValue(),
                json.path("log").asText());
    }
}
