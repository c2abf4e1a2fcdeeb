package dev.accepted.e2e.load;

import com.fasterxml.jackson.databind.JsonNode;

/** What came of a request. */
sealed interface Answer {

    /** The gateway answered. */
    record Told(int code, JsonNode body) implements Answer {}

    /** Nobody was there to send it to. */
    record NotSent() implements Answer {}

    /** It was sent, or a part of it, and nothing came back. */
    record Lost() implements Answer {}
}
