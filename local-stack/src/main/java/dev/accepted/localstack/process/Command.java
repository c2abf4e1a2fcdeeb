package dev.accepted.localstack.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What to run, and how it is ended.
 *
 * @param name what people call the process, unique within a stack: {@code kafka-1}
 * @param words the program and its arguments
 * @param environment variables set on top of this process's own
 * @param directory the working directory, which must exist
 * @param log the file that takes its standard output and error, appended to
 * @param stop how it is asked to end
 */
public record Command(
        String name, List<String> words, Map<String, String> environment, Path directory, Path log, StopSignal stop) {

    /** Copies the collections. */
    public Command {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }
}
