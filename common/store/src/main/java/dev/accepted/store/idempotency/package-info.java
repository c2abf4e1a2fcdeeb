/**
 * Which job a client's key stands for.
 *
 * <pre>
 * (none) ─reserve─▶ reserved ─acknowledge─▶ acked ─expire─▶ (none)
 *    ▲                 │  ▲
 *    └────release──────┘  └─ leave: the next reserve takes it over, with its command
 * </pre>
 *
 * <p>Invariant: one INSERT … ON CONFLICT decides whose job a key stands for; what it stands for does not change while
 * the row is there.
 */
@NullMarked
package dev.accepted.store.idempotency;

import org.jspecify.annotations.NullMarked;
