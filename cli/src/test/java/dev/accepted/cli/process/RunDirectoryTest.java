package dev.accepted.cli.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.cli.files.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {

    @TempDir
    Path directory;

    @Test
    void aRunFileNamesThePidAndTheUrl() throws Exception {
        RunDirectory runs = new RunDirectory(directory);
        RunFile mail = new RunFile("mail", ProcessIdentity.own(), "smtp://127.0.0.1:1", "http://127.0.0.1:2", "x.log");
        runs.write(mail);

        Path file = directory.resolve("mail.json");
        var json = Json.read(Files.readAllBytes(file));
        assertEquals(ProcessHandle.current().pid(), json.get("pid").longValue());
        assertEquals("smtp://127.0.0.1:1", json.get("url").textValue());
        assertEquals("http://127.0.0.1:2", json.get("api").textValue());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(List.of(mail), runs.running());

        runs.remove("mail");
        assertEquals(List.of(), runs.list());
    }

    @Test
    void aProcessThatHasEndedIsListedButDoesNotRun() throws Exception {
        Process process = new ProcessBuilder("true").start();
        ProcessIdentity identity = ProcessIdentity.of(process.pid());
        process.waitFor();
        RunDirectory runs = new RunDirectory(directory);
        runs.write(new RunFile("kafka-1", identity, "127.0.0.1:1", null, "x.log"));

        assertEquals(1, runs.list().size());
        assertEquals(List.of(), runs.running());
    }

    @Test
    void aProcessThatHasEndedTakesNobodyElsesFileAway() {
        RunDirectory runs = new RunDirectory(directory);
        ProcessIdentity own = ProcessIdentity.own();
        RunFile successor = new RunFile("kafka-1", own, "127.0.0.1:1", null, "x.log");
        runs.write(successor);

        runs.remove("kafka-1", new ProcessIdentity(own.pid(), own.startedAt() - 1));
        assertEquals(List.of(successor), runs.list());
        runs.remove("kafka-1", own);
        assertEquals(List.of(), runs.list());
    }

    @Test
    void nobodyHasStartedWhereThereIsNoDirectory() {
        assertTrue(new RunDirectory(directory.resolve("none")).list().isEmpty());
    }
}
