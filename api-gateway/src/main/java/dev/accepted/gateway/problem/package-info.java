/** What comes in wrong gets problem+json (RFC 9457): one type of exception, one place that writes it. */
@NullMarked
package dev.accepted.gateway.problem;

import org.jspecify.annotations.NullMarked;
