package dev.accepted.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.accepted.cli.demo.Api.Identity;
import dev.accepted.cli.files.Checkout;
import dev.accepted.cli.files.Json;
import dev.accepted.cli.terminal.ProgressBoard;
import dev.accepted.cli.terminal.Refusal;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The demo's way through the API: load, submit, follow, save. */
final class Demo {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long PERIOD_MILLIS = 250;

    private final Checkout checkout;
    private final Api api;
    private final PrintWriter out;
    private final ProgressBoard board;

    Demo(Checkout checkout, Api api, PrintWriter out, ProgressBoard board) {
        this.checkout = checkout;
        this.api = api;
        this.out = out;
        this.board = board;
    }

    /** Stores the ledger and the recipients that the examples name. */
    void loadReferenceData() throws InterruptedException {
        load("/ledgers/2023", "ledger-2023.csv", Identity.ANONYMOUS);
        load("/recipient-lists/list-789", "recipients.csv", Identity.BEARER);
    }

    /** Submits an example and shows the answer as it came. */
    AcceptedJob submit(Example example) throws InterruptedException {
        Path body = checkout.examples().resolve("requests").resolve(example.file());
        HttpResponse<byte[]> response = api.send("POST", example.path(), "application/json", body, example.identity());
        if (response.statusCode() != 202) {
            throw new Refusal(Api.describe(response));
        }
        JsonNode receipt = Api.json(response);
        out.printf("%nPOST %s%nHTTP/1.1 202 Accepted%n", example.path());
        Api.header(response, "Location").ifPresent(location -> out.printf("Location: %s%n", location));
        out.println(Json.pretty(receipt));
        out.flush();
        return new AcceptedJob(example, receipt.path("status_url").asText(), receipt);
    }

    /** Follows all until they are done, or 120 s are over. */
    List<AcceptedJob> follow(List<AcceptedJob> submitted) throws InterruptedException {
        out.println();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<AcceptedJob> jobs = submitted;
        while (true) {
            jobs = refresh(jobs);
            board.show(jobs.stream().map(AcceptedJob::progress).toList());
            if (jobs.stream().allMatch(AcceptedJob::isDone) || System.nanoTime() > deadline) {
                return jobs;
            }
            Thread.sleep(PERIOD_MILLIS);
        }
    }

    /** Fetches a job's result, over the redirect, into {@code demo-results}. */
    Path save(AcceptedJob job) throws InterruptedException {
        HttpResponse<byte[]> response = api.get(job.resultUrl(), job.example().identity());
        if (response.statusCode() == 303) {
            String location = Api.header(response, "Location").orElse("");
            response = api.get(location, job.example().identity());
        }
        if (response.statusCode() != 200) {
            throw new Refusal(
                    "The result of the " + job.example().label() + " cannot be fetched: " + Api.describe(response));
        }
        String name = ResultFile.name(
                Api.header(response, "Content-Disposition"), job.example().resultFile());
        Path file = checkout.demoResults().resolve(name);
        try {
            Files.createDirectories(checkout.demoResults());
            return Files.write(file, response.body());
        } catch (IOException e) {
            throw new Refusal("The result cannot be written to " + file + ": " + e.getMessage(), e);
        }
    }

    private void load(String path, String file, Identity identity) throws InterruptedException {
        Path csv = checkout.examples().resolve(file);
        HttpResponse<byte[]> response = api.send("PUT", path, "text/csv", csv, identity);
        if (response.statusCode() / 100 != 2) {
            throw new Refusal(Api.describe(response));
        }
        out.printf("PUT %s: %d (%s)%n", path, response.statusCode(), file);
        out.flush();
    }

    private List<AcceptedJob> refresh(List<AcceptedJob> jobs) throws InterruptedException {
        List<AcceptedJob> fresh = new ArrayList<>();
        for (AcceptedJob job : jobs) {
            HttpResponse<byte[]> response =
                    api.get(job.statusUrl(), job.example().identity());
            if (response.statusCode() != 200) {
                throw new Refusal(Api.describe(response));
            }
            fresh.add(job.with(Api.json(response)));
        }
        return fresh;
    }
}
