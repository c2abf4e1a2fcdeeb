/** Conditional requests (RFC 9110, 13): whether what a client holds is still what it would get. */
@NullMarked
package dev.accepted.gateway.conditional;

import org.jspecify.annotations.NullMarked;
