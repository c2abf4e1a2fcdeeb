package dev.accepted.e2e.run;

import dev.accepted.e2e.scenario.Scenario;
import java.time.Duration;
import java.util.List;

/**
 * What a run is to be.
 *
 * @param jobs submitted in all, about evenly over the scenarios
 * @param spread over how long the share of one scenario is spread
 * @param longest what a long job takes at most
 * @param schedule the scenarios in their order
 * @param options of the launcher
 */
public record Plan(
        long seed, int jobs, Duration spread, Duration longest, List<Scenario> schedule, List<String> options) {}
