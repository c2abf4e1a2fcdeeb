package dev.accepted.e2e.history;

/**
 * A request of one tenant for what is another's.
 *
 * @param target the other's job
 * @param what it asked for, as a client would: method and path
 * @param code of the answer
 * @param found whether the other's job stood in the answer
 */
public record Trespass(String target, String what, int code, boolean found) {}
