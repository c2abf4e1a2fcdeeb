package dev.accepted.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultFileTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attachment; filename=\"annual-financial-2023.pdf\"",
                "attachment; filename=annual-financial-2023.pdf; size=3",
                "inline;FILENAME=\"annual-financial-2023.pdf\""
            })
    void theServerNamesTheFile(String disposition) {
        assertEquals("annual-financial-2023.pdf", ResultFile.name(Optional.of(disposition), "x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attachment",
                "attachment; filename=\"\"",
                "attachment; filename=\"../../etc/passwd\"",
                "attachment; filename=\"/etc/passwd\"",
                "attachment; filename=\".bashrc\""
            })
    void butNotWhereItGoes(String disposition) {
        assertEquals("report.pdf", ResultFile.name(Optional.of(disposition), "report.pdf"));
    }

    @Test
    void withoutANameTheFallbackHolds() {
        assertEquals("report.pdf", ResultFile.name(Optional.empty(), "report.pdf"));
    }
}
