package dev.accepted.email;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/**
 * The input, as {@code schemas/email.campaign.json} describes it.
 *
 * @param subject may have placeholders
 * @param content may have placeholders
 * @param contentType absent: {@code text/plain}
 * @param scheduledTime has been served by the gateway
 * @param from absent: the deployment's own sender
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record Campaign(
        String campaignName,
        String subject,
        String content,
        @Nullable ContentType contentType,
        String recipientListId,
        @Nullable String scheduledTime,
        @Nullable String from) {

    enum ContentType {
        @JsonProperty("text/plain")
        PLAIN,
        @JsonProperty("text/html")
        HTML
    }

    boolean isHtml() {
        return contentType == ContentType.HTML;
    }
}
