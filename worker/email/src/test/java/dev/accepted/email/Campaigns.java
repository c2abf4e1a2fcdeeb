package dev.accepted.email;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.accepted.testkit.RecordingJob;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Campaigns, lists and jobs for tests. */
final class Campaigns {

    static final Campaign HELLO = text("Hello {{first_name}}!", "Dear {{first_name}}, everything is half price.");

    private static final ObjectMapper JSON = new ObjectMapper();

    private Campaigns() {}

    static Campaign text(String subject, String content) {
        return new Campaign("Summer Sale", subject, content, null, "list-1", null, null);
    }

    static Campaign html(String subject, String content) {
        return new Campaign("Summer Sale", subject, content, Campaign.ContentType.HTML, "list-1", null, null);
    }

    static Campaign helloFrom(@Nullable String sender) {
        return new Campaign("Summer Sale", HELLO.subject(), HELLO.content(), null, "list-1", null, sender);
    }

    /** The address of a line of {@link #people}. */
    static String address(int line) {
        return "person" + line + "@example.com";
    }

    static List<Map<String, String>> people(int count) {
        return IntStream.range(0, count)
                .mapToObj(line -> Map.of("email", address(line), "first_name", "Person " + line))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    static RecordingJob job(List<Map<String, String>> list) {
        return RecordingJob.of("email.campaign").with("recipient_list_id", "list-1", list.size(), ndjson(list));
    }

    private static byte[] ndjson(List<Map<String, String>> list) {
        StringBuilder lines = new StringBuilder();
        try {
            for (Map<String, String> line : list) {
                // Half a character can stand in JSON only as an escape.
                String json = JSON.writeValueAsString(line).replace("\ud800", "\\ud800");
                lines.append(json).append('\n');
            }
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }
}
