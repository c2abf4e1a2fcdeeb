package dev.accepted.e2e;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A system's database, as anybody with the password sees it. */
public final class Database {

    private final String url;
    private final String user;
    private final String password;

    /** @param address as libpq takes it */
    public Database(String address) {
        URI uri = URI.create(address);
        String[] credentials = uri.getUserInfo().split(":", 2);
        this.url = "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath();
        this.user = credentials[0];
        this.password = credentials[1];
    }

    /** A connection of the caller's own. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }
}
