package dev.accepted.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputSchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void theSeedsRequestIsTaken() throws IOException {
        JsonNode example = JSON.readTree(SampleLedger.request());

        assertEquals(List.of(), errors(example));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'report_type':'annual_financial','year':1900}",
                "{'report_type':'annual_financial','year':2200,'departments':['a'],'format':'csv'}",
                "{'report_type':'quarterly_financial','year':2023,'quarter':4,'include_charts':false}",
            },
            quoteCharacter = '`')
    void aGoodInputIsTaken(String input) throws IOException {
        assertEquals(List.of(), errors(JSON.readTree(input.replace('\'', '"'))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'report_type':'annual_financial','year':0}|/year: must have a minimum value of 1900",
                "{'report_type':'annual_financial','year':2201}|/year: must have a maximum value of 2200",
                "{'report_type':'annual_financial','year':'2023'}|/year: string found, integer expected",
                "{'report_type':'annual_financial'}|: required property 'year' not found",
                "{'year':2023}|: required property 'report_type' not found",
                "{'report_type':'weekly','year':2023}|"
                        + "/report_type: does not have a value in the enumeration"
                        + " [\"annual_financial\", \"quarterly_financial\"]",
                "{'report_type':'quarterly_financial','year':2023}|: required property 'quarter' not found",
                "{'report_type':'quarterly_financial','year':2023,'quarter':5}|"
                        + "/quarter: must have a maximum value of 4",
                "{'report_type':'annual_financial','year':2023,'quarter':1}|"
                        + "/report_type: must be the constant value 'quarterly_financial'",
                "{'report_type':'annual_financial','year':2023,'departments':[]}|"
                        + "/departments: must have at least 1 items but found 0",
                "{'report_type':'annual_financial','year':2023,'departments':['']}|"
                        + "/departments/0: must be at least 1 characters long",
                "{'report_type':'annual_financial','year':2023,'departments':['a','a']}|"
                        + "/departments: must have only unique items in the array",
                "{'report_type':'annual_financial','year':2023,'colour':'red'}|"
                        + ": property 'colour' is not defined in the schema and the schema does not allow additional"
                        + " properties",
            })
    void aBadInputIsToldInOneSentence(String input, String error) throws IOException {
        assertEquals(List.of(error), errors(JSON.readTree(input.replace('\'', '"'))));
    }

    @Test
    void everyMemberOfTheInputIsExplained() throws IOException {
        try (InputStream schema = getClass().getResourceAsStream("/schemas/report.generate.json")) {
            JsonNode members = JSON.readTree(schema).path("properties");

            assertEquals(6, members.size());
            members.properties()
                    .forEach(member -> assertTrue(member.getValue().hasNonNull("description"), member.getKey()));
        }
    }

    private List<String> errors(JsonNode input) throws IOException {
        try (InputStream schema = getClass().getResourceAsStream("/schemas/report.generate.json")) {
            SchemaValidatorsConfig config = SchemaValidatorsConfig.builder()
                    .pathType(PathType.JSON_POINTER)
                    .build();
            JsonSchema validator =
                    JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema, config);
            return validator.validate(input).stream()
                    .map(ValidationMessage::getMessage)
                    .toList();
        }
    }
}
