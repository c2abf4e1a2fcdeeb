package dev.accepted.gateway.estimates;

import dev.accepted.contract.job.Status;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * What is to be expected of a job that has not ended.
 *
 * @param status the word that is shown: {@code processing} also where nothing is ahead and a slot is free
 * @param position jobs ahead of it in its queue; empty once it has started
 * @param start when it started or will start
 * @param completion when it will have ended; never in the past
 */
public record Outlook(Status status, OptionalLong position, Instant start, Instant completion) {}
