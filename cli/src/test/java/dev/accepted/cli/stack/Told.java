package dev.accepted.cli.stack;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.stream.Collectors;

/** What a fake application says about itself. */
final class Told {

    private Told() {}

    /** Its environment. */
    static Map<String, String> by(String url) throws Exception {
        return get(url + "/environment")
                .lines()
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    /** Its process id, as it knows it itself. */
    static long pid(String url) throws Exception {
        return Long.parseLong(get(url + "/pid"));
    }

    private static String get(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                .body();
    }
}
