package dev.accepted.cli.stack;

import dev.accepted.cli.process.RunDirectory;
import dev.accepted.cli.process.RunFile;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a launcher that was killed left behind: its children are ending, its run files are still there. */
final class Leftovers {

    /** Above the patience of the leashes, which are taking the children down. */
    private static final Duration PATIENCE = Duration.ofSeconds(6);

    private Leftovers() {}

    /** Waits for the children's end, kills those that nobody takes down any more, and removes the run files. */
    static void clear(RunDirectory runs) throws InterruptedException {
        CompletableFuture<?>[] ends = runs.running().stream()
                .flatMap(file -> file.identity().running().stream())
                .map(ProcessHandle::onExit)
                .toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(ends).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException stillThere) {
            runs.running().forEach(file -> file.identity().running().ifPresent(ProcessHandle::destroyForcibly));
        }
        runs.list().stream().map(RunFile::name).forEach(runs::remove);
    }
}
