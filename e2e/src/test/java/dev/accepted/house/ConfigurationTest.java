package dev.accepted.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/configuration.md} against the code. */
class ConfigurationTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([A-Z][A-Z0-9_]+)` \\|(.*?)\\|.*$");

    private final Map<String, String> documented = new HashMap<>();
    private final Map<String, Optional<String>> settings = Settings.below("dev.accepted");

    ConfigurationTest() {
        for (MatchResult row :
                ROW.matcher(Tree.read("docs/configuration.md")).results().toList()) {
            documented.put(row.group(1), row.group(2));
        }
    }

    @Test
    void everySettingIsDocumentedWithItsDefault() {
        assertTrue(settings.size() > 20, "settings were found in the code: " + settings.keySet());
        settings.forEach((name, byDefault) -> {
            assertTrue(documented.containsKey(name), name + " is missing in docs/configuration.md");
            byDefault.ifPresent(value -> assertTrue(
                    documented.get(name).contains("`" + value + "`"),
                    name + " has the default " + value + ", the document says" + documented.get(name)));
        });
    }

    @Test
    void everySettingOfOursThatIsDocumentedExists() {
        List<String> ofTheLauncher = List.of("ACCEPTED_DATA", "ACCEPTED_SKIP_BUILD", "ACCEPTED_TOKEN", "ACCEPTED_URL");
        List<String> invented = documented.keySet().stream()
                .filter(name -> name.startsWith("ACCEPTED_"))
                .filter(name -> !settings.containsKey(name) && !ofTheLauncher.contains(name))
                .sorted()
                .toList();
        assertEquals(List.of(), invented);
    }
}
