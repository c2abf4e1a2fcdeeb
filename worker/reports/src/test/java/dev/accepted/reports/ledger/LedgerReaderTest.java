package dev.accepted.reports.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.accepted.engine.PermanentFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Month;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerReaderTest {

    private static final String HEADER = "department,month,revenue,expense\n";

    @Test
    void departmentsKeepTheirOrderAndAmountsTheirDecimals() throws IOException {
        Ledger ledger = read("sales,2023-02,10.10,4\nmarketing,2023-01,-0.05,3.125\n\"Süd, West\",2023-02,1,2\n");

        assertEquals(List.of("sales", "marketing", "Süd, West"), ledger.departments());
        assertEquals(new BigDecimal("10.10"), ledger.of("sales", Month.FEBRUARY).revenue());
        assertEquals(
                new BigDecimal("-3.175"), ledger.of("marketing", Month.JANUARY).profit());
        assertEquals(List.of(Month.JANUARY, Month.FEBRUARY), List.copyOf(ledger.months()));
        assertEquals(Amounts.ZERO, ledger.of("sales", Month.MARCH));
    }

    @Test
    void entriesOfTheSameMonthAddUp() throws IOException {
        Ledger ledger = read("sales,2023-01,10.10,4\nsales,2023-01,0.90,1.5\n");

        assertEquals(new Amounts(new BigDecimal("11.00"), new BigDecimal("5.5")), ledger.of("sales", Month.JANUARY));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "sales,2022-12,1,1|line 3 is of another year",
                "sales,2023-13,1,1|line 3 has no month of the form 2023-01",
                "sales,2023-1,1,1|line 3 has no month of the form 2023-01",
                "sales,2023-01,1E999999999,1|line 3 has an amount that is not a plain decimal",
                "sales,2023-01,1,|line 3 has an amount that is not a plain decimal",
                "sales,2023-01,1|line 3 has not 4 fields",
                "' ',2023-01,1,1|line 3 names no department",
                "'sales,2023-01,1,1|it is not CSV in UTF-8",
            })
    void aBadLineIsNamed(String line, String why) {
        assertUnusable(why, bytes(HEADER + "sales,2023-01,1,1\n" + line.replace('\'', '"') + "\n"));
    }

    @Test
    void anotherHeaderIsNotALedger() {
        assertUnusable("its first line is not department,month,revenue,expense", bytes("month,department\n"));
    }

    @Test
    void anEmptyLedgerHasNothingToReport() {
        assertUnusable("it has no entries", bytes(HEADER));
    }

    @Test
    void lettersThatAreNotUtf8AreNotReplaced() {
        byte[] latin1 = (HEADER + "Süd,2023-01,1,1\n").getBytes(StandardCharsets.ISO_8859_1);

        assertUnusable("it is not CSV in UTF-8", latin1);
    }

    @Test
    void moreDepartmentsThanAnybodyReadsAreRefused() {
        StringBuilder csv = new StringBuilder(HEADER);
        for (int i = 0; i <= LedgerReader.MAX_DEPARTMENTS; i++) {
            csv.append("department ").append(i).append(",2023-01,1,1\n");
        }

        assertUnusable("it has more than 1000 departments", bytes(csv.toString()));
    }

    @Test
    void aStreamThatBreaksIsWorthAnotherTry() {
        InputStream start = new ByteArrayInputStream((HEADER + "sales,2023-01,1,1\n").getBytes(StandardCharsets.UTF_8));

        IOException failure = assertThrows(
                IOException.class, () -> LedgerReader.read(new SequenceInputStream(start, new Broken()), 2023));

        assertEquals("connection lost", failure.getMessage());
    }

    private static void assertUnusable(String why, byte[] csv) {
        PermanentFailure failure =
                assertThrows(PermanentFailure.class, () -> LedgerReader.read(new ByteArrayInputStream(csv), 2023));

        assertEquals(sentence(why), failure.getMessage());
    }

    private static String sentence(String why) {
        return "The ledger for the year 2023 cannot be used: " + why
                + "; load another with PUT /ledgers/2023 and submit again.";
    }

    private static byte[] bytes(String csv) {
        return csv.getBytes(StandardCharsets.UTF_8);
    }

    private static Ledger read(String lines) throws IOException {
        return LedgerReader.read(new ByteArrayInputStream(bytes(HEADER + lines)), 2023);
    }

    private static final class Broken extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("connection lost");
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            return read();
        }
    }
}
