package dev.accepted.gateway.status;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableAwayTest {

    @ParameterizedTest
    @ValueSource(strings = {"08001", "08006", "57P01", "57014", "53300"})
    void aDatabaseThatIsNotThereIsAway(String state) {
        assertTrue(TableAway.is(new IllegalStateException(new SQLException("gone", state))));
    }

    @Test
    void aPoolThatGivesNoConnectionIsTooShortOfThem() {
        assertTrue(TableAway.is(new SQLException("Sorry, acquisition timeout!")));
    }

    @Test
    void aStatementThatIsWrongIsABug() {
        assertFalse(TableAway.is(new IllegalStateException(new SQLException("no such column", "42703"))));
        assertFalse(TableAway.is(new IllegalStateException("no row")));
    }
}
