package dev.accepted.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script `accepted` itself, with a Maven that takes notes and a Java that says what it was given. */
class LauncherTest {

    @TempDir
    Path directory;

    private Path tree;
    private Path notes;

    @BeforeEach
    void plant() throws Exception {
        tree = directory.resolve("a tree");
        notes = directory.resolve("notes");
        Files.createDirectories(tree.resolve("cli/src/main/java"));
        Files.createDirectories(tree.resolve(".mvn"));
        for (String file : List.of("pom.xml", "cli/pom.xml", "cli/src/main/java/A.java", "cli/src/main/java/B.java")) {
            Files.writeString(tree.resolve(file), "");
            Files.setLastModifiedTime(
                    tree.resolve(file), FileTime.from(Instant.now().minusSeconds(60)));
        }
        for (String folder : List.of(".mvn", "cli/src/main/java", "cli/src/main", "cli/src")) {
            Files.setLastModifiedTime(
                    tree.resolve(folder), FileTime.from(Instant.now().minusSeconds(60)));
        }
        Files.copy(Path.of("..", "accepted"), tree.resolve("accepted"));
        executable(tree.resolve("accepted"), Files.readString(tree.resolve("accepted")));
        executable(
                directory.resolve("bin/mvn"),
                "#!/bin/sh\necho \"$@\" >>'" + notes + "'\nsleep 0.3\necho noise\n"
                        + "[ -z \"${MAVEN_FAILS:-}\" ] || exit 1\nmkdir -p cli/target\n: >cli/target/accepted-cli.jar\n");
        executable(directory.resolve("jdk/bin/java"), "#!/bin/sh\necho $$\nfor a; do echo \"$a\"; done\n");
    }

    @Test
    void whatIsMissingIsBuiltOnceAndQuietly() throws Exception {
        assertTrue(run(tree.resolve("accepted"), "token").err.startsWith("accepted: building cli"));
        Said second = run(tree.resolve("accepted"), "token");
        assertEquals("", second.err);
        assertEquals(1, builds().size());
        assertTrue(builds().get(0).endsWith("-pl cli -am package"), builds().get(0));
    }

    @Test
    void aChangedAndADeletedSourceAreBuiltAgain() throws Exception {
        run(tree.resolve("accepted"), "token");
        Files.writeString(tree.resolve("cli/src/main/java/A.java"), "changed");
        run(tree.resolve("accepted"), "token");
        assertEquals(2, builds().size());
        Files.delete(tree.resolve("cli/src/main/java/B.java"));
        run(tree.resolve("accepted"), "token");
        assertEquals(3, builds().size());
        run(tree.resolve("accepted"), "token");
        assertEquals(3, builds().size());
    }

    @Test
    void aFailedBuildIsShownAndTriedAgain() throws Exception {
        ProcessBuilder failing = command(tree.resolve("accepted"), "token");
        failing.environment().put("MAVEN_FAILS", "1");
        Said said = finish(failing.start());
        assertEquals(1, said.status);
        assertTrue(said.err.contains("noise"), said.err);
        assertEquals("", said.out);
        assertEquals(0, run(tree.resolve("accepted"), "token").status);
        assertEquals(2, builds().size());
    }

    @Test
    void twoAtOnceBuildOnce() throws Exception {
        List<Process> launched = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            launched.add(command(tree.resolve("accepted"), "token").start());
        }
        for (Process process : launched) {
            assertEquals(0, finish(process).status);
        }
        assertEquals(1, builds().size());
    }

    @Test
    void aLockWhoseOwnerWasKilledHoldsNobodyUp() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.createDirectories(tree.resolve(".accepted/building"));
        Files.writeString(tree.resolve(".accepted/building/pid"), gone.pid() + "\n");
        assertEquals(0, run(tree.resolve("accepted"), "token").status);
    }

    @Test
    void whatOnlyAsksAGatewayIsBuiltWhenItIsMissingAndElseRunsAsItIs() throws Exception {
        assertEquals(0, run(tree.resolve("accepted"), "jobs").status);
        assertEquals(1, builds().size());
        Files.writeString(tree.resolve("cli/src/main/java/A.java"), "changed");
        Files.delete(directory.resolve("bin/mvn"));
        Said said = run(tree.resolve("accepted"), "submit", "probe.noop");
        assertEquals(0, said.status, said.err);
        assertEquals("", said.err);
        List<String> lines = said.out.lines().toList();
        assertEquals(List.of("submit", "probe.noop"), lines.subList(lines.size() - 2, lines.size()));
        assertEquals(1, builds().size());
    }

    @Test
    void throughALinkFromElsewhereTheProgramTakesTheLaunchersPlace() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("a tree/accepted"));
        Process process = command(link, "demo", "two words", "").start();
        Said said = finish(process);
        List<String> lines = said.out.lines().toList();
        assertEquals(Long.toString(process.pid()), lines.get(0));
        assertTrue(lines.contains("-Daccepted.home=" + tree.toRealPath()), said.out);
        assertEquals(List.of("demo", "two words", ""), lines.subList(lines.size() - 3, lines.size()));
    }

    private Said run(Path launcher, String... arguments) throws Exception {
        return finish(command(launcher, arguments).start());
    }

    private ProcessBuilder command(Path launcher, String... arguments) {
        List<String> words = new ArrayList<>(List.of(launcher.toString()));
        words.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(words).directory(directory.toFile());
        builder.environment().put("JAVA_HOME", directory.resolve("jdk").toString());
        builder.environment().merge("PATH", directory.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
        builder.environment().remove("ACCEPTED_SKIP_BUILD");
        return builder;
    }

    private List<String> builds() throws Exception {
        return Files.readAllLines(notes);
    }

    private static Said finish(Process process) throws Exception {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS));
        return new Said(process.exitValue(), out, err);
    }

    private static void executable(Path file, String content) throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private record Said(int status, String out, String err) {}
}
