package dev.accepted.reports.pdf;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.accepted.reports.SampleLedger;
import dev.accepted.reports.figures.ReportPeriod.Year;
import dev.accepted.reports.ledger.Ledger;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.pdfbox.text.TextPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What nobody wants to see on a page: letters over letters, letters beyond the margins, pages without any. */
class PdfLayoutTest {

    /** In points; letters stand for their box from the baseline to the height of a capital. */
    private static final float TOLERANCE = 0.6f;

    private static final float CAPITAL = 0.7f;

    record Case(String name, String ledger) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> ledgers() throws IOException {
        List<String> twelve =
                IntStream.range(0, 12).mapToObj(i -> "department " + i).toList();
        List<String> sixty =
                IntStream.range(0, 60).mapToObj(i -> "department " + i).toList();
        List<String> longNames = List.of(
                "Forschung, Entwicklung und Qualitätssicherung für Großkunden in Süddeutschland und Österreich (€)",
                "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenversicherungsanstaltsverwaltung",
                "x".repeat(200));
        return Stream.of(
                new Case("the example", new String(SampleLedger.bytes(), StandardCharsets.UTF_8)),
                new Case("one department", SampleLedger.ofDepartments(List.of("sales"), "1234.5", "999")),
                new Case("a loss", SampleLedger.ofDepartments(List.of("sales", "hr"), "1234.5", "98765432.1")),
                new Case("twelve", SampleLedger.ofDepartments(twelve, "1234567.89", "1034567.89")),
                new Case("sixty", SampleLedger.ofDepartments(sixty, "1234567.89", "1034567.89")),
                new Case("long names", SampleLedger.ofDepartments(longNames, "1234567.89", "2034567.89")),
                new Case("no revenue", SampleLedger.ofDepartments(twelve, "0", "0")),
                new Case(
                        "the largest amounts",
                        SampleLedger.ofDepartments(sixty, "999999999999999.999999", "-999999999999999.999999")));
    }

    @ParameterizedTest
    @MethodSource("ledgers")
    void noLetterLiesOverAnother(Case given) throws IOException {
        try (RenderedPdf pdf = render(SampleLedger.read(given.ledger()))) {
            for (int page = 1; page <= pdf.pages(); page++) {
                List<TextPosition> downwards = pdf.letters(page).stream()
                        .sorted(Comparator.comparing(PdfLayoutTest::top))
                        .toList();
                assertTrue(downwards.size() > 100, "no letters found");
                for (int i = 0; i < downwards.size(); i++) {
                    TextPosition letter = downwards.get(i);
                    downwards.subList(i + 1, downwards.size()).stream()
                            .takeWhile(other -> top(other) < letter.getYDirAdj())
                            .forEach(other -> assertApart(letter, other));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ledgers")
    void everyLetterIsWithinTheMargins(Case given) throws IOException {
        try (RenderedPdf pdf = render(SampleLedger.read(given.ledger()))) {
            for (int page = 1; page <= pdf.pages(); page++) {
                for (TextPosition letter : pdf.letters(page)) {
                    float right = letter.getXDirAdj() + letter.getWidthDirAdj();
                    assertTrue(
                            letter.getXDirAdj() >= Pages.MARGIN - TOLERANCE
                                    && right <= Pages.MARGIN + Pages.WIDTH + TOLERANCE
                                    && letter.getYDirAdj() > 20
                                    && letter.getYDirAdj() < letter.getPageHeight() - 20,
                            letter + " at " + letter.getXDirAdj() + ", " + letter.getYDirAdj() + " of page " + page);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ledgers")
    void noPageIsEmptyAndNoHeadingStandsAlone(Case given) throws IOException {
        try (RenderedPdf pdf = render(SampleLedger.read(given.ledger()))) {
            List<String> headings = pdf.bookmarks();
            for (int page = 1; page <= pdf.pages(); page++) {
                List<String> lines = pdf.lines(page);
                assertTrue(lines.size() > 5, "page " + page + ": " + lines);
                assertTrue(
                        Collections.disjoint(headings, lines.subList(lines.size() - 3, lines.size())),
                        "page " + page + " ends with a heading: " + lines);
            }
        }
    }

    @Test
    void aLetterThatTheFontLacksIsSeenToBeMissing() throws IOException {
        String ledger = SampleLedger.ofDepartments(List.of("営業 Überseehandel €"), "10", "5");
        try (RenderedPdf pdf = render(SampleLedger.read(ledger))) {
            assertTrue(
                    pdf.lines(0).stream().anyMatch(line -> line.startsWith("?? Überseehandel € 120.00")),
                    () -> "not shown");
        }
    }

    /** The first letter's top is above the other's. */
    private static void assertApart(TextPosition one, TextPosition other) {
        float across = Math.min(one.getXDirAdj() + one.getWidthDirAdj(), other.getXDirAdj() + other.getWidthDirAdj())
                - Math.max(one.getXDirAdj(), other.getXDirAdj());
        float down = Math.min(one.getYDirAdj(), other.getYDirAdj()) - top(other);
        assertTrue(
                across < TOLERANCE || down < TOLERANCE,
                () -> "%s lies over %s at %.0f, %.0f".formatted(one, other, one.getXDirAdj(), one.getYDirAdj()));
    }

    private static float top(TextPosition letter) {
        return letter.getYDirAdj() - CAPITAL * letter.getFontSizeInPt();
    }

    private static RenderedPdf render(Ledger ledger) throws IOException {
        return RenderedPdf.of(ledger, new Year(2023), List.of(), Charts.DRAWN);
    }
}
