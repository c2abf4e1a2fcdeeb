package dev.accepted.contract.log;

import java.util.Optional;

/** The names of the topics. */
public final class Topics {

    /** Commands that are not due yet; no worker reads it. */
    public static final String LATER = "jobs.later";

    public static final String EVENTS = "jobs.events";
    public static final String CATALOG = "jobs.catalog";
    public static final String SCHEDULES = "jobs.schedules";
    public static final String DEAD = "jobs.dead";

    /** What the projection follows: every command and every event. */
    public static final String PROJECTED = "jobs\\.(commands\\..+|later|events)";

    private static final String COMMANDS = "jobs.commands.";

    private Topics() {}

    public static String commands(String queue) {
        return COMMANDS + queue;
    }

    /** The queue whose commands the topic holds; empty for any other topic. */
    public static Optional<String> queueOf(String topic) {
        return topic.startsWith(COMMANDS) ? Optional.of(topic.substring(COMMANDS.length())) : Optional.empty();
    }

    /** The share group through which the workers of a queue take its commands. */
    public static String shareGroup(String queue) {
        return "workers." + queue;
    }
}
