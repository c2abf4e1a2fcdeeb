package dev.accepted.localstack;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database of the test's server.
 *
 * @param jdbcUrl without user and password
 * @param user a superuser
 * @param password the user's
 */
public record TestDatabase(String jdbcUrl, String user, String password) {

    /** A new connection, the caller's to close. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(jdbcUrl, user, password);
    }

    /** A data source that opens a connection each time it is asked. */
    public javax.sql.DataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl);
        source.setUser(user);
        source.setPassword(password);
        return source;
    }

    TestDatabase createSibling() {
        String name = "test_" + UUID.randomUUID().toString().replace('-', '_');
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException("No further database can be made", e);
        }
        return new TestDatabase(jdbcUrl.substring(0, jdbcUrl.lastIndexOf('/') + 1) + name, user, password);
    }
}
