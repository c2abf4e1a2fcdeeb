package dev.accepted.gateway.console;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The console's files: the resources {@code console/*} and one library, read when the gateway starts. Immutable, so no
 * request waits for a disk, and no name in an address ever becomes a name of a file.
 */
@Singleton
class ConsoleFiles {

    static final String PAGE = "index.html";

    /** Under which name the page's modules find what draws them: preact with htm and hooks, in one file. */
    static final String LIBRARY = "lib/preact.js";

    private static final String LIBRARY_RESOURCE = "/META-INF/resources/_static/htm/3.1.1/preact/standalone.module.js";

    static final List<String> NAMES = List.of(
            PAGE,
            "icon.svg",
            "style/base.css",
            "style/parts.css",
            "style/pictures.css",
            "api.js",
            "app.js",
            "asking.js",
            "format.js",
            "router.js",
            "session.js",
            "live/history.js",
            "live/live.js",
            "live/sse.js",
            "parts/announce.js",
            "parts/chart.js",
            "parts/dialog.js",
            "parts/table.js",
            "parts/timeline.js",
            "parts/ui.js",
            "views/acts.js",
            "views/dead.js",
            "views/dryrun.js",
            "views/filter.js",
            "views/job.js",
            "views/jobs.js",
            "views/limits.js",
            "views/overview.js",
            "views/queues.js",
            "views/replays.js",
            "views/result.js",
            "views/schedules.js",
            "views/selection.js",
            "views/signin.js",
            "views/wizard.js",
            "views/workers.js");

    private final Map<String, ConsoleFile> files = new HashMap<>();

    ConsoleFiles() {
        NAMES.forEach(name -> files.put(name, ConsoleFile.of(name, read("/console/" + name))));
        files.put(LIBRARY, ConsoleFile.of(LIBRARY, read(LIBRARY_RESOURCE)));
    }

    private static byte[] read(String resource) {
        try (InputStream in = ConsoleFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The application was built without " + resource);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(resource + " does not read", e);
        }
    }

    /** @param name below {@code /console/}; empty: the page */
    Optional<ConsoleFile> find(String name) {
        return Optional.ofNullable(files.get(name.isEmpty() ? PAGE : name));
    }
}
