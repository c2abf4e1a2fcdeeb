package dev.accepted.email;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result. Sent, failed and skipped make up the recipients.
 *
 * @param failedCount addresses that are none, and those the mail server refused for good
 * @param skippedCount lines whose address an earlier line has
 * @param startedAt RFC 3339; when the first attempt started
 * @param durationSeconds from there to the end, with the pauses between attempts
 * @param ratePerSecond mails sent, over that time
 * @param failures the first 100, in the list's order
 * @param failuresUrl all of them as CSV; only if there are more than 100
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record CampaignReport(
        String campaignName,
        long recipientCount,
        long sentCount,
        long failedCount,
        long skippedCount,
        String startedAt,
        String finishedAt,
        double durationSeconds,
        double ratePerSecond,
        List<Failure> failures,
        @Nullable String failuresUrl) {

    /** One address that got no mail, and why. */
    record Failure(String email, String reason) {}
}
