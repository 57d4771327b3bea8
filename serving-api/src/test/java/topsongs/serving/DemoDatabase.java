package topsongs.serving;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Fills an empty database with believable charts: {@code DemoDatabase JDBC_URL USER PASSWORD}. */
final class DemoDatabase {
  private DemoDatabase() {}

  public static void main(String[] arguments) {
    var database = new DriverManagerDataSource(arguments[0], arguments[1], arguments[2]);
    migrate(database);
    run(database, "demo-charts.sql");
  }

  static void migrate(DataSource database) {
    run(database, "db/migration/V1__charts.sql");
    run(database, "db/migration/V2__pipeline_runs.sql");
    run(database, "db/migration/V3__revisions.sql");
    run(database, "db/migration/V4__flags.sql");
    run(database, "db/migration/V5__audit.sql");
    run(database, "db/migration/V6__catalogue.sql");
    run(database, "db/migration/V7__changes.sql");
  }

  /** As a whole: what splits a script at its semicolons also splits a function's body. */
  private static void run(DataSource database, String script) {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(new ClassPathResource(script).getContentAsString(StandardCharsets.UTF_8));
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("Cannot run " + script, e);
    }
  }
}
