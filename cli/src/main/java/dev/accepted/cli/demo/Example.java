package dev.accepted.cli.demo;

import dev.accepted.cli.demo.Api.Identity;
import java.util.List;

/**
 * One of the example requests.
 *
 * @param label what people call it
 * @param path where it is posted
 * @param file its body, in {@code examples/requests}
 * @param identity as whom
 * @param resultFile what its result is called when the server names it not
 */
record Example(String label, String path, String file, Identity identity, String resultFile) {

    static List<Example> all() {
        return List.of(
                new Example("report", "/reports/generate", "report.json", Identity.ANONYMOUS, "report.pdf"),
                new Example("campaign", "/email/campaigns", "campaign.json", Identity.BEARER, "campaign-report.json"),
                new Example("analysis", "/data/process", "data.json", Identity.ANONYMOUS, "clusters.json"));
    }
}
