/**
 * The same two servers in containers, for who asks for them: {@code -Daccepted.stack=containers}.
 *
 * <p>Invariant: nothing here is loaded unless it is asked for, so Docker is never needed.
 */
@NullMarked
package dev.accepted.localstack.containers;

import org.jspecify.annotations.NullMarked;
