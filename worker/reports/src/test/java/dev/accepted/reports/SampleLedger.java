package dev.accepted.reports;

import static java.util.Objects.requireNonNull;

import dev.accepted.reports.ledger.Ledger;
import dev.accepted.reports.ledger.LedgerReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** The ledger in the project's examples, and sums over it that owe nothing to the code under test. */
public final class SampleLedger {

    public static final Clock CLOCK = Clock.fixed(Instant.parse("2024-01-05T10:00:00Z"), ZoneOffset.UTC);
    public static final List<String> SEED = List.of("sales", "marketing", "engineering");

    private SampleLedger() {}

    public static byte[] bytes() throws IOException {
        return Files.readAllBytes(Path.of("..", "..", "examples", "ledger-2023.csv"));
    }

    /** The request that the project is about, as the worker shows it for an example. */
    static byte[] request() throws IOException {
        try (InputStream json = SampleLedger.class.getResourceAsStream("/examples/report.generate.json")) {
            return requireNonNull(json).readAllBytes();
        }
    }

    public static Ledger read() throws IOException {
        return read(new String(bytes(), StandardCharsets.UTF_8));
    }

    public static Ledger read(String csv) throws IOException {
        return LedgerReader.read(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)), 2023);
    }

    public static BigDecimal revenue(Collection<String> departments, String monthPattern) throws IOException {
        return sum(departments, monthPattern, 2);
    }

    public static BigDecimal expense(Collection<String> departments, String monthPattern) throws IOException {
        return sum(departments, monthPattern, 3);
    }

    private static BigDecimal sum(Collection<String> departments, String monthPattern, int field) throws IOException {
        return lines().map(line -> line.split(",", -1))
                .filter(fields -> departments.contains(fields[0]) && fields[1].matches(monthPattern))
                .map(fields -> new BigDecimal(fields[field]))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static Stream<String> lines() throws IOException {
        return new String(bytes(), StandardCharsets.UTF_8).lines().skip(1);
    }

    /** A ledger with the same entries in every month, one department for each name. */
    public static String ofDepartments(List<String> names, String revenue, String expense) {
        StringBuilder csv = new StringBuilder("department,month,revenue,expense\n");
        for (String name : names) {
            for (int month = 1; month <= 12; month++) {
                csv.append("\"%s\",2023-%02d,%s,%s%n".formatted(name, month, revenue, expense));
            }
        }
        return csv.toString();
    }
}
