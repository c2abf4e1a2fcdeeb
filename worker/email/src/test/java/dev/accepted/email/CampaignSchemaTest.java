package dev.accepted.email;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class CampaignSchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void theExampleIsTaken() throws IOException {
        assertEquals(List.of(), errors(example()));
        Campaign campaign = JSON.treeToValue(example(), Campaign.class);
        assertEquals("list-789", campaign.recipientListId());
    }

    @Test
    void everyMemberIsTaken() throws IOException {
        ObjectNode all = example().put("content_type", "text/html").put("from", "sale@example.com");
        assertEquals(List.of(), errors(all));
        assertEquals(true, JSON.treeToValue(all, Campaign.class).isHtml());
    }

    @Test
    void limitsAreInclusive() throws IOException {
        assertEquals(List.of(), errors(example().put("campaign_name", "x".repeat(200))));
        assertEquals(List.of("/campaign_name"), errors(example().put("campaign_name", "x".repeat(201))));
        assertEquals(List.of(), errors(example().put("subject", "x".repeat(500))));
        assertEquals(List.of("/subject"), errors(example().put("subject", "x".repeat(501))));
        assertEquals(List.of(), errors(example().put("content", "x".repeat(1 << 20))));
        assertEquals(List.of("/content"), errors(example().put("content", "x".repeat((1 << 20) + 1))));
    }

    @Test
    void aSubjectHasOneLine() throws IOException {
        for (String subject : List.of("a\nb", "a\r\nBcc: x@example.com", "a\n", "\n", "a\u2028b", "a\0")) {
            assertEquals(List.of("/subject"), errors(example().put("subject", subject)), subject);
        }
    }

    @Test
    void whatIsMissingEmptyOrUnknownIsRefused() throws IOException {
        for (String member : List.of("campaign_name", "subject", "content", "recipient_list_id")) {
            ObjectNode without = example();
            without.remove(member);
            assertEquals(List.of(""), errors(without), member);
            assertEquals(List.of("/" + member), errors(example().put(member, "")), member);
            assertEquals(List.of("/" + member), errors(example().put(member, 7)), member);
        }
        assertEquals(List.of(""), errors(example().put("bcc", "all@example.com")));
        assertEquals(List.of("/content_type"), errors(example().put("content_type", "text/csv")));
        assertEquals(List.of("/scheduled_time"), errors(example().put("scheduled_time", "2026-06-16T09:00:00")));
        assertEquals(List.of("/from"), errors(example().put("from", "nobody")));
    }

    private static ObjectNode example() throws IOException {
        return (ObjectNode) JSON.readTree(resource("/examples/email.campaign.json"));
    }

    private static List<String> errors(ObjectNode input) throws IOException {
        SchemaValidatorsConfig config = SchemaValidatorsConfig.builder()
                .formatAssertionsEnabled(true)
                .pathType(PathType.JSON_POINTER)
                .build();
        JsonSchema schema = JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(JSON.readTree(resource("/schemas/email.campaign.json")), config);
        return schema.validate(input).stream()
                .map(ValidationMessage::getInstanceLocation)
                .map(Object::toString)
                .distinct()
                .toList();
    }

    private static InputStream resource(String name) {
        InputStream resource = CampaignSchemaTest.class.getResourceAsStream(name);
        assertNotNull(resource, name);
        return resource;
    }
}
