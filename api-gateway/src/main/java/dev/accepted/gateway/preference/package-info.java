/** What a client prefers (RFC 7240): whether to wait for an answer that says more, and how much it shall say. */
@NullMarked
package dev.accepted.gateway.preference;

import org.jspecify.annotations.NullMarked;
