package dev.accepted.localstack.postgres;

import dev.accepted.localstack.files.Trees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/** Makes a data directory: beside its place, and moved there only when it is whole. */
final class Initialization {

    private Initialization() {}

    static void run(PostgresPrograms programs, Path data, Path passwordFile) throws IOException, InterruptedException {
        Path unfinished = data.resolveSibling("data.unfinished");
        Path log = data.resolveSibling("initdb.log");
        Trees.delete(unfinished);
        Files.deleteIfExists(log);
        writePassword(passwordFile);
        programs.run(
                "initdb",
                List.of(
                        "--pgdata=" + unfinished,
                        "--username=" + PostgresNode.USER,
                        "--pwfile=" + passwordFile,
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--no-instructions"),
                "",
                log);
        programs.run(
                "postgres",
                List.of("--single", "-D", unfinished.toString(), "postgres"),
                "CREATE DATABASE " + PostgresNode.USER + "\n",
                log);
        Files.move(unfinished, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void writePassword(Path file) throws IOException {
        byte[] secret = new byte[16];
        new SecureRandom().nextBytes(secret);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, HexFormat.of().formatHex(secret) + "\n");
    }
}
