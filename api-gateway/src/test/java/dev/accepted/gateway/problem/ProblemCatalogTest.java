package dev.accepted.gateway.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProblemCatalogTest {

    private static final Pattern MADE = Pattern.compile("Problem\\s*\\.of\\(\\s*[A-Za-z0-9_.]+,\\s*\"([a-z-]+)\"");

    @Test
    void everyProblemThatIsMadeIsDescribed() throws IOException {
        Set<String> made = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source :
                    sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                Matcher problem = MADE.matcher(Files.readString(source));
                while (problem.find()) {
                    made.add(problem.group(1));
                }
            }
        }
        assertTrue(made.contains("validation-error"), "The pattern finds nothing any more: " + made);
        made.removeAll(new ProblemCatalog().slugs());
        assertEquals(Set.of(), made);
    }
}
