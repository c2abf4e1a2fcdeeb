package dev.accepted.localstack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.junit.jupiter.api.Test;

class LocalStackTest {

    @Test
    void theResourceNamesServersThatAnswer() throws Exception {
        LocalStackResource resource = new LocalStackResource();
        resource.init(Map.of());
        Map<String, String> properties = resource.start();

        Map<String, Object> config =
                Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, properties.get("kafka.bootstrap.servers"));
        try (Admin admin = Admin.create(config)) {
            assertEquals(
                    1, admin.describeCluster().nodes().get(20, TimeUnit.SECONDS).size());
        }
        try (Connection connection = LocalStack.shared().database().connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT current_setting('fsync')"
                        + " || current_setting('synchronous_commit') || current_setting('server_encoding')"
                        + " || (SELECT datcollate FROM pg_database WHERE datname = current_database())")) {
            assertTrue(row.next());
            assertEquals("ononUTF8C", row.getString(1));
        }
    }

    @Test
    void askingTwiceGivesTheSameServers() {
        assertEquals(LocalStack.shared().bootstrapServers(), LocalStack.shared().bootstrapServers());
        assertEquals(LocalStack.shared().database(), LocalStack.shared().database());
    }

    @Test
    void everyNewDatabaseIsAnotherAndEmpty() throws Exception {
        TestDatabase one = LocalStack.shared().newDatabase();
        TestDatabase two = LocalStack.shared().newDatabase();
        assertNotEquals(one.jdbcUrl(), two.jdbcUrl());
        try (Connection connection = one.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (x int)");
        }
        try (Connection connection = two.dataSource().getConnection();
                ResultSet tables = connection.getMetaData().getTables(null, "public", "t", null)) {
            assertTrue(!tables.next());
        }
    }
}
