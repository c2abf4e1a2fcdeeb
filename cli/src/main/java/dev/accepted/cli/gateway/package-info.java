/**
 * The gateway as a client meets it: how it is found, how it is asked, and what its refusals mean.
 *
 * <pre>
 * --url, $ACCEPTED_URL, else the stack of this checkout ─▶ Gateway ─▶ Answer | Refused (3) | no answer (4)
 * </pre>
 *
 * <p>Invariant: a token goes to the gateway that it was given for and nowhere else; what is asked a second time may be asked
 * twice.
 */
@NullMarked
package dev.accepted.cli.gateway;

import org.jspecify.annotations.NullMarked;
