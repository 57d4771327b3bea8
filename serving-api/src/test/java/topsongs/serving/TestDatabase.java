package topsongs.serving;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import topsongs.contract.TestServer;

/**
 * An empty database of its own. All are on one server, because starting one for each test would
 * take longer than the tests.
 */
final class TestDatabase implements AutoCloseable {
  private static final String TEMPLATE = "with_tables";

  private static @Nullable TestServer running;
  private static int made;

  private final TestServer server;
  private final String name;

  private TestDatabase(String template) {
    server = server();
    name = "test_" + made++;
    create(name, template);
  }

  /** With our tables, and nothing in them. */
  static TestDatabase withTables() {
    return new TestDatabase(TEMPLATE);
  }

  static TestDatabase withoutTables() {
    return new TestDatabase("template0");
  }

  private static TestServer server() {
    if (running == null) {
      running = TestServer.postgres();
      create(TEMPLATE, "template0");
      DemoDatabase.migrate(source(running, TEMPLATE, TestServer.DATABASE_USER));
    }
    return running;
  }

  private static void create(String name, String template) {
    administer(
        "CREATE DATABASE %s OWNER %s TEMPLATE %s"
            .formatted(name, TestServer.DATABASE_USER, template));
  }

  String url() {
    return url(server, name);
  }

  private static String url(TestServer server, String database) {
    return server.jdbcUrl().replaceFirst("[^/]+$", database);
  }

  DriverManagerDataSource source() {
    return source(server, name, TestServer.DATABASE_USER);
  }

  private static DriverManagerDataSource source(TestServer server, String database, String user) {
    return new DriverManagerDataSource(url(server, database), user, "any");
  }

  /** Ends connections and allows no new ones. */
  void shut() {
    administer("ALTER DATABASE %s ALLOW_CONNECTIONS false".formatted(name));
    endConnections("true");
  }

  void open() {
    administer("ALTER DATABASE %s ALLOW_CONNECTIONS true".formatted(name));
  }

  void endConnectionsOf(String application) {
    endConnections("application_name = '%s'".formatted(application));
  }

  private void endConnections(String which) {
    administer(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '%s' AND %s"
            .formatted(name, which));
  }

  /** With all that it holds. The next one is on another. */
  void killServer() {
    server.close();
    running = null;
  }

  @Override
  public void close() {
    if (server == running) {
      administer("DROP DATABASE %s WITH (FORCE)".formatted(name));
    }
  }

  private static void administer(String statement) {
    try (var connection = source(server(), "postgres", "postgres").getConnection();
        var administration = connection.createStatement()) {
      administration.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot run " + statement, e);
    }
  }
}
