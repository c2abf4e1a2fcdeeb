/**
 * The descriptions that clients in other languages read (OpenAPI, AsyncAPI, Arazzo): held against the linters' rules, and
 * the running gateway against what they say.
 *
 * <p>Invariant: what a tool cannot read or know is named in {@code e2e/tools}, with the reason.
 */
@NullMarked
package dev.accepted.e2e.description;

import org.jspecify.annotations.NullMarked;
