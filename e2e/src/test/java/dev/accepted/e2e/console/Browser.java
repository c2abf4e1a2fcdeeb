package dev.accepted.e2e.console;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.e2e.Client;
import dev.accepted.e2e.Tools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Chromium without a window, with a profile of its own that nobody used before. */
final class Browser implements AutoCloseable {

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process process;
    private final String address;

    private Browser(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /** Starts one; the test is skipped where there is none. */
    static Browser start(Path profile) throws IOException, InterruptedException {
        Path chromium = Tools.require("chromium", "chromium-browser", "google-chrome");
        Files.createDirectories(profile);
        Path said = profile.resolveSibling(profile.getFileName() + ".log");
        Process process = new ProcessBuilder(
                        chromium.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--hide-scrollbars",
                        "--lang=en",
                        "--no-first-run",
                        "--no-proxy-server",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        return new Browser(process, "http://127.0.0.1:" + port(profile.resolve("DevToolsActivePort"), process, said));
    }

    /** Written by the browser as soon as it can be spoken to. */
    private static String port(Path file, Process process, Path said) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (process.isAlive() && System.nanoTime() < deadline) {
            List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
            if (lines.size() > 1) {
                return lines.get(0);
            }
            Client.pause(LOOK_AGAIN);
        }
        throw new IOException("Chromium did not come up: " + Files.readString(said));
    }

    /** Opens a tab, which knows nothing of any other. */
    Tab open(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/json/new?about:blank"))
                .PUT(HttpRequest.BodyPublishers.noBody())
                .build();
        JsonNode target = DevTools.JSON.readTree(
                client.send(request, BodyHandlers.ofString()).body());
        DevTools tools = new DevTools(
                client, URI.create(target.path("webSocketDebuggerUrl").asText()));
        Tab tab = new Tab(tools, () -> close(target.path("id").asText()));
        tab.begin(url);
        return tab;
    }

    /** A tab that stays open keeps its stream, and a browser has six connections for one host. */
    private void close(String target) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/json/close/" + target))
                .build();
        try {
            client.send(request, BodyHandlers.discarding());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
    }
}
