package dev.accepted.cli.gateway;

import java.util.Map;

/** What happens after a refusal, and what its reader can do. */
final class NextStep {

    private static final Map<String, String> BY_SLUG = Map.of(
            "old-table-kept",
            "Nothing was changed. `accepted rebuild --drop-old` drops it.",
            "job-not-found",
            "The id may be mistyped, or the job may be another tenant's.",
            "schedule-not-found",
            "`accepted schedules` lists those that there are.",
            "job-already-finished",
            "It stays as it ended; `accepted job ID` shows it.",
            "replay-already-ended",
            "It stays as it ended; `accepted replays get ID` shows it.",
            "result-not-ready",
            "--wait waits for it.",
            "idempotency-key-reused",
            "The key belongs to the job that it was sent with first. Another job needs another --key.",
            "unknown-job-type",
            "A type is there as soon as a worker announces it.",
            "tenant-suspended",
            "Its operators can let it in again.");

    private NextStep() {}

    static String after(Answer answer, String slug) {
        String known = BY_SLUG.get(slug);
        return known == null ? byStatus(answer) : known;
    }

    private static String byStatus(Answer answer) {
        return switch (answer.status()) {
            case 401 ->
                "Name a token that this gateway knows: --token-file or $ACCEPTED_TOKEN. `accepted token` makes"
                        + " one for a stack of this machine.";
            case 403 -> "The token does not allow it" + scope(answer) + ". Nothing was changed.";
            case 404 -> answer.method().equals("GET") ? "" : "Nothing was changed.";
            case 410 -> "Its time is over, and it does not come back.";
            case 429 -> "Nothing was accepted. It may be sent again" + in(answer) + ".";
            case 300, 301, 302, 307, 308 ->
                "Name the address that it points to"
                        + answer.header("Location").map(to -> ", " + to + ",").orElse("") + " with --url.";
            default ->
                answer.status() >= 500
                        ? "The fault is not yours. It may be tried again" + in(answer) + "."
                        : "Nothing was changed. Correct it, and send it again.";
        };
    }

    private static String scope(Answer answer) {
        String challenge = answer.header("WWW-Authenticate").orElse("");
        int at = challenge.indexOf("scope=\"");
        if (at < 0) {
            return "";
        }
        String scope = challenge.substring(at + "scope=\"".length());
        int end = scope.indexOf('"');
        return end < 0 ? "" : ": it lacks the scope " + scope.substring(0, end);
    }

    private static String in(Answer answer) {
        return answer.retryAfter().map(wait -> " in " + wait.toSeconds() + " s").orElse(" later");
    }
}
