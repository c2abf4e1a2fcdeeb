package dev.accepted.gateway.schedules;

import dev.accepted.contract.schedule.Schedule;
import dev.accepted.gateway.problem.Problem;
import java.util.regex.Pattern;

/** Which names a schedule may have. */
final class ScheduleName {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    private ScheduleName() {}

    /** A name that is to be given; a {@link Problem} 400 for one that cannot be. */
    static Schedule.Key given(String tenant, String name) {
        if (!NAME.matcher(name).matches()) {
            throw Problem.of(
                            400,
                            "invalid-parameter",
                            "Invalid parameter",
                            "A schedule's name has 1 to 128 letters, digits, dots, dashes and underscores.")
                    .with("parameter", "name");
        }
        return new Schedule.Key(tenant, name);
    }

    /** A name that is looked for; a {@link Problem} 404 for one that nothing can have. */
    static Schedule.Key sought(String tenant, String name) {
        if (!NAME.matcher(name).matches()) {
            throw notFound();
        }
        return new Schedule.Key(tenant, name);
    }

    static Problem notFound() {
        return Problem.of(404, "schedule-not-found", "Schedule not found", "There is no schedule of that name.")
                .withHeader("Cache-Control", "no-store");
    }
}
