package dev.accepted.e2e.history;

/**
 * A request that no gateway may accept.
 *
 * @param marker a word that stands in the request and nowhere else
 * @param code of the answer
 */
public record BadInput(String marker, String what, int code) {}
