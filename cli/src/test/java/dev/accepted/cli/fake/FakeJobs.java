package dev.accepted.cli.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The wire of the three examples as it is documented: a 202, a status that gets on at each look, a result behind a 303.
 *
 * <p>{@code FAKE_FAILS=id} makes that job fail.
 */
final class FakeJobs {

    private final String base;
    private final ConcurrentMap<String, Integer> looks = new ConcurrentHashMap<>();

    FakeJobs(HttpServer server, String base) {
        this.base = base;
        server.createContext("/ledgers/2023", exchange -> store(exchange, false));
        server.createContext("/recipient-lists/list-789", exchange -> store(exchange, true));
        server.createContext("/reports/generate", exchange -> accept(exchange, "job_id", "job-r", "/jobs/job-r"));
        server.createContext("/data/process", exchange -> accept(exchange, "job_id", "job-d", "/jobs/job-d"));
        server.createContext(
                "/email/campaigns", exchange -> accept(exchange, "campaign_id", "camp-c", "/campaigns/camp-c/status"));
        server.createContext("/jobs/job-r", exchange -> status(exchange, "job_id", "job-r"));
        server.createContext("/jobs/job-d", exchange -> status(exchange, "job_id", "job-d"));
        server.createContext("/campaigns/camp-c/status", exchange -> status(exchange, "campaign_id", "camp-c"));
        server.createContext("/jobs/job-r/result", exchange -> redirect(exchange, "r"));
        server.createContext("/jobs/job-d/result", exchange -> redirect(exchange, "d"));
        server.createContext("/jobs/camp-c/result", exchange -> redirect(exchange, "c"));
        server.createContext("/results/r", exchange -> {
            exchange.getResponseHeaders()
                    .set("Content-Disposition", "attachment; filename=\"annual-financial-2023.pdf\"");
            FakeApplication.answer(exchange, "%PDF-1.7");
        });
        server.createContext("/results/d", exchange -> FakeApplication.answer(exchange, "{\"clusters\":[]}"));
        server.createContext("/results/c", exchange -> FakeApplication.answer(exchange, "{\"sent\":25000}"));
    }

    private static void store(HttpExchange exchange, boolean protectedRoute) throws IOException {
        boolean csv = "text/csv".equals(exchange.getRequestHeaders().getFirst("Content-Type"));
        boolean known = exchange.getRequestHeaders().containsKey("Authorization");
        end(exchange, !csv ? 415 : protectedRoute && !known ? 401 : 201);
    }

    private void accept(HttpExchange exchange, String member, String id, String status) throws IOException {
        if (id.startsWith("camp") && !exchange.getRequestHeaders().containsKey("Authorization")) {
            end(exchange, 401);
            return;
        }
        exchange.getResponseHeaders().set("Location", base + status);
        String body = "{\"" + member + "\":\"" + id + "\",\"status\":\"queued\",\"status_url\":\"" + status + "\"}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(202, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void status(HttpExchange exchange, String member, String id) throws IOException {
        int percent = Math.min(100, 50 * looks.merge(id, 1, Integer::sum));
        String end = id.equals(System.getenv("FAKE_FAILS")) ? "failed" : "succeeded";
        FakeApplication.answer(
                exchange,
                "{\"" + member + "\":\"" + id + "\",\"status\":\"" + (percent == 100 ? end : "processing")
                        + "\",\"done\":" + (percent == 100) + ",\"progress\":{\"percent\":" + percent + "}}");
    }

    private void redirect(HttpExchange exchange, String result) throws IOException {
        exchange.getResponseHeaders().set("Location", base + "/results/" + result);
        end(exchange, 303);
    }

    private static void end(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }
}
