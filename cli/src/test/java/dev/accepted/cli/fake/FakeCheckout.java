package dev.accepted.cli.fake;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A working tree in which every application is {@link FakeApplication}. */
public final class FakeCheckout {

    private static final List<String> MODULES = List.of(
            "api-gateway", "worker/reports", "worker/email", "worker/analytics", "worker/probe", "worker/webhooks");

    private FakeCheckout() {}

    /** Makes it in {@code root}. */
    public static void create(Path root) throws IOException {
        for (String module : MODULES) {
            Path jar = root.resolve(module).resolve("target/quarkus-app/quarkus-run.jar");
            Files.createDirectories(jar.getParent());
            write(jar);
        }
        Path requests = Files.createDirectories(root.resolve("examples/requests"));
        for (String name : List.of("report.json", "campaign.json", "data.json")) {
            Files.writeString(requests.resolve(name), "{}");
        }
        Files.writeString(root.resolve("examples/ledger-2023.csv"), "department,month,revenue,expense\n");
        Files.writeString(root.resolve("examples/recipients.csv"), "email,first_name,city\n");
    }

    private static void write(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeApplication.class.getName());
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            for (Class<?> type : List.of(FakeApplication.class, FakeJobs.class)) {
                String name = type.getName().replace('.', '/') + ".class";
                out.putNextEntry(new JarEntry(name));
                try (InputStream bytes = type.getClassLoader().getResourceAsStream(name)) {
                    bytes.transferTo(out);
                }
                out.closeEntry();
            }
        }
    }
}
