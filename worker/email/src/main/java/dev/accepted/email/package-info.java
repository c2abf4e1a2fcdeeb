/**
 * Runs the job type {@code email.campaign}: one mail to each address of a recipient list.
 *
 * <pre>
 *   list ── read, drop repeated addresses ──▶ up to 100 lines ── lanes: render, send ──▶ tally ──▶ checkpoint ─┐
 *     ▲                                                                                                        │
 *     └────────────────────────────────────────── next lines ◀────────────────────────────────────────────────┘
 * </pre>
 *
 * <p>Invariant: a mail's Message-ID depends on the job and the address alone. A line is settled once, in whatever
 * attempt; only a worker's death can send again, to at most the lines since the last checkpoint and with the same
 * Message-IDs. An address that stands in the list twice gets one mail, for the first of its lines.
 */
@NullMarked
package dev.accepted.email;

import org.jspecify.annotations.NullMarked;
