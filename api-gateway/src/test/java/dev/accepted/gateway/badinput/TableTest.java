package dev.accepted.gateway.badinput;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.gateway.http.GatewayTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table that is tested and the table that is promised are one: no row is forgotten, none is made up. */
@GatewayTest // The table's tokens need an issuer.
class TableTest {

    private static final Path CONTRACT = Path.of("..", "docs", "http.md");
    private static final String HEAD = "| input | status slug | extra | built |";

    /** A status, and behind it slugs that have it all. */
    private static final Pattern ANSWER = Pattern.compile("([45]\\d\\d)?\\s*\\b([a-z][a-z-]+)");

    /** A row as docs/http.md has it. */
    private record Promised(Set<String> answers, String built) {}

    private static Map<String, Promised> promised() throws IOException {
        List<String> lines = Files.readAllLines(CONTRACT);
        Map<String, Promised> rows = new LinkedHashMap<>();
        for (String line : lines.subList(lines.indexOf(HEAD) + 2, lines.size())) {
            if (!line.startsWith("|")) {
                break;
            }
            String[] cells = line.split("\\|", -1);
            Set<String> answers = new TreeSet<>();
            String promise = cells[2].startsWith(" never") ? "" : cells[2].replaceAll("\\(.*?\\)", "");
            Matcher answer = ANSWER.matcher(promise);
            String status = "";
            while (answer.find()) {
                status = answer.group(1) == null ? status : answer.group(1);
                answers.add(status + " " + answer.group(2));
            }
            rows.put(cells[1].strip(), new Promised(answers, cells[4].strip()));
        }
        return rows;
    }

    @Test
    void theSameRowsInTheSameOrder() throws IOException {
        assertEquals(
                List.copyOf(promised().keySet()),
                Table.rows().stream().map(Row::input).toList());
    }

    @Test
    void everyAnswerThatIsPromisedIsAskedFor() throws IOException {
        Map<String, Promised> promised = promised();
        for (Row row : Table.rows()) {
            Promised promise = promised.get(row.input());
            assertNotNull(promise, row.input());
            Set<String> asked = row.cases().stream()
                    .filter(Refused::isProblem)
                    .map(refused ->
                            refused.status() + " " + (refused.slug().equals(Refused.BLANK) ? "bl" : refused.slug()))
                    .collect(Collectors.toCollection(TreeSet::new));
            if (row.instead() == null && !promise.built().contains("later")) {
                assertEquals(promise.answers(), asked, row.input());
            } else {
                assertTrue(promise.answers().containsAll(asked), row.input() + ": " + asked);
            }
        }
    }

    @Test
    void whatIsNotAskedForSaysWhy() throws IOException {
        Map<String, Promised> promised = promised();
        for (Row row : Table.rows()) {
            Promised promise = promised.get(row.input());
            assertNotNull(promise, row.input());
            boolean later = promise.built().startsWith("later");
            boolean shownElsewhere = row.instead() != null && row.instead().endsWith("Test");
            assertEquals(later || shownElsewhere, row.cases().isEmpty(), row.input());
            assertEquals(row.cases().isEmpty(), row.instead() != null, row.input());
        }
    }
}
