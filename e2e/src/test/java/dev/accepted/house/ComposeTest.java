package dev.accepted.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code docker-compose.yml} against the tree: it cannot be started here, but it can be wrong here. */
class ComposeTest {

    private static final Pattern NAME_OF_A_SETTING = Pattern.compile("\"([A-Z][A-Z0-9_]+)\"");
    private static final Pattern FROM_OUTSIDE = Pattern.compile("\\$\\{[A-Z_]+:\\?[^}]+}");

    private final Map<String, Object> file = parse(Tree.read("docker-compose.yml"));
    private final Map<String, Map<String, Object>> services = services();

    private static Map<String, Object> parse(String text) {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        return new Yaml(new SafeConstructor(strict)).load(text);
    }

    private Map<String, Map<String, Object>> services() {
        Map<String, Map<String, Object>> found = new TreeMap<>();
        map(file.get("services")).forEach((name, service) -> found.put(name, map(service)));
        return found;
    }

    @SuppressWarnings("unchecked") // keys of this file are strings
    private static Map<String, Object> map(@Nullable Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    @Test
    void everyApplicationOfTheTreeIsBuiltAndNothingElse() {
        Set<String> built = new TreeSet<>();
        services.forEach((name, service) -> {
            Map<String, Object> build = map(service.get("build"));
            if (!build.isEmpty()) {
                String module = String.valueOf(map(build.get("args")).get("APP"));
                String expected = module.equals("api-gateway") ? "gateway" : module.replace('/', '-');
                assertEquals(expected, name);
                assertEquals(".", build.get("context"));
                assertTrue(Files.isRegularFile(Tree.root().resolve(String.valueOf(build.get("dockerfile")))));
                built.add(module);
            }
        });
        Set<String> applications = new TreeSet<>(Tree.workers());
        applications.add("api-gateway");
        assertEquals(applications, built);
    }

    @Test
    void everySettingExistsWhereItIsGiven() {
        Set<String> launcher = new HashSet<>();
        NAME_OF_A_SETTING
                .matcher(Tree.read("cli/src/main/java/dev/accepted/cli/stack/Applications.java"))
                .results()
                .map(found -> found.group(1))
                .filter(name -> !name.startsWith("ACCEPTED_"))
                .forEach(launcher::add);
        services.forEach((name, service) -> {
            if (!service.containsKey("build")) {
                return;
            }
            Set<String> known = new HashSet<>(launcher);
            if (name.equals("gateway")) {
                known.addAll(Settings.below("dev.accepted.gateway").keySet());
            } else {
                known.addAll(Settings.below("dev.accepted.engine").keySet());
                known.addAll(
                        Settings.below(name.replace("worker-", "dev.accepted.")).keySet());
            }
            Set<String> unknown = new TreeSet<>(map(service.get("environment")).keySet());
            unknown.removeAll(known);
            assertEquals(Set.of(), unknown, name + " is given settings that it does not have");
        });
    }

    @Test
    void aWorkerCanBeScaled() {
        services.forEach((name, service) -> {
            assertFalse(service.containsKey("container_name"), name + " could be there once only");
            if (name.startsWith("worker-")) {
                assertFalse(service.containsKey("ports"), name + " would take a port of the host");
            }
        });
    }

    @Test
    void whatIsWaitedForCanTellThatItIsReady() {
        services.forEach((name, service) -> map(service.get("depends_on")).forEach((other, how) -> {
            assertEquals("service_healthy", map(how).get("condition"), name + " on " + other);
            assertTrue(services.getOrDefault(other, Map.of()).containsKey("healthcheck"), other);
        }));
    }

    @Test
    void secretsComeFromOutside() {
        Set<String> secret =
                Set.of("QUARKUS_DATASOURCE_PASSWORD", "POSTGRES_PASSWORD", "ACCEPTED_ID_KEY", "ACCEPTED_WEBHOOKS_KEY");
        Set<String> seen = new HashSet<>();
        services.forEach((name, service) -> map(service.get("environment")).forEach((variable, value) -> {
            if (secret.contains(variable)) {
                seen.add(variable);
                assertTrue(FROM_OUTSIDE.matcher(String.valueOf(value)).matches(), name + " " + variable);
            }
        }));
        assertEquals(secret, seen);
        String ignored = Tree.read(".gitignore");
        assertTrue(ignored.contains("\n.env\n") && ignored.contains("\ndeploy/secret/\n"));
    }

    @Test
    void volumesAndSecretsAreDeclared() {
        services.forEach((name, service) -> {
            for (Object volume : list(service.get("volumes"))) {
                String source = String.valueOf(volume).split(":", 2)[0];
                assertTrue(map(file.get("volumes")).containsKey(source), name + ": " + source);
            }
            for (Object used : list(service.get("secrets"))) {
                assertTrue(map(file.get("secrets")).containsKey(String.valueOf(used)), name + ": " + used);
            }
        });
    }

    @Test
    void theImageRunsAsNobodyInParticular() {
        String dockerfile = Tree.read("deploy/images/Dockerfile.app");
        assertTrue(
                Pattern.compile("(?m)^USER (?!root|0)\\w+$").matcher(dockerfile).find());
        assertTrue(
                dockerfile.indexOf("\nUSER ") > dockerfile.lastIndexOf("\nRUN "),
                "nothing is run after the change of user");
        assertTrue(dockerfile.contains("\nHEALTHCHECK "));
    }

    private static Iterable<?> list(@Nullable Object value) {
        return value == null ? Set.of() : (Iterable<?>) value;
    }
}
