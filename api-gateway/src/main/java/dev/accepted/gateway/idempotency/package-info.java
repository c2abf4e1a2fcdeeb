/**
 * The same request again is the same job: what a client's key stands for, and what a request with a key is told.
 *
 * <pre>
 * reserve ─▶ First ─▶ append ─▶ acknowledge: 202         Answered ─▶ the first 202 again
 *        ├─▶ Left, with its command ─▶ append again ─▶ …   Refused ─▶ 409, 422
 *        └ append failed ─▶ giveUp: free if the log has it for sure not, else left
 * </pre>
 *
 * <p>Invariants: a key stands for one job however many requests, gateways and crashes there are; requests without a key
 * never come here. What many requests want at one moment is one statement.
 */
@NullMarked
package dev.accepted.gateway.idempotency;

import org.jspecify.annotations.NullMarked;
