package dev.accepted.gateway.bulk;

import dev.accepted.gateway.problem.Problem;
import org.jspecify.annotations.Nullable;

/**
 * One item of a batch, as it was sent.
 *
 * @param index its place in the batch, from 0
 * @param bytes none where it was not taken
 * @param refusal why it was not
 */
record Item(int index, byte[] bytes, @Nullable Problem refusal) {}
